"""The parts that the public pages are made of: dates, links, people, references, notices.

A field typed `SafeString` is HTML that is already sanitised (or JSON already escaped for a script element): the
templates never mark anything safe, so a plain string put there is shown escaped. All other strings are plain text.
Addresses are paths ("/questions/is-it-inherited/") unless a field says that it is absolute.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from alstrom_site.partial_dates import PartialDate

NOTHING = SafeString("")

# What the `datetime` attribute of a time element may hold of our dates: a year, a month or a day
# (HTML Standard, "valid date string", "valid month string", and a year alone). Ranges and seasons have no such form.
_HTML_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")

Section = Literal["home", "questions", "glossary", "bibliography", "search", ""]
Audience = Literal["families", "professionals"]

AUDIENCE_NAMES = {"families": "Families", "professionals": "Health professionals"}


@dataclass(frozen=True)
class ShownDate:
    """A date for the reader, as precise as it is known: "August 2008" with "2008-08"."""

    text: str
    machine: str = ""  # for <time datetime>; empty when HTML has no form for it (a range, a season)

    @classmethod
    def of(cls, date: PartialDate) -> ShownDate:
        """The same date with its display text; machine form only where HTML has one."""
        written = str(date)
        return cls(date.display(), written if _HTML_DATE.fullmatch(written) else "")

    @property
    def nlm(self) -> str:
        """The date as a citation has it: "2008 Aug 4"; as it is shown where it has no machine form."""
        return PartialDate.parse(self.machine).nlm() if self.machine else self.text

    @property
    def html(self) -> SafeString:
        """The date in a time element, or as plain text where HTML has no form for it."""
        if not self.machine:
            return format_html("{}", self.text)
        return format_html('<time datetime="{}">{}</time>', self.machine, self.text)

    @property
    def html_when(self) -> SafeString:
        """The date as it stands in a sentence: "on 4 May 2009", "in August 2008"."""
        return format_html("{} {}", "on" if len(self.machine) == len("2009-05-04") else "in", self.html)


@dataclass(frozen=True)
class Marks:
    """What stands in components/tags.html beside a page in a list, where its notices do not."""

    withdrawn: ShownDate | None = None
    pending: bool = False  # it, or an answer that it carries, was published in an emergency and nobody has reviewed it
    overdue_since: ShownDate | None = None


UNMARKED = Marks()


@dataclass(frozen=True)
class Link:
    """A place on this site, with its name and, where there are such, a sentence on it and the day it was withdrawn."""

    text: str
    url: str
    description: str = ""
    withdrawn: ShownDate | None = None
    marks: Marks = UNMARKED  # of a list that is made anew for each reader; a stored page cannot tell the day


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands in the document's head. `canonical_url` is absolute; "" where a page has none (search)."""

    title: str  # without the site's name
    description: str = ""
    canonical_url: str = ""
    structured_data: SafeString = NOTHING  # JSON-LD, with <, > and & escaped as \u003C … inside the JSON
    og_type: Literal["article", "website"] = "website"
    indexed: bool = True  # False adds robots noindex


@dataclass(frozen=True)
class Withdrawal:
    """When and why a page was withdrawn, and the page to read instead if there is one."""

    on: ShownDate
    reason: str = ""
    instead: Link | None = None


@dataclass(frozen=True)
class Pending:
    """When and why a text was published before its medical review."""

    on: ShownDate
    reason: str


