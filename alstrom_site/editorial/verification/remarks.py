"""Compares comments and shared links with their events, and steps with the comments that were to hold them up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.models import Comment, Event, SharedLink
from alstrom_site.editorial.verification.fault import Fault, batches_of_documents
from alstrom_site.editorial.workflow import APPROVE, PUBLISH, SCHEDULE

MADE = ("comment", "answer", "share")
ENDED = ("resolve", "revoke link")
REOPENED = "reopen"
HELD_UP = (APPROVE.verb, SCHEDULE.verb, PUBLISH.verb)
TO_BE_FIXED = "it was done while a comment that must be fixed stood open."
NAMES = {"remark": "Comment", "link": "Shared link"}

End = tuple[Any, Any]
STANDS: End = (None, None)


def remarks() -> Iterator[Fault]:
    """Yield every comment and link that is not as it was recorded, was never recorded, or is no longer there.

    Four queries for 500 documents.
    """
    for numbers in batches_of_documents():
        yield from remarks_of(numbers)


def remarks_of(documents: Sequence[int]) -> Iterator[Fault]:
    """Yield the faults in the comments and links of these documents."""
    said = list(Comment.objects.filter(edition__document__in=documents).order_by("pk"))
    comments = {each.pk: (_digest(each.as_said()), (each.resolved_at, each.resolved_by_id)) for each in said}
    links = {
        link.pk: (_digest(link.as_made()), (link.revoked_at, link.revoked_by_id))
        for link in SharedLink.objects.filter(revision__edition__document__in=documents).order_by("pk")
    }
    verbs = [*MADE, *ENDED, REOPENED]
    events = list(Event.objects.filter(document__in=documents, verb__in=verbs).order_by("position"))
    yield from _differences("remark", comments, events)
    yield from _differences("link", links, events)
    yield from _went_on(events, {each.pk: each.edition_id for each in said if each.must_fix})


def _went_on(events: Sequence[Event], must_be_fixed: Mapping[int, int]) -> Iterator[Fault]:
    """Each approval, schedule and publication of an edition at which one of its comments stood open that hold it up."""
    steps = Event.objects.filter(edition__in=set(must_be_fixed.values()), verb__in=HELD_UP).defer("details")
    stands: defaultdict[int, set[int]] = defaultdict(set)
    for event in sorted([*events, *steps], key=attrgetter("position")):
        if event.verb in HELD_UP:
            if stands[event.edition_id]:
                yield Fault(f"Event {event.position}", TO_BE_FIXED)
        elif (number := event.fields.get("remark", 0)) in must_be_fixed:
            stands[event.edition_id].add(number)
            if event.verb in ENDED:
                stands[event.edition_id].discard(number)


def _differences(key: str, found: Mapping[int, tuple[str, End]], events: list[Event]) -> Iterator[Fault]:
    made, ended = _as_recorded(key, events)
    for pk, (digest, end) in found.items():
        place = f"{NAMES[key]} {pk}"
        if pk not in made:
            yield Fault(place, "no event records it.")
        elif made[pk] != digest:
            yield Fault(place, "it is not what was recorded.")
        if ended.get(pk, STANDS) != end:
            yield Fault(place, "whether it is settled, by whom and when, is not what was recorded.")
    for pk in made.keys() - found.keys():
        yield Fault(f"{NAMES[key]} {pk}", "it was recorded, and is no longer there.")


def _as_recorded(key: str, events: list[Event]) -> tuple[dict[int, str], dict[int, End]]:
    """By number: the digest of what was said or made, and by whom and when it was ended, the last time."""
    made: dict[int, str] = {}
    ended: dict[int, End] = {}
    for event in events:
        fields = event.fields
        if key not in fields:
            continue
        if event.verb in MADE:
            made[fields[key]] = fields.get("words", "")
        else:
            ended[fields[key]] = STANDS if event.verb == REOPENED else (event.at, event.by_id)
    return made, ended


def _digest(said: Mapping[str, Any]) -> str:
    try:
        return sha256(canonical_json(said))
    except ValueError:
        # What is no canonical JSON any more was altered.
        return ""
