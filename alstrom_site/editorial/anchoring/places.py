"""Where the passage of a comment stands in a text: found by its words and by what stood around them.

After the TextQuoteSelector of the W3C Web Annotation Data Model (section 4.2.4): the exact words, with some of the text
before and after them. A passage is never placed on other words; where the place is in doubt there is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from alstrom_site.editorial.anchoring.markup import Folded, folded

CONTEXT = 64
"""How many characters before and after a passage are kept."""
# A passage as long as this is known by its words alone when they stand in one place before and after a change.
LONG = 24
# What a shorter one, or one whose words stood in several places, must keep of what stood around it.
ENOUGH = 8
# Words that stand in more places than this name none of them.
MOST_PLACES = 100


@dataclass(frozen=True)
class Quote:
    """The words of a passage as they stand in the source, and what stands around them."""

    exact: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Span:
    """A place in a text, as a slice takes it."""

    start: int
    end: int


def quote(text: str, span: Span) -> Quote:
    """Return the quote of a place."""
    before = text[max(0, span.start - CONTEXT) : span.start]
    return Quote(text[span.start : span.end], before, text[span.end : span.end + CONTEXT])


def carry(words: Quote, old: str, new: str) -> Span | None:
    """Return where a passage of `old` stands in `new`, or None when it changed, went, or could be several places.

    It may have moved. Short words, and words that stood in several places, must keep some of what stood around them.
    """
    alone = len(_places(words, old)) <= 1
    known_by_itself = alone and len(words.exact) >= LONG
    wanted = 0 if known_by_itself else min(ENOUGH, len(words.before) + len(words.after))
    found = _best([(_agreement(words, new, span), span) for span in _places(words, new)])
    return found[1] if found is not None and found[0] >= wanted else None


def find(words: Quote, text: str) -> list[Span]:
    """Return where words stand in a source: as they are, else as they read when marks of Markdown are left out.

    Several places are narrowed to one by what stands around the words, when that tells them apart.
    """
    exact = _places(words, text)
    if exact:
        return _narrowed([(_agreement(words, text, span), span) for span in exact])
    shown, sought = folded(text), _as_shown(words)
    if not sought.exact:
        return []
    spans = _places(sought, shown.plain)
    return [_in_source(shown, span) for span in _narrowed([(_agreement(sought, shown.plain, at), at) for at in spans])]


def likeness(words: Quote, text: str, span: Span) -> int:
    """Return how much of what stands around a place is what stood around the words, as both read, without spaces."""
    there = quote(text, span)
    before = _common(reversed(_bare(words.before)), reversed(_bare(there.before)))
    return before + _common(iter(_bare(words.after)), iter(_bare(there.after)))


def _bare(text: str) -> str:
    return "".join(folded(text).plain.split())


def _as_shown(words: Quote) -> Quote:
    """The words and what is around them without marks; white space at the ends says nothing."""
    return Quote(folded(words.exact).plain.strip(), folded(words.before).plain, folded(words.after).plain)


def _in_source(shown: Folded, span: Span) -> Span:
    return Span(shown.places[span.start], shown.places[span.end - 1] + 1)


def _narrowed(ranked: list[tuple[int, Span]]) -> list[Span]:
    best = _best(ranked)
    return [best[1]] if best is not None else [span for _, span in ranked]


def _best(ranked: list[tuple[int, Span]]) -> tuple[int, Span] | None:
    """The one that agrees more with its surroundings than every other; None when two agree as much."""
    order = sorted(ranked, key=lambda each: -each[0])
    if not order or len(order) > MOST_PLACES or (len(order) > 1 and order[0][0] == order[1][0]):
        return None
    return order[0]


def _places(words: Quote, text: str) -> list[Span]:
    """Every place of the exact words that cuts no word which the passage did not cut; all, when they are too many."""
    spans = [Span(start, start + len(words.exact)) for start in islice(_starts(words.exact, text), MOST_PLACES + 1)]
    if len(spans) > MOST_PLACES:
        return spans
    return [span for span in spans if _is_cut_alike(words, text, span)]


def _starts(exact: str, text: str) -> Iterator[int]:
    start = text.find(exact) if exact else -1
    while start >= 0:
        yield start
        start = text.find(exact, start + 1)


def _is_cut_alike(words: Quote, text: str, span: Span) -> bool:
    """Whether the place cuts no word that the passage did not cut: “dose” is not found in “overdose”."""
    begins = _in_word(words.before[-1:], words.exact[:1]) or not _in_word(
        text[span.start - 1 : span.start] if span.start else "", words.exact[:1]
    )
    ends = _in_word(words.exact[-1:], words.after[:1]) or not _in_word(words.exact[-1:], text[span.end : span.end + 1])
    return begins and ends


def _in_word(left: str, right: str) -> bool:
    return bool(re.match(r"\w", left)) and bool(re.match(r"\w", right))


def _agreement(words: Quote, text: str, span: Span) -> int:
    """How many characters before and after are the same, counted outwards from the passage."""
    before = text[max(0, span.start - len(words.before)) : span.start]
    after = text[span.end : span.end + len(words.after)]
    return _common(reversed(words.before), reversed(before)) + _common(iter(words.after), iter(after))


def _common(these: Iterator[str], those: Iterator[str]) -> int:
    count = 0
    for one, other in zip(these, those, strict=False):
        if one != other:
            break
        count += 1
    return count
