"""Which references were asked for: words, year, type, the page that cites them, keys; and in which order."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Func, JSONField, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Collate
from django.http import HttpRequest

from alstrom_site.editorial.addresses import standing_at
from alstrom_site.editorial.models import PublishedPage
from alstrom_site.editorial.models.published_page import PublishedPageQuerySet
from alstrom_site.folding import fold
from references.identifiers import number_in
from references.publication import holding
from references.shape import TYPES

ARRANGEMENTS = {"author": "Author", "year": "Year", "type": "Type", "topic": "Page that cites it"}
SHORTEST = 2
LONGEST = 200
MOST_KEYS = 500
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Folded names as bytes, so that every database sorts alike.
_ORDER = (Collate(KT("listing__card__order"), "C"), "path")
_YEAR = KT("listing__card__year")


class Topics(Func):
    """Each page that cites a reference, in a row of its own."""

    function = "jsonb_array_elements"
    output_field = JSONField()
    set_returning = True


@dataclass(frozen=True)
class Asked:
    """What a reader asked for, with nonsense left out."""

    query: str = ""
    by: str = "author"
    year: str = ""
    type: str = ""
    topic: str = ""
    keys: tuple[str, ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """Read it from the address."""
        words = {name: cleaned(request.GET.get(name, "")) for name in ("q", "by", "year", "type", "topic")}
        keys = [cleaned(key) for key in request.GET.getlist("key")[: MOST_KEYS + 1]]
        return cls(
            query=words["q"],
            by=words["by"] if words["by"] in ARRANGEMENTS else "author",
            year=words["year"] if re.fullmatch(r"[0-9]{4}", words["year"]) else "",
            type=words["type"] if words["type"] in TYPES else "",
            topic=words["topic"][:LONGEST],
            keys=tuple(key for key in keys if key),
        )

    @property
    def problem(self) -> str:
        """Why this cannot be searched for, as a sentence; "" when it can."""
        if len(self.keys) > MOST_KEYS:
            return f"Ask for at most {MOST_KEYS} keys at a time."
        if self.query and len(self.query) < SHORTEST:
            return f"Enter at least {SHORTEST} characters."
        if len(self.query) > LONGEST:
            return f"Enter fewer words: at most {LONGEST} characters."
        return "Enter a word or a number." if self.query and not re.search(r"\w", self.query) else ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but an order was asked for."""
        return any((self.query, self.year, self.type, self.topic, self.keys))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """What goes into addresses, the order aside."""
        named = (("q", self.query), ("year", self.year), ("type", self.type), ("topic", self.topic))
        return (*((name, value) for name, value in named if value), *(("key", key) for key in self.keys))

    def address(self, path: str, **more: str) -> str:
        """Return a path with all this after it."""
        pairs = [*self.pairs, *((name, value) for name, value in more.items() if value)]
        return f"{path}?{urlencode(pairs)}" if pairs else path


def cleaned(typed: str) -> str:
    """Return what was typed on one line, without characters that nobody sees and no database holds."""
    return " ".join(_UNPRINTABLE.sub(" ", typed).split())


def found(asked: Asked) -> PublishedPageQuerySet:
    """Return the references that were asked for, in the order that was asked for."""
    pages = PublishedPage.objects.filter(kind="reference")
    if asked.problem:
        return pages.none()
    if asked.query:
        pages = pages.filter(_matching(asked.query))
    card = {"year": asked.year, "type": asked.type, "topics": [{"path": asked.topic}] if asked.topic else ""}
    if wanted := {name: value for name, value in card.items() if value}:
        pages = pages.filter(listing__contains={"card": wanted})
    if asked.keys:
        pages = pages.filter(document__in=standing_at("reference", asked.keys))
    return _arranged(pages, asked.by)


def choices() -> dict[str, list[tuple[Any, int]]]:
    """Return what the list can be narrowed to, with how many references each leaves. Three queries."""
    pages = PublishedPage.objects.filter(kind="reference")
    counted = Count("pk")
    years = pages.values_list(_YEAR).annotate(counted).order_by(_YEAR.desc())
    types = pages.values_list(KT("listing__card__type")).annotate(counted)
    topics = pages.annotate(topic=Topics("listing__card__topics")).values_list("topic").annotate(counted)
    return {
        "year": [(year, count) for year, count in years if year],
        "type": list(types),
        "topic": sorted(topics, key=lambda row: (fold(row[0]["title"]), row[0]["path"])),
    }


def _matching(query: str) -> Q:
    """An identifier; else words of the citation as in web search, and names that are nearly what was typed."""
    if number := number_in(query):
        return holding(number)
    folded = fold(query)[: 2 * LONGEST]
    words = SearchQuery(folded, config="english", search_type="websearch")
    return Q(search_vector=words) | Q(search_title__trigram_word_similar=folded)


def _arranged(pages: PublishedPageQuerySet, by: str) -> PublishedPageQuerySet:
    if by == "year":
        return pages.order_by(_YEAR.desc(), *_ORDER)
    if by == "type":
        return pages.order_by(KT("listing__card__type"), *_ORDER)
    if by == "topic":
        cited = pages.annotate(topic=Topics("listing__card__topics"))
        return cited.order_by(Collate(KT("topic__title"), "C"), KT("topic__path"), *_ORDER)
    return pages.order_by(*_ORDER)
