"""Which references were asked for: words, year, type, the page that cites them, keys; and in which order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet
from django.http import HttpRequest

from alstrom_site.editorial.addresses import standing_at
from alstrom_site.editorial.models import ListPlace, PublishedPage
from alstrom_site.editorial.models.published_page import PublishedPageQuerySet
from alstrom_site.folding import fold
from references.identifiers import number_in
from references.publication import holding
from references.shape import TYPES

ARRANGEMENTS = {"author": "Author", "year": "Year", "type": "Type", "topic": "Page that cites it"}
SHORTEST = 2
LONGEST = 200
MOST_KEYS = 500
FEW = 1000
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Each as an index of the places has it.
ORDERS = {
    "author": ("order", "pk"),
    "year": ("-year", "order", "pk"),
    "type": ("type", "order", "pk"),
    "topic": ("heading_order", "heading", "order", "pk"),
}


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


def found(asked: Asked) -> QuerySet[ListPlace]:
    """Return the places in the list that were asked for, in the order that was asked for.

    One of each reference; by the pages that cite them, one under each such page.
    """
    if asked.problem:
        return ListPlace.objects.none()
    places = _among(asked)
    narrowing = {"year": asked.year, "type": asked.type}
    places = places.filter(**{name: value for name, value in narrowing.items() if value})
    if asked.query:
        places = places.filter(page__in=_matching(asked.query))
    if asked.keys:
        places = places.filter(page__document__in=standing_at("reference", asked.keys))
    return places.order_by(*ORDERS[asked.by])


def _among(asked: Asked) -> QuerySet[ListPlace]:
    places = ListPlace.objects.filter(kind="reference")
    if asked.topic:
        return places.filter(heading=asked.topic)
    return places.exclude(heading="") if asked.by == "topic" else places.filter(heading="")


def _matching(query: str) -> Sequence[int] | PublishedPageQuerySet:
    """An identifier; else words of the citation as in web search; else names that are nearly what was typed.

    The ids of a few pages, so that the database is spared to guess how many there will be, else what selects them. Of
    names that are nearly what was typed a few are found. One query; two where no word is found.
    """
    entries = PublishedPage.objects.filter(kind="reference")
    if number := number_in(query):
        return _few(entries.filter(holding(number)))
    folded = fold(query)[: 2 * LONGEST]
    words = entries.filter(search_vector=SearchQuery(folded, config="english", search_type="websearch"))
    found = _few(words) or _few(entries.filter(search_title__trigram_word_similar=folded))[:FEW]
    return found if len(found) <= FEW else words


def _few(pages: PublishedPageQuerySet) -> Sequence[int]:
    """The ids of the first FEW of them in any order, and of one more to tell that there are more."""
    return list(pages.values_list("pk", flat=True)[: FEW + 1])
