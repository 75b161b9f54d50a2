"""Home and the lists of questions and terms, each from what published pages say of themselves."""

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Value, When
from django.db.models.functions import Collate
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from alstrom_site.editorial.composing import marks_on, shown_partial
from alstrom_site.editorial.models import PublishedPage
from alstrom_site.editorial.models.published_page import PublishedPageQuerySet
from alstrom_site.folding import fold
from alstrom_site.page_parts import Head, Link, Marks, Notices
from alstrom_site.reading import Stretch, composed, public
from pages.publication.contexts import Card, GlossaryPage, HomePage, QuestionsPage, TermEntry, TermGroup

HOME = (Link("Home", "/"),)
# The page for whoever has just heard the name.
START = "/what-is-alstrom-syndrome/"
QUESTIONS_AT_HOME = 6
DESCRIPTION = "Plain answers about Alström syndrome for families and professionals, with sources, reviewers and dates."


class Row(NamedTuple):
    """What the database keeps of a page for a list."""

    path: str
    title: str
    card: dict[str, Any]
    due_on: date


@public
def home(request: HttpRequest) -> HttpResponseBase:
    """Show where to start, the articles by audience, and a few questions. Three queries."""
    articles = _in_order("article").to_rely_on()
    stretch = Stretch.asked(request, articles.count())
    begin_here = Case(When(path=START, then=Value(0)), default=Value(1))
    rows = _rows(articles.order_by(begin_here, *_ORDER)[stretch.rows])
    questions = _rows(_in_order("faq").to_rely_on()[:QUESTIONS_AT_HOME])
    start, others = (rows[0], rows[1:]) if rows and rows[0].path == START else (None, rows)
    page = HomePage(
        head=_head("Alström syndrome", stretch, description=DESCRIPTION),
        section="home",
        notices=_notices([*rows, *questions]),
        start=_card(start) if start else None,
        start_answer=start.card["quick_answer"] if start else "",
        families=_cards(others, audience="families"),
        professionals=_cards(others, audience="professionals"),
        questions=tuple(Link(row.title, row.path, marks=_marks(row)) for row in questions),
        previous_url=stretch.previous_url,
        next_url=stretch.next_url,
    )
    return composed(request, "pages/home.html", page)


@public
def questions(request: HttpRequest) -> HttpResponseBase:
    """Show every question with the beginning of its answer. Two queries."""
    found = _in_order("faq")
    stretch = Stretch.asked(request, found.count())
    rows = _rows(found[stretch.rows])
    page = QuestionsPage(
        head=_head("Questions and answers", stretch, description="Short answers to what people ask."),
        section="questions",
        breadcrumbs=HOME,
        notices=_notices(rows),
        questions=tuple(_card(row) for row in rows),
        previous_url=stretch.previous_url,
        next_url=stretch.next_url,
    )
    return composed(request, "pages/questions.html", page)


@public
def glossary(request: HttpRequest) -> HttpResponseBase:
    """Show every term under its letter. Two queries."""
    found = _in_order("term")
    stretch = Stretch.asked(request, found.count())
    rows = _rows(found[stretch.rows])
    page = GlossaryPage(
        head=_head("Glossary", stretch, description="What the words on this site mean."),
        section="glossary",
        breadcrumbs=HOME,
        notices=_notices(rows),
        groups=_groups(rows),
        previous_url=stretch.previous_url,
        next_url=stretch.next_url,
    )
    return composed(request, "pages/glossary.html", page)


# By the folded title as bytes, so that every database sorts alike.
_ORDER = (Collate("sort_title", "C"), "path")


def _in_order(kind: str) -> PublishedPageQuerySet:
    return PublishedPage.objects.filter(kind=kind).order_by(*_ORDER)


def _rows(pages: PublishedPageQuerySet) -> list[Row]:
    return [Row(*columns) for columns in pages.values_list("path", "title", "listing__card", "review_due_on")]


def _notices(rows: list[Row]) -> Notices:
    return Notices(demonstration=any(row.card["demonstration"] for row in rows))


def _head(title: str, stretch: Stretch, *, description: str) -> Head:
    return Head(title=title, description=description, canonical_url=stretch.canonical_url)


def _cards(rows: list[Row], *, audience: str) -> tuple[Card, ...]:
    return tuple(_card(row) for row in rows if row.card["audience"] == audience)


def _card(row: Row) -> Card:
    return Card(row.title, row.path, row.card["summary"], shown_partial(row.card["reviewed"]), _marks(row))


def _marks(row: Row) -> Marks:
    return marks_on(timezone.now().date(), row.card, row.due_on)


def _groups(rows: list[Row]) -> tuple[TermGroup, ...]:
    groups: defaultdict[str, list[TermEntry]] = defaultdict(list)
    for row in rows:
        names = tuple(row.card["alternate_names"])
        entry = TermEntry(row.title, row.path, row.card["definition"], names, _marks(row))
        groups[_letter(row.title)].append(entry)
    return tuple(TermGroup(letter, tuple(terms)) for letter, terms in groups.items())


def _letter(title: str) -> str:
    first = fold(title)[:1].upper()
    return first if "A" <= first <= "Z" else "0–9"
