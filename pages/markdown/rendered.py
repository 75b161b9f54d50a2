"""What comes back from rendering a text: the HTML, and everything found on the way."""

from dataclasses import dataclass, field

_MESSAGE_PART = 80


def shortened(quoted: str) -> str:
    """What the author wrote, cut where it would make a message unreadable."""
    return quoted if len(quoted) <= _MESSAGE_PART else f"{quoted[:_MESSAGE_PART]}…"


@dataclass(frozen=True)
class CitationUse:
    """One citation of one reference, where it stands in the page.

    ``position`` counts from 1 over the whole page; ``number`` is the number of the reference in the page's list,
    None for a key that names no reference. ``mode`` is "normal", "author-in-text" or "suppress-author"; ``label`` is
    the CSL term of the locator ("page"), which ``locator`` has as readers see it ("pp. 33-35"). ``anchor`` is the id of
    the mark in the HTML; ``line`` counts from 1.
    """

    key: str
    position: int
    number: int | None
    mode: str
    prefix: str
    label: str
    locator: str
    suffix: str
    where: str
    line: int
    anchor: str


@dataclass(frozen=True)
class Cited:
    """A reference that the page cites: its number in the list, and the ids of the marks that lead back."""

    key: str
    number: int
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading as the HTML has it, for a table of contents."""

    level: int
    text: str
    id: str


@dataclass(frozen=True)
class Problem:
    """Something the author must put right; ``message`` says what to do. ``line`` counts from 1 in the source."""

    code: str
    message: str
    line: int
    where: str


@dataclass(frozen=True)
class Rendered:
    """Sanitised HTML with its citations, problems and headings, the slugs of linked terms and the image addresses."""

    html: str
    citations: tuple[CitationUse, ...] = ()
    problems: tuple[Problem, ...] = ()
    headings: tuple[Heading, ...] = ()
    terms: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


@dataclass
class Findings:
    """Collects, while one text is rendered, what ends up in its Rendered."""

    where: str
    citations: list[CitationUse] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)

    def report(self, code: str, message: str, line: int) -> None:
        """Note a problem on this line of the text."""
        self.problems.append(Problem(code=code, message=message, line=line, where=self.where))

    def rendered(self, html: str) -> Rendered:
        """Close the collection: problems in the order of their lines."""
        return Rendered(
            html=html,
            citations=tuple(self.citations),
            problems=tuple(sorted(self.problems, key=lambda problem: problem.line)),
            headings=tuple(self.headings),
            terms=tuple(self.terms),
            images=tuple(self.images),
        )
