"""Where the three sides of a merge stand together, and which of these places a text that wandered draws into one."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from alstrom_site.editorial.comparison.alignment import align

from .agreement import Parts, is_piece, one_of


class Meeting(NamedTuple):
    """Where one part of the base, kept or changed, stands on all three sides."""

    base: int
    mine: int
    theirs: int


def meetings(base: Parts, mine: Parts, theirs: Parts) -> list[Meeting]:
    """Return the meetings in order, without those that lie on the way of a text that cannot be settled place by place.

    What one side put elsewhere and the other left alone is settled where it stood and where it stands. Where the other
    took it out, changed it or put it elsewhere too, or another change is in question at one of the two, the places are
    one: settled apart, what was taken out would come back, what was corrected would stand there twice, once as it was,
    or a choice at one place would lose what is gone from the other.
    """
    sides = (_Side.of(base, mine), _Side.of(base, theirs))
    kept = sorted(sides[0].stayed.keys() & sides[1].stayed.keys())
    found = [Meeting(place, sides[0].stayed[place], sides[1].stayed[place]) for place in kept]
    while drawn := set().union(*(range(*span) for span in _Places(found, base, *sides).drawn_together())):
        found = [each for at, each in enumerate(found) if 2 * at + 1 not in drawn]
    return found


@dataclass(frozen=True)
class _Side:
    """What became of each part of the base on one side, by number.

    `stayed`: those in the order of the base, where they stand now. `unchanged`: those of these that are equal.
    `wandered`: where else the text of a part, or a piece of it, stands now.
    """

    parts: Parts
    stayed: dict[int, int]
    unchanged: frozenset[int]
    wandered: dict[int, list[int]]

    @classmethod
    def of(cls, base: Parts, side: Parts) -> "_Side":
        fates: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for step in align(base, side):
            if step.old is not None and step.new is not None:
                fates[step.fate][step.old] = step.new
        stayed, moved = fates["stayed"], fates["moved"]
        unchanged = frozenset(old for old, new in stayed.items() if base[old].identity == side[new].identity)
        wandered = {old: [new] for old, new in moved.items()}
        settled = {stayed[old] for old in unchanged} | set(moved.values())
        written = [new for new in range(len(side)) if new not in settled]
        for old in set(range(len(base))) - unchanged - moved.keys():
            elsewhere = [new for new in written if new != stayed.get(old) and is_piece(base[old], side[new])]
            wandered |= {old: elsewhere} if elsewhere else {}
        return cls(side, stayed, unchanged, wandered)


class _Places:
    """The places of a merge in one row: an odd number is a meeting, an even one the gap before it."""

    def __init__(self, found: Sequence[Meeting], base: Parts, mine: _Side, theirs: _Side) -> None:
        self._sides = (mine, theirs)
        self._columns = tuple([each[at] for each in found] for at in range(3))
        self._parts = (base, mine.parts, theirs.parts)
        self._clashes = cache(self._has_clash)

    def drawn_together(self) -> Iterator[tuple[int, int]]:
        """Yield, as a range, the places from the first to the last of each text that these have to be one for."""
        mine, theirs = self._sides
        for old in sorted(mine.wandered.keys() | theirs.wandered.keys()):
            here, there = self._wandered(old, 0), self._wandered(old, 1)
            stops = {self._place(0, old), *self._stayed(old), *(place for place, _ in here | there)}
            low, high = min(stops), max(stops)
            if low == high:
                continue
            left_alone = old in mine.unchanged or old in theirs.unchanged
            if (not left_alone and here != there) or any(map(self._clashes, stops)):
                yield low, high + 1

    def _wandered(self, old: int, number: int) -> set[tuple[int, str]]:
        side = self._sides[number]
        return {(self._place(number + 1, new), side.parts[new].identity) for new in side.wandered.get(old, ())}

    def _stayed(self, old: int) -> Iterator[int]:
        for number, side in enumerate(self._sides, start=1):
            if old in side.stayed:
                yield self._place(number, side.stayed[old])

    def _place(self, column: int, part: int) -> int:
        at = bisect_left(self._columns[column], part)
        return 2 * at + (at < len(self._columns[column]) and self._columns[column][at] == part)

    def _has_clash(self, place: int) -> bool:
        """Whether the sides disagree in a gap; what becomes of a meeting is seen inside it."""
        at, is_meeting = divmod(place, 2)
        if is_meeting:
            return False
        ends = ([-1, *column, len(parts)] for column, parts in zip(self._columns, self._parts, strict=True))
        gap = (parts[end[at] + 1 : end[at + 1]] for end, parts in zip(ends, self._parts, strict=True))
        return one_of(*gap) is None
