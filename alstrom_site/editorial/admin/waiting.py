"""What waits for a person, and what each of it wants them to do: one definition for dashboard, lists and rows."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial.admin.due_dates import SOON
from alstrom_site.editorial.models import Document, Edition, Flag, Proposal, ReviewRequest, Revision
from alstrom_site.editorial.models.edition import EditionQuerySet
from alstrom_site.editorial.workflow import LIVE, PUBLISH_PERMISSION, WRITE, Status

_Found = TypeVar("_Found", bound=QuerySet[Document])
NO_TEXT = Value(-1)
_SHOWN_ONCE = (Status.SUPERSEDED, Status.UNPUBLISHED)


@dataclass(frozen=True)
class Call:
    """One sort of thing that waits: what the person is to do, on which page, and with which editions.

    `due_within`: of these, only live texts whose next review is due so long from today at most.
    """

    wanted: str
    page: str
    editions: Callable[[User], EditionQuerySet]
    due_within: timedelta | None = None

    def waiting_for(self, person: User, day: date) -> EditionQuerySet:
        """Return the editions that want it of this person on `day`."""
        found = self.editions(person)
        return found if self.due_within is None else found.filter(document__review_due_on__lte=day + self.due_within)


class Wanted(NamedTuple):
    """The most pressing thing that a document wants of a person, with the number of the edition that wants it."""

    place: int
    edition: int

    @property
    def call(self) -> Call:
        """What it is."""
        return CALLS[self.place]


class _Waiting(Mapping[int, Wanted]):
    """What each document wants, made when it is asked for: of thousands that wait, a page shows a few."""

    def __init__(self, documents: Sequence[int], places: Sequence[int], editions: Sequence[int]) -> None:
        self._at = dict(zip(documents, range(len(documents)), strict=True))
        self._places, self._editions = places, editions

    def __getitem__(self, document: int) -> Wanted:
        at = self._at[document]
        return Wanted(self._places[at], self._editions[at])

    def __iter__(self) -> Iterator[int]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)


# Three values come back, however much waits: they are read far faster than as many rows.
_PRESSING = """
SELECT array_agg(document), array_agg(place), array_agg(edition) FROM (
    SELECT DISTINCT ON (document) document, place, edition
    FROM ({called}) AS called(document, place, edition) ORDER BY document, place, edition
) AS pressing
"""


def wanted_of(person: User, day: date) -> Mapping[int, Wanted]:
    """Return, by the number of each document that waits for this person on `day`, what it wants. One query."""
    first, *others = [
        call.waiting_for(person, day)
        .annotate(place=Value(place, IntegerField()))
        .values_list("document", "place", "pk")
        for place, call in enumerate(CALLS)
    ]
    called, given = first.union(*others, all=True).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_PRESSING.format(called=called), given)
        (row,) = cursor.fetchall()
    documents, places, editions = (column or [] for column in row)
    return _Waiting(documents, places, editions)


def waiting_for(documents: _Found, person: User, day: date) -> _Found:
    """Return those whose next step this person may be the one to take on `day`. What waits is asked once, here."""
    return numbered(documents, wanted_of(person, day))


def numbered(documents: _Found, numbers: Collection[int]) -> _Found:
    """Return those with these numbers in the database."""
    return documents.filter(is_any_of("pk", numbers))


def is_any_of(column: str, numbers: Collection[int]) -> Func:
    """Return the condition that a column is one of these numbers, however many; they are sent as one value.

    As a value they are weighed by the database, which then reads a list in its order and looks up each in them; of a
    subquery with as many rows it expects a few, and looks up every one in the list.
    """
    listed = Value("{" + ",".join(map(str, numbers)) + "}")
    template = "%(expressions)s::bigint[])"
    return Func(column, listed, template=template, arg_joiner=" = ANY(", output_field=BooleanField())


def with_public_text(editions: EditionQuerySet) -> EditionQuerySet:
    """Return the editions with `public_text`, the number of the text that readers see, else of the one they saw last.

    It says for whole lists what `Edition.is_behind` says of one.
    """
    return editions.annotate(public_text=_public_text())


def behind(editions: EditionQuerySet) -> EditionQuerySet:
    """Return the open ones beside which another text went live since they were begun.

    Those beside a live text are told in one join; only where readers see none any more is the last one looked up.
    """
    begun_from = Coalesce("based_on", NO_TEXT, output_field=BigIntegerField())
    begun = editions.open().annotate(begun_from=begun_from)
    live = Edition.objects.live().filter(document=OuterRef("document"), head__isnull=False)
    beside_another = begun.filter(Exists(live.exclude(head=OuterRef("begun_from"))))
    shown_once = Edition.objects.filter(status__in=_SHOWN_ONCE, document__live_edition__isnull=True)
    beside_none = begun.filter(document__in=shown_once.values("document")).annotate(shown=_public_text())
    left = beside_none.filter(shown__isnull=False).exclude(shown=F("begun_from"))
    return Edition.objects.filter(pk__in=beside_another.values("pk").union(left.values("pk")))


def _public_text() -> Subquery:
    """The live text, else the one that was live last; looked up by the document, most of which have one or two."""
    public = Edition.objects.filter(document=OuterRef("document"), published_at__isnull=False)
    live_first = Case(When(status__in=LIVE, then=0), default=1)
    return Subquery(public.order_by(live_first, "-published_at", "-pk").values("head")[:1])


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
    return _to_reaffirm(person).filter(document__in=Flag.objects.calling(person).values("document"))


def _to_reaffirm(person: User) -> EditionQuerySet:
    """Live texts that this person may sign to need no change. Asked within the query, as it is for two calls."""
    is_reviewer = Exists(person.groups.filter(name=MEDICAL_REVIEWER.name))
    return _reviewed().not_written_by(person).filter(is_reviewer)


def _owned(person: User) -> EditionQuerySet:
    """Live texts that this person answers for, beside which nothing is under way."""
    under_way = Edition.objects.open().filter(document=OuterRef("document"))
    return _reviewed().filter(~Exists(under_way), document__owner=person)


def _reviewed() -> EditionQuerySet:
    """Live texts without those that wait for their first review, which is another step."""
    settled_otherwise = Edition.objects.pending_review().values("pk")
    return Edition.objects.filter(status=Status.PUBLISHED).exclude(pk__in=settled_otherwise)


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
    Call("Due: see whether it still holds", "reaffirm", _to_reaffirm, SOON),
    Call("Overdue: see to its review", "standing", _owned, timedelta(days=-1)),
)
"""The most pressing first."""


def first_call(edition: Edition, person: User, day: date) -> Call | None:
    """Return the most pressing thing that one edition wants of a person on `day`, if it wants any. A query for each."""
    return next((call for call in CALLS if call.waiting_for(person, day).filter(pk=edition.pk).exists()), None)
