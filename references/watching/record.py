"""What the events keep of observed notices, and the check of the rows by it.

A notice is known from its first event on: those that were noted before events carried them are compared with what was
recorded of them since, and nothing else. They came before every notice that has an event.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from alstrom_site.editorial.models import Event
from alstrom_site.editorial.verification.addresses import GIVE_WAY
from alstrom_site.editorial.verification.fault import BATCH, Fault
from alstrom_site.editorial.verification.kept import Kept, all_columns, replayed
from alstrom_site.editorial.verification.replay import Happened, Row
from alstrom_site.editorial.verification.rooms import Room
from alstrom_site.editorial.verification.rows import differing
from alstrom_site.editorial.workflow import VERBS_OF_NOTICES
from references.models import Intake, IntakeRecord, LinkCheck, ObservedNotice, TakenOver

_CARRIED = ("type", "date", "pmid", "doi", "text", "source", "again_id", "again_because")
_HOLDS = {"taken_back_at": None, "taken_back_by_id": None, "taken_back_because": ""}
_COLUMNS = ("position", "document", "edition", "revision", "revision_digest", "verb", "source", "target", "by")


def as_recorded(row: ObservedNotice) -> dict[str, Any]:
    """Return what the event that notes a notice keeps of it; when and by whom, and of which entry, it says itself."""
    return {"id": row.pk, **{name: getattr(row, name) for name in _CARRIED}}


def notices() -> Iterator[Fault]:
    """Yield every notice that is not as it was recorded, was never recorded, or is no longer there."""
    told = _told(_events(Event.objects.filter(verb__in=VERBS_OF_NOTICES)))
    first = min((number for number, row in told.items() if "type" in row), default=0)
    there = set()
    for row in _rows().iterator(chunk_size=BATCH):
        there.add(row["id"])
        if row["id"] not in told and first and not 0 < row["id"] < first:
            yield Fault(_place(row["id"]), "no event records it.")
        yield from differing(_place(row["id"]), row, told.get(row["id"], {}))
    yield from _gone(told.keys() - there)


def notices_of(documents: Sequence[int]) -> Iterator[Fault]:
    """Yield the faults in what was noted of these documents. Two queries, and one more for each merge in a row."""
    told = _told(_events_about(documents))
    rows = {row["id"]: row for row in _rows().filter(document__in=documents)}
    for number, row in rows.items():
        yield from differing(_place(number), row, told.get(number, {}))
    yield from _gone({number for number, row in told.items() if row.get("document_id") in documents} - rows.keys())


def _rows() -> Any:
    return ObservedNotice.objects.order_by("pk").values("id", *replayed(ObservedNotice))


def _place(number: int) -> str:
    return f"Observed notice {number}"


def _gone(numbers: Iterable[int]) -> Iterator[Fault]:
    for number in sorted(numbers):
        yield Fault(_place(number), "it was recorded, and is no longer there.")


def _events(events: Any) -> Iterator[Happened]:
    columns = events.order_by("position").values_list(*_COLUMNS, "by_name", "at", "details")
    return (Happened.of(*values) for values in columns.iterator(chunk_size=BATCH))


def _events_about(documents: Iterable[int]) -> list[Happened]:
    """What of notices happened to these documents, and to those that took them in: it is told of these from then on."""
    found: dict[int, Happened] = {}
    asked: set[int] = set()
    wanted = set(documents)
    while wanted:
        asked |= wanted
        events = Event.objects.filter(document__in=wanted, verb__in=[*VERBS_OF_NOTICES, GIVE_WAY])
        found |= {event.position: event for event in _events(events)}
        wanted = {event.said["into"] for event in found.values() if "into" in event.said} - asked
    return [found[position] for position in sorted(found)]


def _told(events: Iterable[Happened]) -> dict[int, Row]:
    """By number, the columns of each notice as far as the events say them."""
    told: dict[int, Row] = {}
    for event in events:
        for noted in event.said.get("noted", ()):
            seen = {"document_id": event.document, "seen_at": event.at, "seen_by_id": event.by}
            told[noted["id"]] = {**noted, **seen, **_HOLDS}
        if "taken_back" in event.said:
            ended = {"taken_back_at": event.at, "taken_back_by_id": event.by}
            ended["taken_back_because"] = event.said["because"]
            told.setdefault(event.said["taken_back"], {}).update(ended)
    return told


ROOM = Room(
    kept={
        ObservedNotice: all_columns(ObservedNotice, Kept.EVENTS),
        # Where values came from, which nothing is shown or decided by but the page that says so.
        TakenOver: all_columns(TakenOver, Kept.GUARD),
        LinkCheck: all_columns(LinkCheck, Kept.NOT),
        Intake: all_columns(Intake, Kept.NOT),
        IntakeRecord: all_columns(IntakeRecord, Kept.NOT),
    },
    faults=notices,
    faults_of=notices_of,
)
