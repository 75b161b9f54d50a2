"""Search over the published pages: PostgreSQL's full text, and names that are nearly what was typed.

Everything is folded before it is compared, so "Alstrom" and "Alström" find the same pages. Excerpts show the text as
it was written.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import F, Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from alstrom_site.editorial.models import PublishedPage
from alstrom_site.editorial.models.published_page import PublishedPageQuerySet
from alstrom_site.folding import fold
from references.identifiers import number_in
from references.publication import holding

SHORTEST = 2
LONGEST = 200
EXCERPT = 260
# Two letters changed places in a word of seven ("alstorm"), and little more, comes to this.
NEAR = 0.35
_LEAD = 70
_WORD = re.compile(r"\w+")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Words that a question is asked with and that say nothing about where its answer stands.
_ASKING = frozenset(
    {
        *("and", "are", "can", "does", "for", "from", "has", "have", "how", "not", "our"),
        *("that", "the", "this", "was", "what", "when", "where", "who", "why", "with"),
    }
)
# Marks are looked for up to here in a text; nobody reads on for the thousandth.
_MOST_MARKS = 1000


@dataclass(frozen=True)
class Hit:
    """A page that was found; `text` is its whole text as it was written."""

    path: str
    title: str
    kind: str
    card: dict[str, Any]
    text: str
    due_on: date


def cleaned(typed: str) -> str:
    """Return what was typed on one line, without characters that nobody sees and no database holds."""
    return " ".join(_UNPRINTABLE.sub(" ", typed).split())


def problem_with(query: str) -> str:
    """Return why a query cannot be searched for, as a sentence for the reader; "" when it can."""
    if query and len(query) < SHORTEST:
        return f"Enter at least {SHORTEST} characters."
    if len(query) > LONGEST:
        return f"Enter fewer words: at most {LONGEST} characters."
    if query and not _WORD.search(query):
        return "Enter a word or a number."
    return ""


def matching(query: str) -> PublishedPageQuerySet:
    """Return the pages that fit a query, best first. Quotes, "or" and "-word" mean what they do in web search.

    An identifier of a work finds the page of that work alone.
    """
    if number := number_in(query):
        return PublishedPage.objects.filter(holding(number))
    folded = fold(query)[: 2 * LONGEST]
    words = SearchQuery(folded, config="english", search_type="websearch")
    # Names are kept unstemmed too, so that a word that is exactly a name counts more.
    exact = SearchQuery(folded, config="simple", search_type="websearch")
    return (
        PublishedPage.objects.filter(Q(search_vector=words) | Q(search_title__trigram_word_similar=folded))
        .annotate(fit=SearchRank(F("search_vector"), words | exact) + TrigramWordSimilarity(folded, "search_title"))
        .order_by("-fit", "sort_title", "path")
    )


def nearest(query: str) -> PublishedPageQuerySet:
    """Return pages to go to when nothing fits: names that come near what was typed, then the articles."""
    nearness = TrigramWordSimilarity(fold(query)[: 2 * LONGEST], "search_title")
    return (
        PublishedPage.objects.to_rely_on()
        .annotate(nearness=nearness)
        .filter(Q(nearness__gte=NEAR) | Q(kind="article"))
        .order_by("-nearness", "sort_title", "path")
    )


def hits(pages: PublishedPageQuerySet) -> list[Hit]:
    """Return what is shown of these pages. One query."""
    columns = pages.values_list("path", "title", "kind", "listing", "review_due_on")
    return [
        Hit(path, title, kind, listing["card"], listing["text"], due) for path, title, kind, listing, due in columns
    ]


def excerpt(text: str, query: str) -> SafeString:
    """Return the stretch of a text with most of the words of a query, escaped, those words in mark elements."""
    places = _places(text, _wanted(query))
    begin, end = _stretch(text, places)
    marked = format_html_join("", "{}{}", _pieces(text, begin, end, [span for span, _ in places]))
    return format_html("{}{}{}", "… " if begin else "", marked, " …" if end < len(text) else "")


def _wanted(query: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(fold(query)))
    return frozenset(word for word in words if len(word) > 2 and word not in _ASKING) or words


def _places(text: str, wanted: frozenset[str]) -> list[tuple[tuple[int, int], str]]:
    """Where wanted words stand in a text, each with the word that was wanted."""
    found = []
    for match in _WORD.finditer(text):
        word = _meant(_folded(match.group()), wanted)
        if word:
            found.append((match.span(), word))
            if len(found) == _MOST_MARKS:
                break
    return found


# A text repeats its words, and a page of results its texts.
@lru_cache(maxsize=20_000)
def _meant(word: str, wanted: frozenset[str]) -> str:
    return word if word in wanted else next((each for each in sorted(wanted) if _inflected(word, each)), "")


def _inflected(word: str, wanted: str) -> bool:
    """Whether one is the other with an ending of a letter or two, as "genes" is "gene"."""
    shorter, longer = sorted((word, wanted), key=len)
    return len(shorter) > 2 and len(longer) - len(shorter) <= 2 and longer.startswith(shorter)


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(word)


def _stretch(text: str, places: Sequence[tuple[tuple[int, int], str]]) -> tuple[int, int]:
    """Where an excerpt begins and ends: at the first place after which most different words follow."""
    best, most, ahead = 0, 0, 0
    for at, ((begin, _), _word) in enumerate(places):
        while ahead < len(places) and places[ahead][0][1] <= begin + EXCERPT - _LEAD:
            ahead += 1
        different = len({word for _, word in places[at:ahead]})
        if different > most:
            best, most = begin, different
    begin = _next_word(text, best - _LEAD) if best > _LEAD else 0
    end = text.rfind(" ", begin + 1, begin + EXCERPT)
    return begin, len(text) if len(text) <= begin + EXCERPT else max(end, begin + EXCERPT // 2)


def _next_word(text: str, at: int) -> int:
    following = text.find(" ", at, at + _LEAD)
    return following + 1 if following >= 0 else at


def _pieces(
    text: str, begin: int, end: int, marks: Iterable[tuple[int, int]]
) -> Iterable[tuple[str, str | SafeString]]:
    """The stretch in pairs of plain text and the marked word after it."""
    at = begin
    for first, last in marks:
        if at <= first and last <= end:
            yield text[at:first], format_html("<mark>{}</mark>", text[first:last])
            at = last
    yield text[at:end], ""
