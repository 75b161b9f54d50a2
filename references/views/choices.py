"""What the list of references can be narrowed to, with how many each choice leaves."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Count

from alstrom_site.editorial.models import ListPlace, PublishedPage
from references.contexts import Choice
from references.shape import TYPES
from references.views.finding import Asked

MOST_TOPICS = 200
"""How many pages that cite works are offered: those that cite most. All are headings in the list."""


class Choices(NamedTuple):
    """What the form of the list offers; `only_most_citing`: more pages cite works than it offers."""

    years: tuple[Choice, ...]
    types: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    only_most_citing: bool


def choices(asked: Asked) -> Choices:
    """Return what can be chosen, and what was. Three queries; four where a page is chosen."""
    years, types = _years_and_types()
    counts, there_are_more = _by_heading(asked.topic)
    labelled = sorted((TYPES.get(name, name), name, count) for name, count in types.items())
    return Choices(
        years=tuple(
            Choice(year, year, years[year], year == asked.year) for year in sorted(years, reverse=True) if year
        ),
        types=tuple(Choice(name, label, count, name == asked.type) for label, name, count in labelled),
        topics=_topics(counts, asked.topic),
        only_most_citing=there_are_more,
    )


def _years_and_types() -> tuple[Counter[str], Counter[str]]:
    years: Counter[str] = Counter()
    types: Counter[str] = Counter()
    own = ListPlace.objects.filter(kind="reference", heading="")
    for year, kind, count in own.values_list("year", "type").annotate(works=Count("*")):
        years[year] += count
        types[kind] += count
    return years, types


def _by_heading(chosen: str) -> tuple[dict[str, int], bool]:
    """The addresses of the pages that cite most works with how many, the chosen one among them; and if more do."""
    under = ListPlace.objects.filter(kind="reference").exclude(heading="")
    rows = under.values_list("heading").annotate(works=Count("*")).order_by("-works", "heading")[: MOST_TOPICS + 1]
    found = list(rows)
    counts = dict(found[:MOST_TOPICS])
    if chosen and (works := under.filter(heading=chosen).count()):
        counts[chosen] = works
    return counts, len(found) > MOST_TOPICS


def _topics(counts: Mapping[str, int], chosen: str) -> tuple[Choice, ...]:
    pages = PublishedPage.objects.filter(path__in=counts).order_by("sort_title", "path")
    return tuple(
        Choice(path, f"{title}, withdrawn" if withdrawn_at else title, counts[path], path == chosen)
        for path, title, withdrawn_at in pages.values_list("path", "title", "withdrawn_at")
    )
