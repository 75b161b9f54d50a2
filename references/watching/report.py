"""What the desk shows of watched works: what was observed of them, and which of their addresses need a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, Max, Q, Value, When
from django.db.models.query import Prefetch, QuerySet

from alstrom_site.editorial.composing import shown_partial
from alstrom_site.editorial.models import Document
from alstrom_site.page_parts import HappenedTo
from references.models import LinkCheck, ObservedNotice
from references.models.link_check import TO_BE_SEEN
from references.publication import as_shown
from references.standing import what_happened
from references.watching.known import notice_of, to_be_noted_again
from references.watching.links import nothing_reached_at

SHOWN = 25


@dataclass(frozen=True)
class Observed:
    """An entry, what was observed of its work, and the notices that say so, the newest first."""

    document: Document
    happened: tuple[HappenedTo, ...]
    notices: Sequence["NoticeShown"]


@dataclass(frozen=True)
class NoticeShown:
    """A notice, and whether it can be noted again."""

    notice: ObservedNotice
    can_be_noted_again: bool = False

    @property
    def words(self) -> str:
        """What it says happened, and when: "Retracted, 6 February 2010"."""
        happened = what_happened({}, [notice_of(self.notice)])
        what = happened[0].what if happened else self.notice.type
        return ", ".join(filter(None, (what, _spoken(self.notice.date))))


@dataclass(frozen=True)
class Checks:
    """How far the checks of addresses have come; `nothing_reached_at` when the last one reached no server at all."""

    entries: int
    last_at: datetime | None
    nothing_reached_at: datetime | None = None


def observed_works(number: str) -> Page[Any]:
    """Return one page of the entries of whose works something was observed, the newest first. Three queries."""
    holding = Q(observed_notices__taken_back_at__isnull=True)
    found = (
        Document.objects.filter(observed_notices__isnull=False)
        .annotate(seen=Max("observed_notices__seen_at"), holding=Count("observed_notices", filter=holding))
        .filter(holding__gt=0)
        .prefetch_related(Prefetch("observed_notices", ObservedNotice.objects.select_related("seen_by")))
        .order_by("-seen", "pk")
    )
    page: Page[Any] = Paginator(found, SHOWN).get_page(number)
    page.object_list = [_observed(document) for document in page.object_list]
    return page


def addresses_to_see(number: str) -> Page[LinkCheck]:
    """Return one page of the addresses that a person should look at, those that are gone first. Two queries."""
    order = Case(
        *(When(outcome=outcome, then=Value(place)) for place, outcome in enumerate(TO_BE_SEEN)),
        output_field=IntegerField(),
    )
    rows = _of_what_readers_see().filter(outcome__in=TO_BE_SEEN).select_related("document")
    return Paginator(rows.order_by(order, "failing_since", "pk"), SHOWN).get_page(number)


def checks_so_far() -> Checks:
    """Return how many entries were checked, and when one was last."""
    found = _of_what_readers_see().aggregate(entries=Count("document", distinct=True), last_at=Max("checked_at"))
    return Checks(found["entries"], found["last_at"], nothing_reached_at())


def notices_of(document: Document) -> list[NoticeShown]:
    """Return all that was observed of the work of an entry, what was taken back too, in the order of seeing."""
    rows = ObservedNotice.objects.about([document.pk]).select_related("seen_by", "taken_back_by")
    found = list(rows.order_by("seen_at", "pk"))
    again = to_be_noted_again(found)
    return [NoticeShown(row, row.pk in again) for row in found]


def addresses_of_entry(document: Document) -> list[LinkCheck]:
    """Return the addresses of an entry that a person should look at."""
    rows = _of_what_readers_see().filter(document=document, outcome__in=TO_BE_SEEN)
    return list(rows.order_by("name"))


def _of_what_readers_see() -> QuerySet[LinkCheck]:
    """Only live entries are checked: what was found of one that is no longer live is never looked at again."""
    return LinkCheck.objects.filter(document__live_edition__isnull=False)


def _observed(document: Document) -> Observed:
    notices = [each for each in document.observed_notices.all() if each.taken_back_at is None]
    said = [notice_of(each) for each in notices]
    return Observed(document, as_shown(what_happened({}, said)), [NoticeShown(each) for each in notices[::-1]])


def _spoken(written: str) -> str:
    """A date in words, as precise as it is; what is no date stands as its source wrote it."""
    try:
        day = shown_partial(written)
    except ValueError:
        return written
    return day.text if day else ""
