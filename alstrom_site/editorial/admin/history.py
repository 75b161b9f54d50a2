"""The history of a document: its events, newest first, and its texts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator

from alstrom_site.editorial.admin.addresses import comparison_url, text_url
from alstrom_site.editorial.models import Document, Edition, Event, Revision
from alstrom_site.editorial.workflow import VERBS_OF_NEW_TEXT, in_the_past

EVENTS_ON_A_PAGE = 20
TEXTS_SHOWN = 50
OF_THE_DOCUMENT = ("hand over", "set policy")
"""The verbs of events that are about a document, whichever of its editions they stand beside."""


@dataclass(frozen=True)
class Happened:
    """An event in words, with the way to the text it is about and to what that text changed."""

    event: Event
    did: str
    comment: str
    note: str
    text_url: str
    change_url: str


@dataclass(frozen=True)
class TextEntry:
    """One saved text with the ways to read it and to compare it. `marks` says what it is now, such as "live"."""

    revision: Revision
    marks: tuple[str, ...]
    text_url: str
    change_url: str
    against_live_url: str


def history_of(document: Document, page: str) -> "Page[Event]":
    """Return one page of the document's events, newest first; the first page for a number that is none."""
    events = document.events.select_related("edition", "revision__edition", "revision__parent", "review")
    return Paginator(events.order_by("-position"), EVENTS_ON_A_PAGE).get_page(page)


def happened(document: Document, event: Event) -> Happened:
    """Return an event in words."""
    revision = event.revision
    is_new = event.verb in VERBS_OF_NEW_TEXT and revision.parent is not None
    change = comparison_url(document, revision.parent, revision) if is_new else ""
    fields = event.fields
    comment = event.review.comment if event.review else str(fields.get("comment", ""))
    return Happened(
        event=event,
        did=done(event),
        comment=comment,
        note=_note(event),
        text_url=text_url(document, revision),
        change_url=change,
    )


def done(event: Event) -> str:
    """Return what somebody did, with what they did it to: "approved edition 2", "handed over the document"."""
    about = "the document" if event.verb in OF_THE_DOCUMENT else f"edition {event.edition.number}"
    if "guest" in event.fields:
        return f"got a comment from outside on {about}, by a link of theirs"
    return f"{in_the_past(event.verb, event.source, event.fields.get('step'))} {about}"


def since(document: Document, position: int | None) -> list[Happened]:
    """Return what happened after an event, oldest first; nothing when no event is named."""
    if position is None:
        return []
    events = document.events.select_related("edition", "revision__edition", "revision__parent", "review")
    return [happened(document, event) for event in events.filter(position__gt=position).order_by("position")[:20]]


def last_position(document: Document) -> int:
    """Return the place of the document's newest event in the chain; a page that shows the document carries it."""
    last = document.events.order_by("-position").values_list("position", flat=True).first()
    return last or 0


def newest_position() -> int:
    """Return the place of the newest event of all in the chain; read first, for a page that shows other documents."""
    return Event.objects.order_by("-position").values_list("position", flat=True).first() or 0


def texts_of(document: Document, open_edition: Edition | None) -> list[TextEntry]:
    """Return the newest texts of the document, newest first."""
    live = document.live_edition.text if document.live_edition else None
    current = open_edition.text if open_edition else None
    texts = Revision.objects.filter(edition__document=document).select_related("edition", "parent")
    return [
        TextEntry(
            revision=text,
            marks=tuple(name for name, marked in (("live", live), ("current", current)) if text == marked),
            text_url=text_url(document, text),
            change_url=comparison_url(document, text.parent, text) if text.parent else "",
            against_live_url=comparison_url(document, live, text) if live and live != text else "",
        )
        for text in texts.order_by("-edition__number", "-number")[:TEXTS_SHOWN]
    ]


def _note(event: Event) -> str:
    fields = event.fields
    if event.verb == "hand over":
        return f"From {fields.get('from', '')} to {fields.get('to', '')}."
    if event.verb in {"ask", "claim"}:
        return f"{fields['reviewer']}, by {date.fromisoformat(fields['due_on']):%-d %B %Y}."
    if "guest" in fields:
        return f"Said by {fields['guest']}, an outside expert, whose name is as they typed it."
    if event.verb == "schedule" and "publish_at" in fields:
        return f"To go live on {datetime.fromisoformat(fields['publish_at']):%-d %B %Y, %H:%M %Z}."
    if "despite" in fields:
        asked = (f"{each['reviewer']} had requested changes (“{each['asked']}”)" for each in fields["despite"])
        return f"Although {', and '.join(asked)}, which this person confirmed to know."
    if event.verb == "supersede":
        return f"Edition {fields.get('successor', '')} took its place."
    return ""
