"""The front page of the desk: what waits for this person, what is theirs, what is due, what was published."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.urls import reverse

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import ROLES
from alstrom_site.editorial.admin import selections
from alstrom_site.editorial.admin.addresses import kinds_at_the_desk, list_url
from alstrom_site.editorial.admin.rows import Row, for_rows, rows_of
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import WRITE, Status

SHOWN = 6


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
class Dashboard:
    """All that the front page shows."""

    person: User
    roles: tuple[str, ...]
    counts: tuple[Count, ...]
    waiting: Panel
    mine: Panel
    overdue: Panel
    soon: Panel
    published: Panel
    beginnings: tuple[Beginning, ...]
    looks_after_people: bool


def dashboard_for(person: User, *, at: datetime) -> Dashboard:
    """Return the front page of `person` at this moment."""
    day = at.date()
    every = Document.objects.all()
    counts = _counts(every, day)
    return Dashboard(
        person=person,
        roles=tuple(role.name for role in ROLES if person.holds(role)),
        counts=counts,
        waiting=_waiting(selections.waiting_for(every, person), person, day),
        mine=_mine(selections.belonging_to(every, person), person, day),
        overdue=_overdue(every, day),
        soon=_soon(every, day),
        published=_published(every, day),
        beginnings=_beginnings(person),
        looks_after_people=person.has_perm("accounts.view_user"),
    )


def _counts(every: QuerySet[Document], day: date) -> tuple[Count, ...]:
    late = selections.overdue(every, day).count()
    return (
        Count("In review", selections.standing_at(every, Status.IN_REVIEW).count(), list_url(state="in-review")),
        Count("Approved", selections.standing_at(every, Status.APPROVED).count(), list_url(state="approved")),
        Count("Overdue", late, list_url(due="overdue"), alarming=late > 0),
        Count("Live", selections.standing_at(every, Status.PUBLISHED).count(), list_url(state="published")),
    )


def _beginnings(person: User) -> tuple[Beginning, ...]:
    if not person.has_perm(WRITE):
        return ()
    return tuple(
        Beginning(kind.label, reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"))
        for kind, model in kinds_at_the_desk().values()
    )


def _waiting(found: QuerySet[Document], person: User, day: date) -> Panel:
    empty = "Nothing waits for you. What somebody submits, approves or sends back to you will stand here."
    return _panel("waiting", "Waiting for me", _by(found, "due_on"), day, list_url(tab="waiting"), empty)


def _mine(found: QuerySet[Document], person: User, day: date) -> Panel:
    empty = "You own nothing yet, and have written nothing."
    if person.has_perm(WRITE):
        empty += " Begin with one of the buttons above."
    return _panel("mine", "Mine", _by(found, "-changed_at"), day, list_url(tab="mine"), empty)


def _overdue(every: QuerySet[Document], day: date) -> Panel:
    found = selections.overdue(every, day)
    return _panel("overdue", "Overdue", _by(found, "due_on"), day, list_url(due="overdue"), "Nothing is overdue.")


def _soon(every: QuerySet[Document], day: date) -> Panel:
    empty = "No review is due in the next 30 days."
    found = selections.due_soon(every, day)
    return _panel("soon", "Due in the next 30 days", _by(found, "due_on"), day, list_url(due="soon"), empty)


def _published(every: QuerySet[Document], day: date) -> Panel:
    empty = "Nothing is live yet. A text goes live when a publisher publishes it after its approval."
    found = selections.standing_at(every, Status.PUBLISHED)
    return _panel(
        "published", "Recently published", _by(found, "-last_published_at"), day, list_url(state="published"), empty
    )


def _by(found: QuerySet[Document], column: str) -> QuerySet[Document]:
    """Order by a column that some rows lack: those come last."""
    name = F(column.lstrip("-"))
    order = name.desc(nulls_last=True) if column.startswith("-") else name.asc(nulls_last=True)
    return for_rows(found).order_by(order, "pk")


def _panel(name: str, title: str, found: QuerySet[Document], day: date, url: str, empty: str) -> Panel:
    return Panel(name, title, rows_of(found[:SHOWN], day), found.count(), url, empty)
