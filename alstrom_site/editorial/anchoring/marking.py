"""A text cut up so that passages can be shown as marked in it, however they overlap, and what is said of them below."""

import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from alstrom_site.editorial.anchoring.places import Span

_GAP = re.compile(r"\n(?:[ \t]*\n)+")
"""What stands between two paragraphs."""
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True)
class Piece:
    """A part of a text: marked or not; `begins` are the numbers of the passages that begin with it."""

    text: str
    is_marked: bool
    begins: tuple[int, ...] = ()
    line: int = 0
    """The number of the line that begins with it, counted from 1; 0 where none does."""


@dataclass(frozen=True)
class Stretch:
    """Whole paragraphs of a text, and the numbers of the passages in them."""

    pieces: tuple[Piece, ...]
    numbers: tuple[int, ...]


def pieces(text: str, places: Mapping[int, Span]) -> list[Piece]:
    """Return the whole text in order, cut where a marked part begins or ends and where a passage begins."""
    begins: dict[int, list[int]] = {}
    turns: dict[int, int] = {}
    for number, span in sorted(places.items()):
        begins.setdefault(span.start, []).append(number)
        turns[span.start] = turns.get(span.start, 0) + 1
        turns[span.end] = turns.get(span.end, 0) - 1
    found, depth, at = [], 0, 0
    for cut in [*sorted(turns), len(text)]:
        # Where one passage ends inside another one, nothing is to be seen.
        if cut > at and (cut in begins or cut == len(text) or bool(depth) != bool(depth + turns[cut])):
            found.append(Piece(text[at:cut], depth > 0, tuple(begins.get(at, ()))))
            at = cut
        depth += turns.get(cut, 0)
    return found


def stretches(text: str, places: Mapping[int, Span]) -> list[Stretch]:
    """Return the whole text in order, cut behind each paragraph in which passages end that began in it.

    Of the passages of a stretch none goes on behind it. Each line of the text begins a piece.
    """
    found: list[Stretch] = []
    rest, at, cuts = _by_line(pieces(text, places)), 0, _cuts(text, places)
    for end, numbers in [*cuts, (len(text), ())]:
        here = []
        while at < end:
            here.append(rest.popleft())
            at += len(here[-1].text)
        if here:
            found.append(Stretch(tuple(here), numbers))
    return found


def _cuts(text: str, places: Mapping[int, Span]) -> list[tuple[int, tuple[int, ...]]]:
    """Where paragraphs with passages end, each with their numbers in the order of their beginnings."""
    found: list[tuple[int, tuple[int, ...]]] = []
    for number, span in sorted(places.items(), key=lambda place: (place[1].start, place[0])):
        end = _end_of_paragraph(text, span.end)
        numbers: tuple[int, ...] = (number,)
        if found and span.start < found[-1][0]:
            before, earlier = found.pop()
            end, numbers = max(before, end), (*earlier, number)
        found.append((end, numbers))
    return found


def _end_of_paragraph(text: str, at: int) -> int:
    gap = _GAP.search(text, max(0, at - 1))
    return gap.end() if gap else len(text)


def _by_line(found: Iterable[Piece]) -> deque[Piece]:
    cut: deque[Piece] = deque()
    line, is_new = 1, True
    for piece in found:
        for number, words in enumerate(_LINE.findall(piece.text)):
            begins = piece.begins if number == 0 else ()
            cut.append(replace(piece, text=words, begins=begins, line=line if is_new else 0))
            is_new = words.endswith("\n")
            line += is_new
    return cut
