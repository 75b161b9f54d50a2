"""Matching two sequences in nearly linear time, whatever they hold."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

Pair = tuple[int, int]

# A gap this small (old parts times new parts) is matched exactly, so each part costs about a hundred steps at most.
EXACT_CELLS = 10_000
# How often a gap is cut again at its unique parts before what is left counts as replaced.
DEPTH = 12
_SHINGLE = 4


class _Gap(NamedTuple):
    old_start: int
    old_end: int
    new_start: int
    new_end: int
    depth: int = 0

    def cells(self) -> int:
        return (self.old_end - self.old_start) * (self.new_end - self.new_start)


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Index pairs of equal parts, rising on both sides: a long common subsequence, in small gaps the longest.

    Parts that occur once on both sides are anchors (patience); between them small gaps are matched exactly.
    """
    pairs: list[Pair] = []
    gaps = [_Gap(0, len(old), 0, len(new))]
    while gaps:
        gap = _trim(old, new, gaps.pop(), pairs)
        if not gap.cells():
            continue
        if gap.cells() <= EXACT_CELLS:
            pairs.extend(_longest_common(old, new, gap))
        elif gap.depth < DEPTH:
            anchors = _anchors(old, new, gap, 1) or _anchors(old, new, gap, _SHINGLE)
            pairs.extend(anchors)
            gaps.extend(_between(anchors, gap))
    return sorted(pairs)


def _trim(old: Sequence[Hashable], new: Sequence[Hashable], gap: _Gap, pairs: list[Pair]) -> _Gap:
    """The gap without its equal beginning and end, which go to `pairs`."""
    old_start, old_end, new_start, new_end, depth = gap
    while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
        pairs.append((old_start, new_start))
        old_start, new_start = old_start + 1, new_start + 1
    while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
        pairs.append((old_end, new_end))
    return _Gap(old_start, old_end, new_start, new_end, depth)


def _longest_common(old: Sequence[Hashable], new: Sequence[Hashable], gap: _Gap) -> Iterator[Pair]:
    """The longest common subsequence of a small gap, by the usual table."""
    rows, columns = old[gap.old_start : gap.old_end], new[gap.new_start : gap.new_end]
    table = [[0] * (len(columns) + 1)]
    for part in reversed(rows):
        below, row = table[-1], [0] * (len(columns) + 1)
        for j in range(len(columns) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if part == columns[j] else max(below[j], row[j + 1])
        table.append(row)
    table.reverse()
    i = j = 0
    while i < len(rows) and j < len(columns):
        if rows[i] == columns[j]:
            yield gap.old_start + i, gap.new_start + j
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1


def _unique(parts: Sequence[Hashable], start: int, end: int, width: int) -> dict[Hashable, int]:
    keys: Sequence[Hashable] = parts[start:end]
    if width > 1:
        keys = [tuple(parts[i : i + width]) for i in range(start, end - width + 1)]
    counts = Counter(keys)
    return {key: start + i for i, key in enumerate(keys) if counts[key] == 1}


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], gap: _Gap, width: int) -> list[Pair]:
    """Pairs of what is unique on both sides of the gap (single parts, or runs of `width`) and in the same order."""
    there = _unique(new, gap.new_start, gap.new_end, width)
    here = _unique(old, gap.old_start, gap.old_end, width)
    return longest_rising([(i, there[key]) for key, i in here.items() if key in there])


def _between(anchors: list[Pair], gap: _Gap) -> Iterator[_Gap]:
    old_at, new_at = gap.old_start, gap.new_start
    for i, j in anchors:
        yield _Gap(old_at, i, new_at, j, gap.depth + 1)
        old_at, new_at = i + 1, j + 1
    if anchors:
        yield _Gap(old_at, gap.old_end, new_at, gap.new_end, gap.depth + 1)


def longest_rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The most pairs whose second numbers rise; the pairs come sorted by their first."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        place = bisect_left(tails, second)
        before.append(at[place - 1] if place else -1)
        tails[place : place + 1] = [second]
        at[place : place + 1] = [index]
    chosen: list[Pair] = []
    index = at[-1] if at else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def heaviest_rising(pairs: Sequence[Pair], weights: Sequence[int]) -> list[Pair]:
    """The rising pairs of greatest total weight; the pairs come sorted by their first, each second number once."""
    size = max((second for _, second in pairs), default=-1) + 1
    tree: list[tuple[int, int]] = [(0, -1)] * (size + 1)  # Fenwick tree of the best (weight, index) up to a number
    before: list[int] = []
    for index, ((_, second), weight) in enumerate(zip(pairs, weights, strict=True)):
        best = _best(tree, second)
        before.append(best[1])
        _raise(tree, second + 1, (best[0] + weight, index))
    chosen: list[Pair] = []
    index = _best(tree, size)[1]
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def _best(tree: list[tuple[int, int]], place: int) -> tuple[int, int]:
    best = (0, -1)
    while place > 0:
        best = max(best, tree[place])
        place -= place & -place
    return best


def _raise(tree: list[tuple[int, int]], place: int, value: tuple[int, int]) -> None:
    while place < len(tree):
        tree[place] = max(tree[place], value)
        place += place & -place
