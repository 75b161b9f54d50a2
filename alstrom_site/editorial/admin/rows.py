"""One document as lists and the dashboard show it, read in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, DateField, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Least

from alstrom_site.editorial.admin.addresses import document_url, edition_url
from alstrom_site.editorial.admin.marks import Mark, marks_on
from alstrom_site.editorial.admin.states import REVIEW_WANTED, DueDate, StateTag, due_dates
from alstrom_site.editorial.admin.waiting import Wanted, with_public_text
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition, Flag, Proposal, ReviewRequest
from alstrom_site.editorial.workflow import CLOSED, Status

NOBODY_WAITS: Mapping[int, Wanted] = {}


@dataclass(frozen=True)
class Row:
    """A document in a list. `live`, `opened` and `urgent` are its editions' states; `wanted` is what it waits for."""

    document: Document
    url: str
    kind_label: str
    live: StateTag | None
    opened: StateTag | None
    urgent: StateTag | None
    ended: StateTag | None
    dates: tuple[DueDate, ...]
    marks: tuple[Mark, ...]
    goes_live_at: datetime | None
    changed_at: datetime | None
    wanted: str
    wanted_url: str
    is_asked: bool
    """Whether people were asked for its review, each by a day of their own."""

    @property
    def is_late(self) -> bool:
        """Whether any of its dates has passed."""
        return any(due.is_late for due in self.dates)

    @property
    def first_date(self) -> DueDate | None:
        """The day that decides when it is due."""
        return min(self.dates, key=lambda due: due.day, default=None)

    @property
    def date_beside_marks(self) -> DueDate | None:
        """The first day, unless the marks say by when somebody was asked to do the same."""
        first = self.first_date
        said = first is not None and self.is_asked and first.label == REVIEW_WANTED and not first.is_late
        return None if said else first


# What a row says, and nothing beside it: a list of a hundred thousand reads no more than that.
_DATES = ("last_published_at", "review_due_on", "changed_at")
_OF_A_DOCUMENT = ("kind", "address", "title", "owner", "live_edition", *_DATES)
_OF_AN_EDITION = ("number", "status", "is_urgent", "emergency_reason", "approved_afterwards_at")
_OF_AN_OPEN_ONE = (*_OF_AN_EDITION, "document", "based_on", "review_due_on", "publish_at")
_COLUMNS = (*_OF_A_DOCUMENT, *(f"live_edition__{name}" for name in _OF_AN_EDITION))


def for_rows(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Return the documents with all that a row needs, and nothing beside it."""
    opened = with_public_text(Edition.objects.open()).only(*_OF_AN_OPEN_ONE).order_by("is_urgent")
    ended = Edition.objects.filter(status__in=CLOSED).order_by("document", "-number").distinct("document")
    proposals = Proposal.objects.waiting().select_related("by")
    return (
        documents.select_related("live_edition")
        .only(*_COLUMNS)
        .prefetch_related(
            "owner",
            Prefetch("editions", opened.prefetch_related(_requests()), to_attr="editions_open"),
            Prefetch("editions", ended.only("document", "number", "status"), to_attr="editions_past"),
            Prefetch("flags", Flag.objects.standing().select_related("raised_by", "asked"), to_attr="flags_standing"),
            Prefetch("live_edition__proposals", proposals, to_attr="proposals_open"),
        )
    )


def with_dates(documents: QuerySet[Document]) -> QuerySet[Document]:
    """Return the documents with `due_on`, the earliest day by which one is to be reviewed."""
    in_review = Edition.objects.filter(status=Status.IN_REVIEW)
    withdrawn = Edition.objects.filter(status=Status.WITHDRAWN)
    wanted = in_review.filter(document=OuterRef("pk")).order_by("review_due_on").values("review_due_on")[:1]
    # Which documents are in review is asked once for all of them, so that few are looked up one by one.
    is_wanted = When(pk__in=in_review.values("document"), then=Subquery(wanted))
    to_be_reviewed = When(~Q(pk__in=withdrawn.values("document")), live_edition__isnull=False, then=F("review_due_on"))
    return documents.annotate(
        due_on=Least(Case(to_be_reviewed, output_field=DateField()), Case(is_wanted, output_field=DateField())),
    )


def rows_of(documents: Iterable[Document], day: date, wanted: Mapping[int, Wanted] = NOBODY_WAITS) -> list[Row]:
    """Return the rows of documents read by `for_rows`, with what is late on `day` and what each waits for."""
    return [_row(document, day, wanted.get(document.pk)) for document in documents]


def _requests() -> "Prefetch[str]":
    standing = ReviewRequest.objects.standing().select_related("reviewer").order_by("due_on", "pk")
    return Prefetch("review_requests", standing, to_attr="requests_standing")


def _row(document: Document, day: date, wanted: Wanted | None) -> Row:
    found = vars(document)
    editions: list[Edition] = found["editions_open"]
    opened = next((each for each in editions if not each.is_urgent), None)
    urgent = next((each for each in editions if each.is_urgent), None)
    past: Edition | None = next(iter(found["editions_past"]), None)
    live = document.live_edition
    return Row(
        document=document,
        url=document_url(document),
        kind_label=kind_named(document.kind).label,
        live=StateTag.of(live) if live else None,
        opened=StateTag.of(opened) if opened else None,
        urgent=StateTag.of(urgent) if urgent else None,
        ended=StateTag.of(past) if past and not editions and not live else None,
        dates=_dates(document, editions, day),
        marks=marks_on(document, editions, day),
        goes_live_at=min(_scheduled_times(editions), default=None),
        changed_at=document.changed_at,
        wanted=wanted.call.wanted if wanted else "",
        wanted_url=_wanted_url(document, editions, wanted) if wanted else "",
        is_asked=any(vars(each)["requests_standing"] for each in editions),
    )


def _wanted_url(document: Document, editions: list[Edition], wanted: Wanted) -> str:
    """The page on which it is done: about the edition that wants it, beside which another may be open."""
    edition = next((each for each in editions if each.pk == wanted.edition), None)
    if edition is None:
        return document_url(document, wanted.call.page)
    edition.document = document
    return edition_url(edition, wanted.call.page)


def _scheduled_times(editions: list[Edition]) -> list[datetime]:
    return [each.publish_at for each in editions if each.state is Status.SCHEDULED and each.publish_at is not None]


def _dates(document: Document, editions: list[Edition], day: date) -> tuple[DueDate, ...]:
    """The dates of every open edition and of the live text, each once."""
    dates = [due for edition in (*editions, None) for due in due_dates(document, edition, day)]
    return tuple(dict.fromkeys(dates))
