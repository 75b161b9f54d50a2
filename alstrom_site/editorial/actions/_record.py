"""Appends events to the chain."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from alstrom_site.editorial import notifications
from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.models import Document, Edition, Event, Review
from alstrom_site.editorial.models.event import FIRST
from alstrom_site.editorial.workflow import REMARKS

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

# The number under which writers of the chain queue; any number that nothing else in this database locks.
CHAIN_LOCK = 6_203_800


@dataclass(frozen=True)
class Happening:
    """What an event says, before it has a place in the chain."""

    edition: Edition
    verb: str
    source: str
    target: str
    by: "User"
    at: datetime
    review: Review | None = None
    details: dict[str, Any] = field(default_factory=dict)


def record(happening: Happening) -> Event:
    """Append the event to the chain, and queue the mails that follow from it.

    Writers queue, so that positions have no gap and each sees the one before it.
    """
    return record_all([happening])[0]


def record_all(happenings: Sequence[Happening]) -> list[Event]:
    """Append the events to the chain in their order, as `record` does each of them."""
    _note_changes(happenings)
    take_turn()
    last = Event.objects.order_by("-position").values("position", "digest").first()
    newest, previous = (last["position"], last["digest"]) if last else (0, FIRST)
    events: list[Event] = []
    for position, happening in enumerate(happenings, start=newest + 1):
        events.append(_chained(happening, position, previous))
        previous = events[-1].digest
    Event.objects.bulk_create(events)
    notifications.after_all(events)
    return events


def _note_changes(happenings: Sequence[Happening]) -> None:
    """Keep on each document when it last changed. Before the turn is taken: who has it waits for no document."""
    changed: dict[datetime, set[int]] = {}
    for document, at in {each.edition.document_id: each.at for each in happenings}.items():
        changed.setdefault(at, set()).add(document)
    for at, documents in changed.items():
        Document.objects.filter(pk__in=documents).update(changed_at=at)
    for each in happenings:
        each.edition.document.changed_at = each.at


def _chained(happening: Happening, position: int, previous: str) -> Event:
    revision = happening.edition.text
    details = dict(happening.details)
    if happening.review is not None:
        details["review"] = sha256(canonical_json(happening.review.as_signed()))
    event = Event(
        position=position,
        document_id=happening.edition.document_id,
        edition=happening.edition,
        revision=revision,
        review=happening.review,
        verb=happening.verb,
        source=happening.source,
        target=happening.target,
        by=happening.by,
        by_name=str(happening.by),
        at=happening.at,
        details=canonical_json(details),
        revision_digest=revision.digest,
        previous=previous,
    )
    event.digest = sha256(canonical_json(event.as_chained()))
    return event


def remark(edition: Edition, verb: str, *, by: "User", at: datetime, **details: Any) -> Event:
    """Append an event that moves no state; its verb is one of `workflow.REMARKS`."""
    return remark_all(verb, [(edition, details)], by=by, at=at)[0]


def remark_all(verb: str, about: Sequence[tuple[Edition, dict[str, Any]]], *, by: "User", at: datetime) -> list[Event]:
    """Append such an event about each of the editions, with its details, as `record_all` does."""
    if verb not in REMARKS:
        raise LookupError(f"{verb!r} is no remark of the record.")
    return record_all([Happening(each, verb, each.status, each.status, by, at, details=said) for each, said in about])


def take_turn() -> None:
    """Wait until no other transaction writes events; the turn is over when this one ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
