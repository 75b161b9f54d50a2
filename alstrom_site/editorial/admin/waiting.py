"""What waits for a person, and what each of it wants them to do: one definition for dashboard, lists and rows."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import BigIntegerField, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial.models import Document, Edition, Flag, Proposal, ReviewRequest, Revision
from alstrom_site.editorial.models.edition import EditionQuerySet
from alstrom_site.editorial.workflow import LIVE, PUBLISH_PERMISSION, WRITE, Status

_Found = TypeVar("_Found", bound=QuerySet[Document])


@dataclass(frozen=True)
class Call:
    """One sort of thing that waits: what the person is to do, on which page, and with which editions."""

    wanted: str
    page: str
    editions: Callable[[User], EditionQuerySet]


def waiting_for(documents: _Found, person: User) -> _Found:
    """Return those whose next step this person may be the one to take."""
    first, *others = [call.editions(person).values("document") for call in CALLS]
    return documents.filter(pk__in=first.union(*others))


def calls_on(documents: Collection[int], person: User) -> Mapping[int, Call]:
    """Return, by the number of each of these documents that waits, the most pressing thing it wants. One query."""
    first, *others = [
        call.editions(person)
        .filter(document__in=list(documents))
        .annotate(place=Value(place, IntegerField()))
        .values_list("document", "place")
        for place, call in enumerate(CALLS)
    ]
    found: dict[int, Call] = {}
    for document, place in sorted(first.union(*others)):
        found.setdefault(document, CALLS[place])
    return found


def with_public_text(editions: EditionQuerySet) -> EditionQuerySet:
    """Return the editions with `public_text`, the number of the text that readers see, else of the one they saw last.

    It says for whole lists what `Edition.is_behind` says of one.
    """
    return editions.annotate(public_text=_public_text())


def behind(editions: EditionQuerySet) -> EditionQuerySet:
    """Return the open ones beside which another text went live since they were begun."""
    public = _public_text()
    return editions.open().filter(IsNull(public, False)).exclude(based_on=public)


def _public_text() -> Coalesce:
    public = Edition.objects.filter(document=OuterRef("document"), published_at__isnull=False)
    last = public.order_by("-published_at", "-pk").values("head")[:1]
    return Coalesce("document__live_edition__head", Subquery(last), output_field=BigIntegerField())


def asked_of(person: User) -> EditionQuerySet:
    """Return the editions of which this person was asked for a review, or took it on, and has not answered."""
    return Edition.objects.filter(pk__in=ReviewRequest.objects.asked_of(person).values("edition"))


def _pending(person: User) -> EditionQuerySet:
    pending = Edition.objects.pending_review().filter(status=Status.PUBLISHED).not_written_by(person)
    return _if(person.holds(MEDICAL_REVIEWER), pending.exclude(published_by=person))


def _failed(person: User) -> EditionQuerySet:
    return _if(person.has_perm(PUBLISH_PERMISSION), Edition.objects.filter(status=Status.FAILED_TO_PUBLISH))


def _to_review(person: User) -> EditionQuerySet:
    return Edition.objects.to_sign(person)


def _to_change(person: User) -> EditionQuerySet:
    return Edition.objects.to_change(person)


def _to_bring_up_to_date(person: User) -> EditionQuerySet:
    wrote = Revision.objects.filter(edition=OuterRef("pk"), author=person)
    return _if(person.has_perm(WRITE), behind(Edition.objects.filter(Exists(wrote))))


def _to_confirm(person: User) -> EditionQuerySet:
    proposed = Proposal.objects.waiting().exclude(by=person)
    live = Edition.objects.filter(status__in=LIVE, pk__in=proposed.values("edition"))
    return _if(person.has_perm(PUBLISH_PERMISSION), live)


def _to_publish(person: User) -> EditionQuerySet:
    return Edition.objects.to_publish(person)


def _flagged(person: User) -> EditionQuerySet:
    live = Edition.objects.filter(status=Status.PUBLISHED, document__in=Flag.objects.standing().values("document"))
    settled_otherwise = Edition.objects.pending_review().values("pk")
    mine = live.exclude(pk__in=settled_otherwise).not_written_by(person)
    return _if(person.holds(MEDICAL_REVIEWER), mine)


def _if(may: bool, editions: EditionQuerySet) -> EditionQuerySet:
    return editions if may else Edition.objects.none()


CALLS: tuple[Call, ...] = (
    Call("Approve it afterwards", "approve-afterwards", _pending),
    Call("See why it failed", "standing", _failed),
    Call("Give your verdict", "review", asked_of),
    Call("Review this text", "review", _to_review),
    Call("Make the changes asked for", "standing", _to_change),
    Call("Bring it up to date", "up-to-date", _to_bring_up_to_date),
    Call("Confirm or turn down", "standing", _to_confirm),
    Call("Publish", "standing", _to_publish),
    Call("Look at it again", "reaffirm", _flagged),
)
"""The most pressing first."""
