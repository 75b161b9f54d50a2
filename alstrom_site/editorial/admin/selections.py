"""The selections of documents that the dashboard counts and the lists show: one definition for both."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin.due_dates import Span, overdue_on, soon_after
from alstrom_site.editorial.admin.waiting import asked_of, behind, is_any_of, waiting_for
from alstrom_site.editorial.models import Document, Edition, Flag, Proposal, Revision
from alstrom_site.editorial.workflow import CLOSED, Status
from alstrom_site.folding import fold

Documents = QuerySet[Document]
_AS_ONE_VALUE = "SELECT array_agg(number) FROM ({query}) AS found(number)"


def belonging_to(documents: Documents, person: User) -> Documents:
    """Return those that this person owns or wrote a text of."""
    return documents.filter(pk__in=numbers_belonging_to(person))


def numbers_belonging_to(person: User) -> QuerySet[Any, Any]:
    """Return the numbers in the database of what `belonging_to` selects of all documents."""
    written = Revision.objects.filter(author=person).values("edition__document")
    return Document.objects.filter(owner=person).values("pk").union(written)


TABS = {"waiting": "Waiting for me", "mine": "Mine", "all": "All"}


def under_tab(name: str, documents: Documents, person: User, day: date) -> Documents:
    """Return those that stand under a tab for this person on `day`; all of them under any other name."""
    if name == "waiting":
        return waiting_for(documents, person, day)
    return belonging_to(documents, person) if name == "mine" else documents


def standing_at(documents: Documents, status: Status) -> Documents:
    """Return those with an edition in this state now; of the states that end one, those that are not live again."""
    standing = documents.filter(Exists(Edition.objects.filter(document=OuterRef("pk"), status=status)))
    return standing.filter(live_edition__isnull=True) if status in CLOSED else standing


def due_in(documents: Documents, span: Span) -> Documents:
    """Return those whose earliest review, of a live text or of an edition in review, is due within `span`."""
    wanted = documents.filter(pk__in=due(span.first, span.last))
    return wanted if span.first == date.min else wanted.exclude(pk__in=due(date.min, span.first - timedelta(days=1)))


def first_due(span: Span, number: int, among: Collection[int] | None = None) -> list[int]:
    """Return the numbers of the first so many of those that `due_in` selects, by the day and by their number.

    All documents, or those `among` these numbers.

    Each of the two sorts of dates is read in its own order, only as far as needed: what is among the first of all is
    among the first of the sort that its earliest day is of, and no live text is, whose day comes after those of so many
    editions in review.
    """
    asked = _asked_due(span.first, span.last)
    if among is not None:
        asked = asked.filter(is_any_of("document", among))
    if span.first != date.min:
        before = span.first - timedelta(days=1)
        asked = asked.exclude(document__in=_asked_due(date.min, before).values("document"))
        asked = asked.exclude(Exists(_live_due(date.min, before).filter(pk=OuterRef("document"))))
    # A document has up to two editions in review, an urgent fix beside another.
    in_order: Any = asked.order_by("review_due_on", "document").values_list("review_due_on", "document_id")
    first: dict[int, date] = {document: day for day, document in reversed(in_order[: 2 * number])}
    last = sorted(first.values())[number - 1] if len(first) >= number else span.last
    live = _first_live(Span(span.slug, span.label, span.first, last), number, among)
    found = sorted([*((day, document) for document, day in first.items()), *live])
    return list(dict.fromkeys(document for _, document in found))[:number]


def _first_live(span: Span, number: int, among: Collection[int] | None) -> list[tuple[date, int]]:
    """The first of the live texts, each with its day; without what is in review and was wanted before."""
    live = _live_due(span.first, span.last)
    if among is not None:
        live = live.filter(is_any_of("pk", among))
    if span.first != date.min:
        late = _asked_due(date.min, span.first - timedelta(days=1))
        live = live.exclude(pk__in=late.values("document"))
    in_order: Any = live.order_by("review_due_on", "pk").values_list("review_due_on", "pk")
    return list(in_order[:number])


def overdue(documents: Documents, day: date) -> Documents:
    """Return those whose review was due before `day`."""
    return due_in(documents, overdue_on(day))


def due_soon(documents: Documents, day: date) -> Documents:
    """Return those whose review is due within 30 days from `day`, that day included."""
    return due_in(documents, soon_after(day))


def flagged(documents: Documents, person: User) -> Documents:
    """Return those that somebody should look at again because something around them changed."""
    standing = Flag.objects.standing().exclude(document__live_edition__status=Status.WITHDRAWN)
    return documents.filter(pk__in=standing.values("document"))


def pending_review(documents: Documents, person: User) -> Documents:
    """Return those that readers see although nobody has approved them."""
    return documents.filter(pk__in=Edition.objects.pending_review().values("document"))


def left_behind(documents: Documents, person: User) -> Documents:
    """Return those with an open edition beside which another text went live."""
    return documents.filter(pk__in=behind(Edition.objects.all()).values("document"))


def urgent(documents: Documents, person: User) -> Documents:
    """Return those of which an urgent fix is under way."""
    return documents.filter(pk__in=Edition.objects.open().filter(is_urgent=True).values("document"))


def asked_of_me(documents: Documents, person: User) -> Documents:
    """Return those of which this person was asked for a review."""
    return documents.filter(pk__in=asked_of(person).values("document"))


def proposed(documents: Documents, person: User) -> Documents:
    """Return those that somebody has proposed to withdraw or to unpublish."""
    return documents.filter(pk__in=Proposal.objects.waiting().values("edition__document"))


MARKS: dict[str, tuple[str, Callable[[Documents, User], Documents]]] = {
    "pending": ("Public before its review", pending_review),
    "flagged": ("Flagged", flagged),
    "behind": ("Behind the live text", left_behind),
    "urgent": ("Urgent fix", urgent),
    "asked": ("Review asked of me", asked_of_me),
    "proposed": ("Proposed to take away", proposed),
}
"""What rows say of a document beside its state, as the filter offers it."""


def matching(documents: Documents, words: str) -> Documents:
    """Return those in whose title or address every word stands, whatever the accents and capitals."""
    for word in fold(words).split():
        documents = documents.filter(Q(sort_title__contains=word) | Q(address__icontains=word))
    return documents


def due(first: date, last: date) -> QuerySet[Any, Any]:
    """Return the numbers of documents of which any review is due in these days. Two parts, each read by its index."""
    return _live_due(first, last).values("pk").union(_asked_due(first, last).values("document"))


def days_due(first: date, last: date) -> QuerySet[Any, Any]:
    """Return every review that is due in these days: the number of its document, the number of the owner, the day."""
    live = _live_due(first, last).values_list("pk", "owner", "review_due_on")
    return live.union(_asked_due(first, last).values_list("document", "document__owner", "review_due_on"), all=True)


def numbers_found(numbers: QuerySet[Any, Any]) -> list[int]:
    """Return the numbers that a query finds, as the one value in which they are read fastest."""
    query, given = numbers.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_AS_ONE_VALUE.format(query=query), given)
        ((found,),) = cursor.fetchall()
    return found or []


def standing_among(numbers: Collection[int], status: Status) -> list[int]:
    """Return the numbers of those among these that `standing_at` selects, for a state that ends no edition."""
    standing = Edition.objects.filter(is_any_of("document", numbers), status=status)
    found: list[int] = standing.aggregate(numbers=ArrayAgg("document", distinct=True, default=[]))["numbers"]
    return found


def _live_due(first: date, last: date) -> Documents:
    return Document.objects.to_be_reviewed().filter(review_due_on__range=(first, last))


def _asked_due(first: date, last: date) -> QuerySet[Edition]:
    return Edition.objects.filter(status=Status.IN_REVIEW, review_due_on__range=(first, last))