@dataclass(frozen=True, kw_only=True)
class Notices:
    """What a reader must know before the text; the sentences themselves stand in components/notices.html."""

    demonstration: bool = False  # no clinician has signed it as its medical reviewer
    demonstration_within: bool = False  # the same of a text that it shows whole, such as an answer, and not of its own
    withdrawn: Withdrawal | None = None
    overdue_since: ShownDate | None = None
    pending: Pending | None = None  # published in an emergency, and nobody has reviewed it yet
    retracted: tuple[int, ...] = ()  # the numbers of sources that it cites as if they had not been retracted
    in_part: tuple[int, ...] = ()  # those of them that were retracted in part only

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        unreviewed = self.demonstration or self.demonstration_within or self.pending
        return bool(unreviewed or self.withdrawn or self.overdue_since or self.retracted)


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every page has. `breadcrumbs` lead here from home, this page itself not among them."""

    head: Head
    section: Section = ""
    breadcrumbs: tuple[Link, ...] = ()
    notices: Notices = Notices()


@dataclass(frozen=True, kw_only=True)
class GonePage(Page):
    """410.html: the page at `path` was taken down, and nothing took its place."""

    path: str
    since: ShownDate | None = None


@dataclass(frozen=True)
class ContentsEntry:
    """A heading to jump to; `anchor` is its id without "#"."""

    text: str
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Reviewer:
    """Who signed, as they were when they signed."""

    name: str
    role: str  # "Medical reviewer"
    professional_title: str = ""
    credentials: str = ""
    affiliation: str = ""
    orcid: str = ""  # canonical, "0000-0002-1825-0097"
    interests: str = ""  # "" is shown as "None declared"
    interests_declared: ShownDate | None = None
    signed: ShownDate | None = None
    demonstration: bool = False
    again: bool = False  # looked at the live text again and found that it needs no change


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The source text that a page grew from, with that text's own dates (each as precise as it gave them)."""

    title: str
    reviewed: ShownDate | None = None
    published: ShownDate | None = None


@dataclass(frozen=True, kw_only=True)
class HistoryEntry:
    """One entry of the history of a page. `note`: what has changed, or why; `emergency`: why it went out unreviewed."""

    title: str  # "First published", "Changed", "Withdrawn"
    on: ShownDate
    edition: int
    note: str = ""
    emergency: str = ""
    reviewed: ShownDate | None = None  # when what went out in an emergency was approved after all


@dataclass(frozen=True, kw_only=True)
class About:
    """The "About this page" panel: who answers for the text, when, and exactly which text."""

    last_reviewed: ShownDate | None = None
    review_pending: bool = False
    shows_others: bool = False  # texts with reviews of their own stand whole in the page, such as answers
    next_review_due: ShownDate | None = None
    overdue: bool = False
    first_published: ShownDate | None = None
    last_updated: ShownDate | None = None
    authors: tuple[str, ...] = ()
    reviewers: tuple[Reviewer, ...] = ()
    edition: int = 0  # 0 hides "What was approved"
    digest: str = ""  # the full SHA-256 in hexadecimal
    origin: Origin | None = None
    audience: Audience | Literal[""] = ""
    history: tuple[HistoryEntry, ...] = ()  # newest first

    @property
    def short_digest(self) -> str:
        """The first twelve characters: enough to compare by eye."""
        return self.digest[:12]

    @property
    def audience_name(self) -> str:
        """Whom the text is for, as a reader would say it."""
        return AUDIENCE_NAMES.get(self.audience, "")


@dataclass(frozen=True)
class Identifier:
    """A way to find a work elsewhere: label "PubMed", "DOI" or "PubMed Central"; `url` is absolute."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class HappenedTo:
    """What happened to a work: the word for style sheets, the words for readers, and where the notice stands."""

    standing: str  # "retracted", "concern", "corrected", "superseded", "reinstated"
    words: str  # "Retracted 2010"
    text: str = ""  # the notice as its record names it
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class CitedReference:
    """One numbered entry of a page's reference list (id "reference-<number>")."""

    number: int
    citation: str  # the NLM citation, plain text, printed exactly as given
    url: str = ""  # its page in the bibliography
    identifiers: tuple[Identifier, ...] = ()
    anchors: tuple[str, ...] = ()  # ids of the marks in the text that cite it, in order: "citation-1", …
    happened: tuple[HappenedTo, ...] = ()


@dataclass(frozen=True)
class Code:
    """An external code: system ("OMIM"), code ("203800"), and when it was looked up."""

    system: str
    code: str
    as_of: ShownDate | None = None
