"""Compares comments and shared links with the events that recorded them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.models import Comment, Event, SharedLink
from alstrom_site.editorial.verification.fault import Fault, batches_of_documents

MADE = ("comment", "answer", "share")
ENDED = ("resolve", "revoke link")
REOPENED = "reopen"
NAMES = {"remark": "Comment", "link": "Shared link"}

End = tuple[Any, Any]
STANDS: End = (None, None)


def remarks() -> Iterator[Fault]:
    """Yield every comment and link that is not as it was recorded, was never recorded, or is no longer there.

    Three queries for 500 documents.
    """
    for numbers in batches_of_documents():
        yield from remarks_of(numbers)


def remarks_of(documents: Sequence[int]) -> Iterator[Fault]:
    """Yield the faults in the comments and links of these documents."""
    comments = {
        comment.pk: (_digest(comment.as_said()), (comment.resolved_at, comment.resolved_by_id))
        for comment in Comment.objects.filter(edition__document__in=documents).order_by("pk")
    }
    links = {
        link.pk: (_digest(link.as_made()), (link.revoked_at, link.revoked_by_id))
        for link in SharedLink.objects.filter(revision__edition__document__in=documents).order_by("pk")
    }
    said = Event.objects.filter(document__in=documents, verb__in=[*MADE, *ENDED, REOPENED]).order_by("position")
    events = list(said)
    yield from _differences("remark", comments, events)
    yield from _differences("link", links, events)


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
