"""One document as lists and the dashboard show it, read in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, DateField, F, Max, OuterRef, Prefetch, QuerySet, Subquery, When
from django.db.models.functions import Least

from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.states import DueDate, StateTag, due_dates
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition, Event
from alstrom_site.editorial.workflow import CLOSED, Status

# What the person who finds a document waiting is there to do, and on which page.
_WANTED = {
    Status.IN_REVIEW: ("Review this text", "review"),
    Status.CHANGES_REQUESTED: ("Make the changes asked for", "standing"),
    Status.APPROVED: ("Publish", "standing"),
}


@dataclass(frozen=True)
class Row:
    """A document in a list. `live` and `opened` are its editions' states; `wanted` is what the next person does."""

    document: Document
    url: str
    kind_label: str
    live: StateTag | None
    opened: StateTag | None
    ended: StateTag | None
    dates: tuple[DueDate, ...]
    changed_at: datetime | None
    wanted: str
    wanted_url: str


def for_rows(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Return the documents with all that a row needs, and the columns by which lists are ordered."""
    wanted_by = Edition.objects.filter(document=OuterRef("pk"), status=Status.IN_REVIEW).values("review_due_on")
    changed = Event.objects.filter(document=OuterRef("pk")).order_by().values("document")
    live_due = Case(When(live_edition__isnull=False, then=F("review_due_on")), output_field=DateField())
    return (
        documents.select_related("owner", "live_edition")
        .prefetch_related(
            Prefetch("editions", Edition.objects.open(), to_attr="editions_open"),
            Prefetch(
                "editions", Edition.objects.filter(status__in=CLOSED).order_by("-number"), to_attr="editions_past"
            ),
        )
        .annotate(
            changed_at=Subquery(changed.annotate(last=Max("at")).values("last")),
            due_on=Least(live_due, Subquery(wanted_by[:1])),
        )
    )


def rows_of(documents: Iterable[Document], day: date) -> list[Row]:
    """Return the rows of documents read by `for_rows`, with what is late on `day`."""
    return [_row(document, day) for document in documents]


def _row(document: Document, day: date) -> Row:
    found = vars(document)
    opened: Edition | None = next(iter(found["editions_open"]), None)
    past: Edition | None = next(iter(found["editions_past"]), None)
    wanted, page = _WANTED.get(opened.state, ("", "standing")) if opened else ("", "standing")
    return Row(
        document=document,
        url=document_url(document),
        kind_label=kind_named(document.kind).label,
        live=StateTag.of(document.live_edition) if document.live_edition else None,
        opened=StateTag.of(opened) if opened else None,
        ended=StateTag.of(past) if past and not opened and not document.live_edition else None,
        dates=due_dates(document, opened, day),
        changed_at=found["changed_at"],
        wanted=wanted,
        wanted_url=document_url(document, page),
    )
