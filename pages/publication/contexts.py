"""What each public template receives: frozen values only, so a page is rendered without a request or a database.

Every template gets one of the `…Page` classes below under the name `page` and nothing else. What `SafeString` and
`str` mean here is said in `alstrom_site.page_parts`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from alstrom_site.page_parts import (
    AUDIENCE_NAMES,
    NOTHING,
    UNMARKED,
    About,
    Audience,
    CitedReference,
    Code,
    ContentsEntry,
    HappenedTo,
    Link,
    Marks,
    Page,
    ShownDate,
    Withdrawal,
)


@dataclass(frozen=True, kw_only=True)
class FaqItem:
    """A question with its answer inside an article. Headings inside `answer` start at level 4.

    The answer is a text of its own with its own review; `demonstration` says that no clinician has reviewed it, unlike
    the article.
    """

    question: str
    url: str
    anchor: str  # unique in the page, and never beginning with "section-": "question-<slug>"
    answer: SafeString
    reviewed: ShownDate | None = None
    due: ShownDate | None = None  # after that day it says that its review is late
    demonstration: bool = False
    pending: bool = False  # published in an emergency, and nobody has reviewed it yet
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, kw_only=True)
class ArticlePage(Page):
    """pages/article.html. Headings: `body` starts at level 2, `not_known` and `closing_summary` at level 3."""

    title: str
    summary: str
    audience: Audience
    about: About
    quick_answer: SafeString = NOTHING
    body: SafeString = NOTHING
    body_headings: tuple[ContentsEntry, ...] = ()  # the level 2 headings of `body`
    not_known: SafeString = NOTHING
    faqs: tuple[FaqItem, ...] = ()
    closing_summary: SafeString = NOTHING
    alternate_names: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    references: tuple[CitedReference, ...] = ()
    related: tuple[Link, ...] = ()

    @property
    def audience_label(self) -> str:
        """The tag above the title: "For families"."""
        return f"For {AUDIENCE_NAMES[self.audience].lower()}"

    @property
    def contents(self) -> tuple[ContentsEntry, ...]:
        """Every level 2 heading of the page in reading order, those that the template brings included."""
        sections = (
            (self.not_known, ContentsEntry("What is not known", "part-not-known")),
            (self.faqs, ContentsEntry("Common questions", "part-questions")),
            (self.closing_summary, ContentsEntry("In summary", "part-summary")),
            (self.alternate_names or self.codes, ContentsEntry("Other names and codes", "part-names")),
            (self.references, ContentsEntry("References", "part-references")),
            (self.related, ContentsEntry("Read next", "part-related")),
        )
        return self.body_headings + tuple(entry for content, entry in sections if content)


@dataclass(frozen=True, kw_only=True)
class QuestionPage(Page):
    """pages/question.html: one FAQ on its own page. Headings inside `answer` start at level 2."""

    question: str
    answer: SafeString
    about: About
    references: tuple[CitedReference, ...] = ()
    asked_in: tuple[Link, ...] = ()  # the articles that carry this question


@dataclass(frozen=True, kw_only=True)
class TermPage(Page):
    """pages/term.html: one glossary term. Headings inside `definition` start at level 2."""

    term: str
    definition: SafeString
    about: About
    alternate_names: tuple[str, ...] = ()
    references: tuple[CitedReference, ...] = ()
    used_in: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Card:
    """A page in a list: its title, one sentence, when it was last reviewed, and what to know before relying on it."""

    title: str
    url: str
    summary: str = ""
    reviewed: ShownDate | None = None
    marks: Marks = UNMARKED


@dataclass(frozen=True, kw_only=True)
class HomePage(Page):
    """pages/home.html. `start` is the article to read first; the two lists do not repeat it."""

    start: Card | None = None
    start_answer: str = ""  # that article's quick answer as plain text, without citation marks
    families: tuple[Card, ...] = ()
    professionals: tuple[Card, ...] = ()
    questions: tuple[Link, ...] = ()  # a few
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionsPage(Page):
    """pages/questions.html: every live question; `summary` of a card is the start of its answer, plain text."""

    questions: tuple[Card, ...] = ()
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True)
class TermEntry:
    """A term in the glossary list: its definition as plain text, without citation marks."""

    term: str
    url: str
    definition: str
    alternate_names: tuple[str, ...] = ()
    marks: Marks = UNMARKED


@dataclass(frozen=True)
class TermGroup:
    """The terms under one letter, sorted by folded spelling; `letter` is a capital A to Z (or "0–9")."""

    letter: str
    terms: tuple[TermEntry, ...]

    @property
    def anchor(self) -> str:
        """The id of the letter's heading."""
        return f"letter-{self.letter.lower()}"


@dataclass(frozen=True, kw_only=True)
class GlossaryPage(Page):
    """pages/glossary.html: every live term, by letter."""

    groups: tuple[TermGroup, ...] = ()
    previous_url: str = ""
    next_url: str = ""

    @property
    def total(self) -> int:
        """How many terms there are."""
        return sum(len(group.terms) for group in self.groups)


@dataclass(frozen=True, kw_only=True)
class SearchResult:
    """One hit. `excerpt` is escaped text in which only <mark> elements stand."""

    title: str
    url: str
    kind: str  # "Article", "Question", "Glossary term", "Reference"
    excerpt: SafeString
    reviewed: ShownDate | None = None
    marks: Marks = UNMARKED
    happened: tuple[HappenedTo, ...] = ()  # to the work that a reference is about


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """pages/search.html: nothing asked (`query` empty), a `problem` with the query, no results, or results."""

    query: str = ""  # as typed, for the field
    problem: str = ""  # a sentence that says what to do: "Enter at least 2 characters"
    results: tuple[SearchResult, ...] = ()
    total: int = 0
    first: int = 1  # the place of the first result shown, for "11 to 20 of 34" and numbering
    previous_url: str = ""
    next_url: str = ""
    suggestions: tuple[Link, ...] = ()  # places to go when nothing was found

    @property
    def last(self) -> int:
        """The place of the last result shown."""
        return self.first + len(self.results) - 1
