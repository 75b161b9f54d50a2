"""Which part of the old value became which part of the new one, and which of them moved."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from .characters import look
from .parts import Part
from .sequences import Pair, common, heaviest_rising

# Least likeness (0 to 1) of two parts to be shown as one that changed; less is asked where only these two are left.
LIKE, LIKE_IN_PLACE = 0.4, 0.2
# A word in more parts than this tells nothing about which one is meant; and how many candidates are looked at closely.
TOO_COMMON, CANDIDATES = 16, 4
# Characters looked at in one part: enough to recognise it, and a bound on the work.
RECOGNISED = 3_000

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Step:
    """One place in the merged order and the fate of the part there; "away" is where a moved part stood before."""

    fate: Literal["stayed", "moved", "away", "removed", "added"]
    old: int | None
    new: int | None


class _Likely(NamedTuple):
    score: float
    old: int
    new: int


def align(old: Sequence[Part], new: Sequence[Part]) -> list[Step]:
    """Steps in reading order; each part stands in one, a moved pair at its new place and once more as "away"."""
    pairs = common([part.identity for part in old], [part.identity for part in new])
    pairs = _with_equal_elsewhere(old, new, pairs)
    pairs = _with_alike(old, new, pairs)
    weights = [len(old[i].core) + len(new[j].core) + 1 for i, j in pairs]
    return list(_merged(len(old), len(new), pairs, heaviest_rising(pairs, weights)))


def _with_equal_elsewhere(old: Sequence[Part], new: Sequence[Part], pairs: list[Pair]) -> list[Pair]:
    """Also pair equal parts that stand in another order, first with first."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for j in reversed(_left(len(new), {j for _, j in pairs})):
        waiting[new[j].identity].append(j)
    free = _left(len(old), {i for i, _ in pairs})
    found = [(i, waiting[old[i].identity].pop()) for i in free if waiting[old[i].identity]]
    return sorted(pairs + found)


def _left(size: int, taken: set[int]) -> list[int]:
    return [index for index in range(size) if index not in taken]


def _with_alike(old: Sequence[Part], new: Sequence[Part], pairs: list[Pair]) -> list[Pair]:
    """Also pair what is left by likeness, the most alike first."""
    old_words = {i: _words(old[i]) for i in _left(len(old), {i for i, _ in pairs})}
    new_words = {j: _words(new[j]) for j in _left(len(new), {j for _, j in pairs})}
    likely = [*_in_place(old, new, pairs, old_words, new_words), *_anywhere(old_words, new_words)]
    taken_old, taken_new, found = set[int](), set[int](), list[Pair]()
    for _, i, j in sorted(likely, key=lambda one: (-one.score, abs(one.old - one.new), one.old)):
        if i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            found.append((i, j))
    return sorted(pairs + found)


def _words(part: Part) -> Counter[str]:
    """The words that tell a part; a bare address or key in a list is only ever itself."""
    if part.is_atomic:
        return Counter()
    return Counter(_WORD.findall(look(part.core[:RECOGNISED])))


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """The share of text in common (Dice), words weighing by their letters."""
    size = _weight(old) + _weight(new)
    return 2 * _weight(old & new) / size if size else 0.0


def _weight(words: Counter[str]) -> int:
    return sum(len(word) * count for word, count in words.items())


def _in_place(
    old: Sequence[Part], new: Sequence[Part], pairs: list[Pair],
    old_words: dict[int, Counter[str]], new_words: dict[int, Counter[str]],
) -> Iterator[_Likely]:  # fmt: skip
    """Pairs between the same neighbours: the n-th left over there with the n-th left over here."""
    in_order = heaviest_rising(pairs, [1] * len(pairs))
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *in_order, (len(old), len(new))]):
        here = [index for index in range(i + 1, next_i) if index in old_words]
        there = [index for index in range(j + 1, next_j) if index in new_words]
        least = LIKE_IN_PLACE if len(here) == len(there) == 1 else LIKE
        for a, b in zip(here, there, strict=False):
            score = _likeness(old_words[a], new_words[b])
            if score >= (least if old[a].kind == new[b].kind else LIKE):
                yield _Likely(score, a, b)


def _anywhere(old_words: dict[int, Counter[str]], new_words: dict[int, Counter[str]]) -> Iterator[_Likely]:
    """Pairs that share telling words, wherever they stand."""
    holders: dict[str, list[int]] = defaultdict(list)
    for j, words in new_words.items():
        for word in words:
            holders[word].append(j)
    for i, words in old_words.items():
        shared: Counter[int] = Counter()
        for word in words:
            if len(holders.get(word, ())) <= TOO_COMMON:
                shared.update(dict.fromkeys(holders.get(word, ()), len(word)))
        for j, _ in shared.most_common(CANDIDATES):
            score = _likeness(words, new_words[j])
            if score >= LIKE:
                yield _Likely(score, i, j)


def _merged(old_size: int, new_size: int, pairs: list[Pair], in_order: list[Pair]) -> Iterator[Step]:
    """Both orders in one: up to each pair that stayed, first what left, then what came."""
    stayed = set(in_order)
    from_old = {j: i for i, j in pairs if (i, j) not in stayed}
    to_new = {i: j for i, j in pairs if (i, j) not in stayed}
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *in_order, (old_size, new_size)]):
        if i >= 0:
            yield Step("stayed", i, j)
        for a in range(i + 1, next_i):
            yield Step("away" if a in to_new else "removed", a, to_new.get(a))
        for b in range(j + 1, next_j):
            yield Step("moved" if b in from_old else "added", from_old.get(b), b)
