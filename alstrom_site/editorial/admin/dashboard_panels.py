"""The panels of the front page: some documents under a heading, each row read once however many panels show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from alstrom_site.editorial.admin.rows import Row, for_rows, rows_of
from alstrom_site.editorial.admin.waiting import Wanted
from alstrom_site.editorial.models import Document

SHOWN = 6
READ = 2 * SHOWN
"""As many as are shown, and as many more in place of those that stand at the top of the page."""
AT_THE_TOP, BELOW = "pending", frozenset({"waiting", "flagged", "overdue", "soon"})
Found = tuple[Sequence[int], int]
"""The numbers in the database of the first documents of a panel, and how many there are in all."""


@dataclass(frozen=True)
class Shown:
    """A panel before its documents are read."""

    name: str
    title: str
    found: Found
    url: str
    empty: str = ""


@dataclass(frozen=True)
class Panel:
    """Some documents under a heading. `url` leads to the list of exactly the `total` documents counted.

    `above` of them stand at the top of the page and not here again.
    """

    name: str
    title: str
    rows: list[Row]
    total: int
    url: str
    empty: str
    above: int

    @property
    def more(self) -> int:
        """How many the list holds beyond those shown here and at the top of the page."""
        return self.total - len(self.rows) - self.above

    @property
    def is_of_days(self) -> bool:
        """Whether documents stand here for the day on which they are due."""
        return self.name in {"overdue", "soon"}


def panels_of(shown: Sequence[Shown], day: date, wanted: Mapping[int, Wanted]) -> dict[str, Panel]:
    """Read the first rows of all panels at once. What calls at the top of the page stands in no panel below it."""
    top = next(each.found[0][:SHOWN] for each in shown if each.name == AT_THE_TOP)
    above = {each.name: set(top).intersection(each.found[0]) if each.name in BELOW else set() for each in shown}
    first = {each.name: [pk for pk in each.found[0] if pk not in above[each.name]][:SHOWN] for each in shown}
    documents = for_rows(Document.objects.filter(pk__in=set().union(*first.values())))
    rows = {row.document.pk: row for row in rows_of(documents, day, wanted)}
    return {
        each.name: Panel(
            name=each.name,
            title=each.title,
            rows=[rows[pk] for pk in first[each.name]],
            total=each.found[1],
            url=each.url,
            empty=each.empty,
            above=len(above[each.name]),
        )
        for each in shown
    }
