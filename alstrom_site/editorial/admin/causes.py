"""What stands in the way of a step, as pages list it: each cause once, with every place at which it is found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from alstrom_site.accounts.models import User
from alstrom_site.editorial import policies
from alstrom_site.editorial.admin.addresses import document_url, edition_url, pages_of
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import BRING_UP_TO_DATE, REVISE, TAKE_BACK, Issue, Transition

SHOWS_TEXT = "review"
"""The page on which the text stands as it was written, line by line."""
SHOWS_COMMENTS = (SHOWS_TEXT, "standing")


@dataclass(frozen=True)
class Place:
    """Words that lead somewhere; without an address they only say where."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Cause:
    """One thing that is wrong, at one place or several; `way` is where it is mended as a whole."""

    message: str
    places: tuple[Place, ...] = ()
    way: Place | None = None


def together(issues: Iterable[Issue]) -> list[list[Issue]]:
    """Return the issues with those of one cause together, in the order in which each cause is first found."""
    found: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        found.setdefault((issue.code, issue.cause), []).append(issue)
    return list(found.values())


def causes_of(issues: Iterable[Issue], edition: Edition, person: User, *, page: str = "") -> list[Cause]:
    """Return the causes with the way that this person has from each, on the page of that name."""
    found = together(issues)
    ways = _Ways(edition, person, page, pages_of(alike[0].elsewhere for alike in found if alike[0].elsewhere))
    return [ways.shown(alike) for alike in found]


def named_only(issues: Iterable[Issue]) -> list[Cause]:
    """Return the causes with their places, and where comments stand on the same page the way there."""
    return [
        Cause(
            alike[0].cause,
            tuple(Place(issue.place) for issue in alike if issue.place),
            Place("Go to the comments", "#comments") if alike[0].code == "must-fix" else None,
        )
        for alike in together(issues)
    ]


@dataclass(frozen=True)
class _Ways:
    edition: Edition
    person: User
    page: str
    elsewhere: dict[tuple[str, str], str]

    def shown(self, alike: Sequence[Issue]) -> Cause:
        places = tuple(Place(issue.place, self._place(issue)) for issue in alike if issue.place)
        return Cause(alike[0].cause, places, None if places else self._way(alike[0]))

    def _place(self, issue: Issue) -> str:
        """The line as it was written, for who reads; the field, for who writes."""
        if self._may_write and self.page != SHOWS_TEXT:
            return self._field(issue)
        return f"{self._text}#{issue.field}-line-{issue.line}" if issue.line else ""

    def _way(self, issue: Issue) -> Place | None:
        if issue.code == "must-fix":
            return Place("Go to the comments", f"{'' if self.page in SHOWS_COMMENTS else self._text}#comments")
        if issue.code == "behind" and self._allows(BRING_UP_TO_DATE):
            return Place(BRING_UP_TO_DATE.label, edition_url(self.edition, "up-to-date"))
        if issue.elsewhere in self.elsewhere and not (issue.code == "address-taken" and self._may_write):
            return Place("Go to its page", self.elsewhere[issue.elsewhere])
        return Place("Go to the field", self._field(issue)) if issue.field and self._may_write else None

    def _field(self, issue: Issue) -> str:
        return f"{edition_url(self.edition, 'change')}#id_{issue.field}"

    def _allows(self, transition: Transition) -> bool:
        return policies.refusal(transition, self.edition, self.person) is None

    @cached_property
    def _may_write(self) -> bool:
        return self._allows(REVISE) or self._allows(TAKE_BACK)

    @cached_property
    def _text(self) -> str:
        if self.page == SHOWS_TEXT:
            return ""
        return f"{document_url(self.edition.document, 'comments')}?edition={self.edition.pk}"
