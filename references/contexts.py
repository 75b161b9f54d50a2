"""What the templates of the bibliography receive, each under the name `page`: frozen values only.

What `SafeString` and `str` mean here is said in `alstrom_site.page_parts`.
"""

from __future__ import annotations

from dataclasses import dataclass

from alstrom_site.page_parts import UNMARKED, About, HappenedTo, Identifier, Link, Marks, Page, ShownDate


@dataclass(frozen=True)
class CitingPlace:
    """A statement that rests on a work, as plain words, and its place on the page.

    The statement is "" when it cannot be told; only then the locator stands apart from it.
    """

    statement: str
    url: str
    locator: str = ""


@dataclass(frozen=True)
class CitingPage:
    """A live page that cites a work, with each of the places."""

    link: Link
    places: tuple[CitingPlace, ...] = ()


@dataclass(frozen=True)
class Fact:
    """One more thing that is known of a work."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class BibliographyEntry:
    """A reference in the bibliography list."""

    key: str
    citation: str  # the NLM citation; HTML when its title has italics or the like
    url: str
    identifiers: tuple[Identifier, ...] = ()
    cited_on: int = 0  # how many live pages cite it
    happened: tuple[HappenedTo, ...] = ()  # to the work; that it was withdrawn here stands among it
    marks: Marks = UNMARKED


@dataclass(frozen=True)
class BibliographyGroup:
    """The references under one heading: a letter, a year, a type or a page that cites them."""

    heading: str
    entries: tuple[BibliographyEntry, ...]
    url: str = ""  # of the page that the heading names
    withdrawn: ShownDate | None = None  # when that page was


@dataclass(frozen=True)
class Choice:
    """One thing that a list can be narrowed to, and how many references it leaves."""

    value: str
    label: str
    count: int = 0
    chosen: bool = False


@dataclass(frozen=True)
class Arrangement:
    """A way in which the list can be put in order."""

    label: str
    url: str
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class BibliographyPage(Page):
    """templates/references/bibliography.html: the live references that were asked for."""

    query: str = ""  # as typed, for the field
    problem: str = ""  # a sentence that says what to do
    by: str = "author"
    narrowed: bool = False  # whether anything was asked for
    total: int = 0
    arrangements: tuple[Arrangement, ...] = ()
    years: tuple[Choice, ...] = ()
    types: tuple[Choice, ...] = ()
    topics: tuple[Choice, ...] = ()
    only_most_citing: bool = False  # whether more pages cite works than `topics` offers
    groups: tuple[BibliographyGroup, ...] = ()
    downloads: tuple[Link, ...] = ()
    previous_url: str = ""
    next_url: str = ""

    @property
    def filtered(self) -> bool:
        """Whether anything was asked for beside words."""
        return any(each.chosen for each in (*self.years, *self.types, *self.topics))


@dataclass(frozen=True, kw_only=True)
class ReferencePage(Page):
    """templates/references/reference.html: one bibliography entry; empty fields leave their row out."""

    title: str  # HTML when it has italics or the like
    kind: str  # "Journal article"
    key: str
    citation: str  # HTML when its title has italics or the like
    about: About
    happened: tuple[HappenedTo, ...] = ()
    authors: tuple[str, ...] = ()  # display names in order, "Joseph L Goldstein" or as the entry has them
    editors: tuple[str, ...] = ()
    container_title: str = ""
    container_title_short: str = ""
    issued: ShownDate | None = None
    epub: ShownDate | None = None
    accessed: ShownDate | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    url: str = ""  # where the work itself stands on the web; absolute
    abstract: tuple[str, ...] = ()  # its paragraphs; empty where its licence does not allow to show it
    abstract_licence: str = ""
    cited_on: tuple[CitingPage, ...] = ()
    downloads: tuple[Link, ...] = ()  # relative to the page's own address
