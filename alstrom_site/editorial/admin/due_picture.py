"""The picture of what falls due: per month for a year and overdue, and by owner. Every bar leads to what it counts."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin import due_dates, selections
from alstrom_site.editorial.admin.addresses import list_url
from alstrom_site.editorial.admin.due_dates import Span

WIDEST = 100
"""The width of the longest bar, in the units of the drawing."""
OWNERS_SHOWN = 8
OWNERS_IN_THE_TABLE = 40


@dataclass(frozen=True)
class Bar:
    """A number, the list of exactly what it counts, and the length of its bar, of 100."""

    label: str
    number: int
    url: str
    width: float = 0
    is_late: bool = False


@dataclass(frozen=True)
class OwnersBars:
    """What of one person's is overdue, and what falls due in the twelve months."""

    owner: str
    late: Bar
    coming: Bar


@dataclass(frozen=True)
class OwnersLine:
    """What one person owns, in the columns of the table, overdue first."""

    owner: str
    cells: tuple[Bar, ...]


@dataclass(frozen=True)
class Picture:
    """What is overdue and what falls due in twelve months; `left_out` owners stand in no table."""

    months: tuple[Bar, ...]
    owners: tuple[OwnersBars, ...]
    columns: tuple[str, ...]
    table: tuple[OwnersLine, ...]
    left_out: int
    overdue: int
    soon: int
    """How many fall due within the 30 days of `due_dates.soon_after`."""

    @property
    def filled(self) -> tuple[Bar, ...]:
        """What is overdue, and the months in which something falls due."""
        return tuple(bar for bar in self.months if bar.number or bar.is_late)

    @property
    def total(self) -> int:
        """How many documents it is about."""
        return sum(bar.number for bar in self.months)


Counted = Counter[tuple[int, str]]
"""How many fall due, by the number of the owner and the name of the span in an address."""

# A document is counted on the earliest of its days, and what is counted of a day is put into its span together.
_BY_OWNER = """
WITH found AS (SELECT owner, min(day) AS day FROM ({days}) AS due(document, owner, day) GROUP BY document, owner),
daily AS (SELECT owner, day, count(*) AS number FROM found GROUP BY owner, day)
SELECT owner, CASE WHEN day < %s THEN 'overdue' ELSE to_char(day, 'YYYY-MM') END AS span, sum(number)::bigint,
    coalesce(sum(number) FILTER (WHERE day BETWEEN %s AND %s), 0)::bigint
FROM daily GROUP BY owner, span
"""


def picture(day: date) -> Picture:
    """Return the picture of all documents. Two queries."""
    counted, soon = _counted(day)
    spans = (due_dates.overdue_on(day), *due_dates.months_from(day))
    by_owner: Counter[int] = Counter()
    for (owner, _), number in counted.items():
        by_owner[owner] += number
    owners = {user.pk: str(user) for user in User.objects.filter(pk__in=by_owner)}
    in_order = sorted(owners, key=lambda owner: (-counted[owner, spans[0].slug], -by_owner[owner], owners[owner]))
    return Picture(
        months=_months(counted, spans),
        owners=_owners({owners[pk]: _split(counted, pk, day, by_owner[pk]) for pk in in_order[:OWNERS_SHOWN]}),
        columns=tuple(span.label for span in spans),
        table=tuple(_line(counted, pk, owners[pk], spans) for pk in in_order[:OWNERS_IN_THE_TABLE]),
        left_out=max(len(in_order) - OWNERS_IN_THE_TABLE, 0),
        overdue=sum(number for (_, slug), number in counted.items() if slug == spans[0].slug),
        soon=soon,
    )


def _counted(day: date) -> tuple[Counted, int]:
    """The counts, and how many are due soon; one row for each owner and span comes back from the database."""
    soon = due_dates.soon_after(day)
    days, given = selections.days_due(date.min, due_dates.year_from(day).last).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_BY_OWNER.format(days=days), [*given, day, soon.first, soon.last])
        rows = cursor.fetchall()
    return Counter({(owner, span): number for owner, span, number, _ in rows}), sum(row[3] for row in rows)


def _months(counted: Counted, spans: tuple[Span, ...]) -> tuple[Bar, ...]:
    numbers: Counter[str] = Counter()
    for (_, slug), number in counted.items():
        numbers[slug] += number
    late = spans[0]
    return tuple(
        _drawn([Bar(span.label, numbers[span.slug], list_url(due=span.slug), is_late=span == late) for span in spans])
    )


def _split(counted: Counted, owner: int, day: date, total: int) -> tuple[Bar, Bar]:
    late, coming = due_dates.overdue_on(day), due_dates.year_from(day)
    number = counted[owner, late.slug]
    return (
        Bar("overdue", number, list_url(owner=str(owner), due=late.slug), is_late=True),
        Bar("due in the next 12 months", total - number, list_url(owner=str(owner), due=coming.slug)),
    )


def _owners(bars: dict[str, tuple[Bar, Bar]]) -> tuple[OwnersBars, ...]:
    drawn = iter(_drawn([bar for pair in bars.values() for bar in pair]))
    return tuple(OwnersBars(name, late=next(drawn), coming=next(drawn)) for name in bars)


def _drawn(bars: list[Bar]) -> list[Bar]:
    most = max((bar.number for bar in bars), default=0) or 1
    return [replace(bar, width=round(WIDEST * bar.number / most, 1)) for bar in bars]


def _line(counted: Counted, owner: int, name: str, spans: tuple[Span, ...]) -> OwnersLine:
    owned = list_url(owner=str(owner))
    cells = (Bar(span.label, counted[owner, span.slug], f"{owned}&due={span.slug}") for span in spans)
    return OwnersLine(name, tuple(cells))
