"""The search page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from alstrom_site.editorial.composing import href, marks_on, shown_partial
from alstrom_site.page_parts import HappenedTo, Head, Link, Notices
from alstrom_site.reading import Stretch, composed, public
from pages import search as searching
from pages.publication.contexts import SearchPage, SearchResult

PER_PAGE = 20
SUGGESTIONS = 5
KINDS = {"article": "Article", "faq": "Question", "term": "Glossary term", "reference": "Reference"}


@public
def search(request: HttpRequest) -> HttpResponseBase:
    """Show what was found for `q`, or a sentence about why nothing could be looked for. Two queries at most."""
    query = searching.cleaned(request.GET.get("q", ""))
    problem = searching.problem_with(query)
    page = _found(request, query) if query and not problem else _page(query[: searching.LONGEST], problem=problem)
    return composed(request, "pages/search.html", page)


def _found(request: HttpRequest, query: str) -> SearchPage:
    pages = searching.matching(query)
    stretch = Stretch.asked(request, pages.count(), size=PER_PAGE, query=(("q", query),))
    if not stretch.total:
        return _page(query, suggestions=_suggestions(query))
    hits, today = searching.hits(pages[stretch.rows]), timezone.now().date()
    return SearchPage(
        head=_head(query),
        section="search",
        notices=Notices(demonstration=any(hit.card["demonstration"] for hit in hits)),
        query=query,
        results=tuple(_result(hit, query, today) for hit in hits),
        total=stretch.total,
        first=stretch.first,
        previous_url=stretch.previous_url,
        next_url=stretch.next_url,
    )


def _page(query: str, *, problem: str = "", suggestions: tuple[Link, ...] = ()) -> SearchPage:
    return SearchPage(head=_head(query), section="search", query=query, problem=problem, suggestions=suggestions)


def _head(query: str) -> Head:
    return Head(title=f"{query} – Search" if query else "Search", indexed=False)


def _result(hit: searching.Hit, query: str, day: date) -> SearchResult:
    return SearchResult(
        title=hit.title,
        url=href(hit.path),
        kind=KINDS[hit.kind],
        excerpt=searching.excerpt(hit.text, query),
        reviewed=shown_partial(hit.card["reviewed"]),
        marks=marks_on(day, hit.card, hit.due_on),
        happened=_happened(hit.card),
    )


def _happened(card: Mapping[str, Any]) -> tuple[HappenedTo, ...]:
    """What happened to a work; that it was withdrawn here stands first in its card, and is among the marks."""
    return tuple(HappenedTo(*each) for each in card.get("standing", ())[1 if card.get("withdrawn") else 0 :])


def _suggestions(query: str) -> tuple[Link, ...]:
    columns = ("title", "path", "description", "listing__card", "review_due_on")
    near, today = searching.nearest(query).values_list(*columns)[:SUGGESTIONS], timezone.now().date()
    return tuple(
        Link(title, href(path), description, marks=marks_on(today, card, due_on))
        for title, path, description, card, due_on in near
    )
