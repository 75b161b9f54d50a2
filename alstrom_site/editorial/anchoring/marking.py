"""A text cut up so that passages can be shown as marked in it, however they overlap."""

from collections.abc import Mapping
from dataclasses import dataclass

from alstrom_site.editorial.anchoring.places import Span


@dataclass(frozen=True)
class Piece:
    """A part of a text: marked or not; `begins` are the numbers of the passages that begin with it."""

    text: str
    is_marked: bool
    begins: tuple[int, ...] = ()


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
