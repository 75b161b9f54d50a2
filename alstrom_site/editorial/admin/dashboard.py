"""The front page of the desk: what waits for this person, what is theirs, what is due, what was published."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from heapq import nsmallest

from django.db.models import Count as Number
from django.db.models import F, Min, Q, QuerySet, Window
from django.db.models.expressions import OrderBy
from django.urls import reverse

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import ROLES
from alstrom_site.editorial.admin import due_dates, selections
from alstrom_site.editorial.admin.addresses import kinds_at_the_desk, list_url
from alstrom_site.editorial.admin.dashboard_panels import READ, Found, Panel, Shown, panels_of
from alstrom_site.editorial.admin.due_picture import Picture, picture
from alstrom_site.editorial.admin.rows import with_dates
from alstrom_site.editorial.admin.sources import ChangedSource, changed_sources
from alstrom_site.editorial.admin.states import slug_of
from alstrom_site.editorial.admin.waiting import Wanted, is_any_of, wanted_of
from alstrom_site.editorial.models import Document, Edition, WorkingCopy
from alstrom_site.editorial.policies import ADMINISTER
from alstrom_site.editorial.workflow import WRITE, Status

COUNTED = (
    Status.DRAFT,
    Status.IN_REVIEW,
    Status.APPROVED,
    Status.SCHEDULED,
    Status.FAILED_TO_PUBLISH,
    Status.PUBLISHED,
)
_DOCUMENTS = Number("document", distinct=True)
Documents = QuerySet[Document]


@dataclass(frozen=True)
class Count:
    """A number and the list of exactly what it counts."""

    label: str
    number: int
    url: str
    alarming: bool = False


@dataclass(frozen=True)
class Beginning:
    """A kind of document that this person may begin. `typed_at`: since when what they typed of one is saved nowhere."""

    label: str
    url: str
    typed_at: datetime | None = None


@dataclass(frozen=True)
class Left:
    """Somebody whose account is closed and who owns documents still; `url` leads to handing them over."""

    name: str
    number: int
    url: str


@dataclass(frozen=True)
class Dashboard:
    """All that the front page shows."""

    person: User
    roles: tuple[str, ...]
    counts: tuple[Count, ...]
    panels: dict[str, Panel]
    picture: Picture
    beginnings: tuple[Beginning, ...]
    left: tuple[Left, ...]
    sources: tuple[ChangedSource, ...]
    looks_after_people: bool

    @property
    def pending(self) -> Panel:
        """What readers see although nobody has approved it."""
        return self.panels["pending"]

    @property
    def waiting(self) -> Panel:
        """What this person can do now."""
        return self.panels["waiting"]

    @property
    def main(self) -> list[Panel]:
        """What this person has to do with, in order; what is empty and says nothing is left out."""
        return self._shown("failed", "flagged", "reviewed", "mine")

    @property
    def side(self) -> list[Panel]:
        """What comes, and what has been."""
        return self._shown("scheduled", "overdue", "soon", "published")

    def _shown(self, *names: str) -> list[Panel]:
        return [self.panels[name] for name in names if self.panels[name].rows or self.panels[name].empty]


@dataclass(frozen=True)
class _Desk:
    """Whose desk it is, on which day, and what is asked only once for all of it."""

    person: User
    day: date
    every: Documents
    wanted: Mapping[int, Wanted]
    drawn: Picture
    standing: Mapping[str, int]
    """How many documents there are by the state of an edition."""


def dashboard_for(person: User, *, at: datetime) -> Dashboard:
    """Return the front page of `person` at this moment."""
    day, every = at.date(), Document.objects.all()
    by_state = Edition.objects.values_list("status").filter(status__in=COUNTED).annotate(_DOCUMENTS)
    desk = _Desk(person, day, every, wanted_of(person, day), picture(day), dict(by_state))
    held = set(person.groups.values_list("name", flat=True))
    panels = panels_of([*_of_the_person(desk), *_of_everybody(desk)], desk.day, desk.wanted)
    return Dashboard(
        person=person,
        roles=tuple(role.name for role in ROLES if role.name in held),
        counts=_counts(desk, flagged=panels["flagged"].total),
        panels=panels,
        picture=desk.drawn,
        beginnings=_beginnings(person),
        left=_left(person),
        sources=changed_sources(),
        looks_after_people=person.has_perm("accounts.view_user"),
    )


def _counts(desk: _Desk, *, flagged: int) -> tuple[Count, ...]:
    standing = {status: _at(status, desk.standing.get(status, 0)) for status in COUNTED}
    late = desk.drawn.overdue
    return (
        *(standing[status] for status in COUNTED if status is not Status.PUBLISHED),
        Count("Flagged", flagged, list_url(mark="flagged")),
        Count("Overdue", late, list_url(due="overdue"), alarming=late > 0),
        standing[Status.PUBLISHED],
    )


def _at(status: Status, number: int) -> Count:
    alarming = status is Status.FAILED_TO_PUBLISH and number > 0
    label = "Failed" if status is Status.FAILED_TO_PUBLISH else status.label
    return Count(label, number, list_url(state=slug_of(status)), alarming)


def _beginnings(person: User) -> tuple[Beginning, ...]:
    if not person.has_perm(WRITE):
        return ()
    anew = WorkingCopy.objects.with_typing().filter(person=person, edition=None).order_by("typed_at")
    typed = dict(anew.values_list("kind", "typed_at"))
    return tuple(
        Beginning(
            kind.label, reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"), typed.get(kind.name)
        )
        for kind, model in kinds_at_the_desk().values()
    )


def _left(person: User) -> tuple[Left, ...]:
    if not person.has_perm(ADMINISTER):
        return ()
    gone = User.objects.filter(is_active=False).annotate(owns=Number("owned_documents")).filter(owns__gt=0)
    address = reverse("admin:editorial-hand-over")
    return tuple(Left(str(each), each.owns, f"{address}?from={each.pk}") for each in gone.order_by("display_name"))


def _of_the_person(desk: _Desk) -> Sequence[Shown]:
    nothing = "Nothing waits for you. What somebody submits, approves or sends back to you will stand here."
    nobody = "You own nothing yet, and have written nothing."
    if desk.person.has_perm(WRITE):
        nobody += " Begin with one of the buttons above."
    numbers = selections.numbers_found(selections.numbers_belonging_to(desk.person))
    reviewed = selections.standing_among(numbers, Status.IN_REVIEW)
    of_mine = list_url(tab="mine", state=slug_of(Status.IN_REVIEW))
    return (
        Shown("waiting", "Waiting for me", _soonest(desk.wanted), list_url(tab="waiting"), nothing),
        Shown("reviewed", "Mine in review", _soonest(reviewed), of_mine),
        Shown("mine", "Mine", _open_first(numbers), list_url(tab="mine"), nobody),
    )


def _of_everybody(desk: _Desk) -> Sequence[Shown]:
    pending = selections.pending_review(desk.every, desk.person)
    flagged = with_dates(selections.flagged(desk.every, desk.person))
    scheduled = selections.standing_at(desk.every, Status.SCHEDULED).annotate(goes_live_at=_NEXT)
    failed = with_dates(selections.standing_at(desk.every, Status.FAILED_TO_PUBLISH))
    overdue = selections.first_due(due_dates.overdue_on(desk.day), READ), desk.drawn.overdue
    soon = selections.first_due(due_dates.soon_after(desk.day), READ), desk.drawn.soon
    news = _news(desk.every), desk.standing.get(Status.PUBLISHED, 0)
    not_due = "No review is due in the next 30 days."
    not_live = "Nothing is live yet. A text goes live when a publisher publishes it after its approval."
    failures = list_url(state=slug_of(Status.FAILED_TO_PUBLISH))
    return (
        Shown("pending", "Public before its review", _found(pending, "last_published_at"), list_url(mark="pending")),
        Shown("failed", "Failed to publish", _found(failed, "due_on"), failures),
        Shown("flagged", "Flagged", _found(flagged, "due_on"), list_url(mark="flagged")),
        Shown("scheduled", "Scheduled", _found(scheduled, "goes_live_at"), list_url(state="scheduled")),
        Shown("overdue", "Overdue", overdue, list_url(due="overdue")),
        Shown("soon", "Due in the next 30 days", soon, list_url(due="soon"), not_due),
        Shown("published", "Recently published", news, list_url(state="published"), not_live),
    )


_NEXT = Min("editions__publish_at", filter=Q(editions__status=Status.SCHEDULED))


def _found(documents: Documents, column: str) -> Found:
    """The first by a column that some of them lack, and how many there are: both in one query."""
    counted = documents.annotate(together=Window(Number("*")))
    first = counted.order_by(F(column).asc(nulls_last=True), "pk").values_list("pk", "together")[:READ]
    found = list(first)
    return [number for number, _ in found], found[0][1] if found else 0


def _soonest(numbers: Collection[int]) -> Found:
    """Those due first, and after them those that are never due."""
    found = selections.first_due(due_dates.ALWAYS, READ, among=numbers) if numbers else []
    return [*found, *nsmallest(READ - len(found), set(numbers).difference(found))], len(numbers)


def _open_first(numbers: Collection[int]) -> Found:
    """Those that are being worked on, the last touched first, and after them those due first."""
    worked_on = Edition.objects.open().filter(is_any_of("document", numbers)).values("document")
    opened = _first(Document.objects.filter(pk__in=worked_on), "-changed_at")
    others, number = _soonest(numbers)
    return list(dict.fromkeys([*opened, *others])), number


def _first(documents: Documents, order: str | OrderBy) -> list[int]:
    """The first of many, in an order that an index gives."""
    return list(documents.order_by(order, "pk").values_list("pk", flat=True)[:READ])


def _news(documents: Documents) -> list[int]:
    """What was published last and is live."""
    published = selections.standing_at(documents, Status.PUBLISHED)
    return _first(published, F("last_published_at").desc(nulls_last=True))
