"""Word-level comparison of two texts, with notes on what the eye may miss."""

import re
from collections.abc import Iterator
from itertools import pairwise
from operator import ne
from typing import Literal

from .characters import difference_by_name, mixed_scripts
from .outcome import Span
from .sequences import common
from .tokens import Token, tokenise

_KIND_NOTES = {"citation": "citation", "address": "link address", "source": "image address"}
_MARK_NOTES = {
    "**": "bold", "__": "bold", "*": "italic", "_": "italic", "***": "bold italic", "`": "code", "~~": "struck out",
    "#": "heading level 1", "##": "heading level 2", "###": "heading level 3", "####": "heading level 4",
    "-": "minus or hyphen", "−": "minus sign", "–": "en dash", ".": "full stop or decimal point", ",": "comma",
}  # fmt: skip
_NEGATIVE = re.compile(r"(?<!\w)[-−–]\d")
_SPEAKING = frozenset({"word", "quantity", "citation", "address", "source"})


class _Run:
    """Tokens that share a fate: equal on both sides, or replaced by one another."""

    def __init__(self, *, equal: bool, old: list[Token], new: list[Token]) -> None:
        self.equal, self.old, self.new = equal, old, new

    def words(self) -> int:
        return max(_count_words(self.old), _count_words(self.new))

    def take(self, other: "_Run") -> None:
        self.old, self.new = self.old + other.old, self.new + other.new


def _count_words(tokens: list[Token]) -> int:
    return sum(token.kind in _SPEAKING for token in tokens)


def compare_words(old: str, new: str) -> tuple[Span, ...]:
    """Spans that join to `old` without the inserted ones and to `new` without the deleted ones."""
    if old == new:
        return (Span("equal", old),) if old else ()
    runs = _runs(tokenise(old), tokenise(new))
    _slide(runs)
    runs = _without_islands(_without_islands(runs))  # spaces first, then words between whole phrases
    return tuple(span for run in runs for span in _spans(run))


def _runs(old: list[Token], new: list[Token]) -> list[_Run]:
    pairs = common([token.text for token in old], [token.text for token in new])
    runs: list[_Run] = []
    for (i, j), (after_i, after_j) in pairwise([(-1, -1), *pairs, (len(old), len(new))]):
        if i >= 0:
            _add_equal(runs, old[i])
        if after_i - i > 1 or after_j - j > 1:
            runs.append(_Run(equal=False, old=old[i + 1 : after_i], new=new[j + 1 : after_j]))
    return runs


def _add_equal(runs: list[_Run], token: Token) -> None:
    if not runs or not runs[-1].equal:
        runs.append(_Run(equal=True, old=[], new=[]))
    runs[-1].old.append(token)
    runs[-1].new.append(token)


def _slide(runs: list[_Run]) -> None:
    """Take what came or went alone as "not " rather than " not", where both would be true."""
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        lone = run.new if not run.old else run.old
        alone = not (run.old and run.new) and len(lone) > 1 and len(after.old) > 1
        if alone and lone[0].kind == "space" and lone[0].text == after.old[0].text:
            before.old.append(lone[0])
            before.new.append(lone[0])
            lone.append(lone.pop(0))
            del after.old[0], after.new[0]


def _without_islands(runs: list[_Run]) -> list[_Run]:
    """Equal words lost between larger changes join them: one replaced phrase reads better than alternating scraps."""
    kept: list[_Run] = []
    for index, run in enumerate(runs):
        lone = run.equal and kept and index + 1 < len(runs) and _is_island(kept[-1], run, runs[index + 1])
        if kept and not kept[-1].equal and (lone or not run.equal):
            kept[-1].take(run)
        else:
            kept.append(run)
    return kept


def _is_island(left: _Run, run: _Run, right: _Run) -> bool:
    if any(token.kind in {"newline", "quantity", "citation"} for token in run.old) or len(run.old) > 8:
        return False
    if any(token.kind == "quantity" for side in (left, right) for token in side.old[-3:] + side.new[-3:]):
        return False  # a changed number stands by itself
    if not run.words():
        return all(token.kind == "space" for token in run.old) and bool(left.words() and right.words())
    return run.words() * 2 < min(left.words(), right.words())


def _spans(run: _Run) -> Iterator[Span]:
    if run.equal:
        yield Span("equal", _joined(run.old))
    elif _is_part_for_part(run):
        for old, new in zip(run.old, run.new, strict=True):
            yield from _replaced(_Run(equal=False, old=[old], new=[new]))
    else:
        yield from _replaced(run)


def _is_part_for_part(run: _Run) -> bool:
    """Whether each part replaces one of its kind, so that an address or citation can stand apart from the words."""
    kinds = [token.kind for token in run.old]
    same = kinds == [token.kind for token in run.new] and 1 < len(kinds) <= 4
    return same and bool(_KIND_NOTES.keys() & kinds) and all(map(ne, run.old, run.new))


def _replaced(run: _Run) -> Iterator[Span]:
    old, new = _joined(run.old), _joined(run.new)
    gone, come = _note(old, new, run.old), _note(new, old, run.new)
    if old:
        yield Span("delete", old, "" if new and come.startswith(gone) else gone)
    if new:
        yield Span("insert", new, come)


def _joined(tokens: list[Token]) -> str:
    return "".join(token.text for token in tokens)


def _note(text: str, other: str, tokens: list[Token]) -> str:
    notes = dict.fromkeys(_KIND_NOTES[token.kind] for token in tokens if token.kind in _KIND_NOTES)
    mark = _MARK_NOTES.get(text) or _sign_note(text, other)
    if mark:
        notes[mark] = None
    by_name = difference_by_name(text, other) if other else ""
    if by_name:
        notes[by_name] = None
    return "; ".join([*notes, *mixed_scripts(text)])


def _sign_note(text: str, other: str) -> str:
    """Says a minus that the other side lacks: struck through, it would vanish under the line."""
    negative = _NEGATIVE.search(text)
    return "minus" if negative and other and not _NEGATIVE.search(other) else ""


def whole(op: Literal["insert", "delete"], text: str) -> tuple[Span, ...]:
    """The text as one span that came or went; an empty text says that it is empty."""
    return (Span(op, text, "; ".join(mixed_scripts(text)) if text else "empty"),)
