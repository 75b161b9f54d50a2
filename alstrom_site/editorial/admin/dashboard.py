"""The front page of the desk: what waits for this person, what is theirs, what is due, what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count as Number
from django.db.models import F, Min, Q, QuerySet
from django.urls import reverse

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import ROLES
from alstrom_site.editorial.admin import selections
from alstrom_site.editorial.admin.addresses import kinds_at_the_desk, list_url
from alstrom_site.editorial.admin.due_picture import Picture, picture
from alstrom_site.editorial.admin.rows import Row, for_rows, rows_of, with_dates
from alstrom_site.editorial.admin.sources import ChangedSource, changed_sources
from alstrom_site.editorial.admin.states import slug_of
from alstrom_site.editorial.admin.waiting import calls_on, waiting_for
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.policies import ADMINISTER
from alstrom_site.editorial.workflow import WRITE, Status

SHOWN = 6
COUNTED = (Status.IN_REVIEW, Status.APPROVED, Status.SCHEDULED, Status.FAILED_TO_PUBLISH, Status.PUBLISHED)
_DOCUMENTS = Number("document", distinct=True)
Documents = QuerySet[Document]


@dataclass(frozen=True)
class Panel:
    """Some documents under a heading. `url` leads to the list of exactly the `total` documents counted."""

    name: str
    title: str
    rows: list[Row]
    total: int
    url: str
    empty: str

    @property
    def more(self) -> int:
        """How many the list holds beyond those shown here."""
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Count:
    """A number and the list of exactly what it counts."""

    label: str
    number: int
    url: str
    alarming: bool = False


@dataclass(frozen=True)
class Beginning:
    """A kind of document that this person may begin."""

    label: str
    url: str


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
        return [self.panels[name] for name in names if self.panels[name].total or self.panels[name].empty]


@dataclass(frozen=True)
class _Wanted:
    """A panel before its documents are read."""

    name: str
    title: str
    documents: Documents
    order: str
    url: str
    empty: str = ""


def dashboard_for(person: User, *, at: datetime) -> Dashboard:
    """Return the front page of `person` at this moment."""
    day = at.date()
    every = Document.objects.all()
    held = set(person.groups.values_list("name", flat=True))
    return Dashboard(
        person=person,
        roles=tuple(role.name for role in ROLES if role.name in held),
        counts=_counts(every, person, day),
        panels=_panels([*_of_the_person(every, person), *_of_everybody(every, person, day)], person, day),
        picture=picture(every, day),
        beginnings=_beginnings(person),
        left=_left(person),
        sources=changed_sources(),
        looks_after_people=person.has_perm("accounts.view_user"),
    )


def _counts(every: Documents, person: User, day: date) -> tuple[Count, ...]:
    numbers = dict(Edition.objects.values_list("status").filter(status__in=COUNTED).annotate(_DOCUMENTS))
    standing = {status: _at(status, numbers.get(status, 0)) for status in COUNTED}
    flagged, late = selections.flagged(every, person).count(), selections.overdue(every, day).count()
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
    return tuple(
        Beginning(kind.label, reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"))
        for kind, model in kinds_at_the_desk().values()
    )


def _left(person: User) -> tuple[Left, ...]:
    if not person.has_perm(ADMINISTER):
        return ()
    gone = User.objects.filter(is_active=False).annotate(owns=Number("owned_documents")).filter(owns__gt=0)
    address = reverse("admin:editorial-hand-over")
    return tuple(Left(str(each), each.owns, f"{address}?from={each.pk}") for each in gone.order_by("display_name"))


def _of_the_person(every: Documents, person: User) -> Sequence[_Wanted]:
    nothing = "Nothing waits for you. What somebody submits, approves or sends back to you will stand here."
    nobody = "You own nothing yet, and have written nothing."
    if person.has_perm(WRITE):
        nobody += " Begin with one of the buttons above."
    mine = selections.belonging_to(every, person)
    reviewed = selections.standing_at(mine, Status.IN_REVIEW)
    of_mine = list_url(tab="mine", state=slug_of(Status.IN_REVIEW))
    return (
        _Wanted("waiting", "Waiting for me", waiting_for(every, person), "due_on", list_url(tab="waiting"), nothing),
        _Wanted("reviewed", "Mine in review", reviewed, "due_on", of_mine),
        _Wanted("mine", "Mine", mine, "-changed_at", list_url(tab="mine"), nobody),
    )


def _of_everybody(every: Documents, person: User, day: date) -> Sequence[_Wanted]:
    pending = selections.pending_review(every, person)
    flagged = selections.flagged(every, person)
    scheduled = selections.standing_at(every, Status.SCHEDULED).annotate(goes_live_at=_NEXT)
    failed = selections.standing_at(every, Status.FAILED_TO_PUBLISH)
    published = selections.standing_at(every, Status.PUBLISHED)
    not_due = "No review is due in the next 30 days."
    not_live = "Nothing is live yet. A text goes live when a publisher publishes it after its approval."
    return (
        _Wanted("pending", "Public before its review", pending, "last_published_at", list_url(mark="pending")),
        _Wanted("failed", "Failed to publish", failed, "due_on", list_url(state=slug_of(Status.FAILED_TO_PUBLISH))),
        _Wanted("flagged", "Flagged", flagged, "due_on", list_url(mark="flagged")),
        _Wanted("scheduled", "Scheduled", scheduled, "goes_live_at", list_url(state="scheduled")),
        _Wanted("overdue", "Overdue", selections.overdue(every, day), "due_on", list_url(due="overdue")),
        _Wanted(
            "soon", "Due in the next 30 days", selections.due_soon(every, day), "due_on", list_url(due="soon"), not_due
        ),
        _Wanted(
            "published", "Recently published", published, "-last_published_at", list_url(state="published"), not_live
        ),
    )


_NEXT = Min("editions__publish_at", filter=Q(editions__status=Status.SCHEDULED))


def _panels(wanted: Sequence[_Wanted], person: User, day: date) -> dict[str, Panel]:
    """Read the first rows of all panels at once."""
    first = {each.name: _first(each) for each in wanted}
    shown = {pk for pks in first.values() for pk in pks}
    calls = calls_on(first["waiting"], person)
    rows = {row.document.pk: row for row in rows_of(for_rows(Document.objects.filter(pk__in=shown)), day, calls)}
    return {
        each.name: Panel(
            name=each.name,
            title=each.title,
            rows=[rows[pk] for pk in first[each.name]],
            total=len(first[each.name]) if len(first[each.name]) < SHOWN else each.documents.count(),
            url=each.url,
            empty=each.empty,
        )
        for each in wanted
    }


def _first(wanted: _Wanted) -> list[int]:
    """The numbers of the first documents, by a column that some of them lack: those come last."""
    name = F(wanted.order.lstrip("-"))
    order = name.desc(nulls_last=True) if wanted.order.startswith("-") else name.asc(nulls_last=True)
    return list(with_dates(wanted.documents).order_by(order, "pk").values_list("pk", flat=True)[:SHOWN])
