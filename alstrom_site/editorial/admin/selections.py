"""The selections of documents that the dashboard counts and the lists show: one definition for both."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from alstrom_site.accounts.models import User
from alstrom_site.editorial.models import Document, Edition, Revision
from alstrom_site.editorial.workflow import Status
from alstrom_site.folding import fold

Documents = QuerySet[Document]
SOON = timedelta(days=30)


def waiting_for(documents: Documents, person: User) -> Documents:
    """Return those whose next step this person may be the one to take."""
    return documents.filter(pk__in=Edition.objects.waiting_for(person).values("document"))


def belonging_to(documents: Documents, person: User) -> Documents:
    """Return those that this person owns or wrote a text of."""
    written = Revision.objects.filter(edition__document=OuterRef("pk"), author=person)
    return documents.filter(Q(owner=person) | Exists(written))


def everything(documents: Documents, person: User) -> Documents:
    """Return all of them."""
    return documents


TABS: dict[str, tuple[str, Callable[[Documents, User], Documents]]] = {
    "waiting": ("Waiting for me", waiting_for),
    "mine": ("Mine", belonging_to),
    "all": ("All", everything),
}


def standing_at(documents: Documents, status: Status) -> Documents:
    """Return those with an edition in this state now."""
    return documents.filter(Exists(Edition.objects.filter(document=OuterRef("pk"), status=status)))


def overdue(documents: Documents, day: date) -> Documents:
    """Return those whose review, of a live text or of an edition in review, was due before `day`."""
    return documents.filter(_due(date.min, day - timedelta(days=1)))


def due_soon(documents: Documents, day: date) -> Documents:
    """Return those whose review is due within 30 days from `day`, that day included."""
    return documents.filter(_due(day, day + SOON))


def matching(documents: Documents, words: str) -> Documents:
    """Return those in whose title or address every word stands, whatever the accents and capitals."""
    for word in fold(words).split():
        documents = documents.filter(Q(sort_title__contains=word) | Q(address__icontains=word))
    return documents


def _due(first: date, last: date) -> Q:
    in_review = Edition.objects.filter(
        document=OuterRef("pk"), status=Status.IN_REVIEW, review_due_on__range=(first, last)
    )
    return Q(live_edition__isnull=False, review_due_on__range=(first, last)) | Q(Exists(in_review))
