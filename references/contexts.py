"""What the templates of the bibliography receive, each under the name `page`: frozen values only.

What `SafeString` and `str` mean here is said in `alstrom_site.page_parts`.
"""

from __future__ import annotations

from dataclasses import dataclass

from alstrom_site.page_parts import About, Identifier, Link, Page, ShownDate


@dataclass(frozen=True, kw_only=True)
class BibliographyEntry:
    """A reference in the bibliography list, sorted by folded first author and year."""

    key: str
    citation: str  # the NLM citation, plain text, printed exactly as given
    url: str
    identifiers: tuple[Identifier, ...] = ()
    cited_on: int = 0  # how many live pages cite it


@dataclass(frozen=True, kw_only=True)
class BibliographyPage(Page):
    """templates/references/bibliography.html: every live reference."""

    entries: tuple[BibliographyEntry, ...] = ()
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, kw_only=True)
class ReferencePage(Page):
    """templates/references/reference.html: one bibliography entry; empty fields leave their row out."""

    title: str
    key: str
    citation: str
    about: About
    authors: tuple[str, ...] = ()  # display names in order, "Joseph L Goldstein" or as the entry has them
    container_title: str = ""
    container_title_short: str = ""
    issued: ShownDate | None = None
    epub: ShownDate | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    notes: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    cited_on: tuple[Link, ...] = ()
