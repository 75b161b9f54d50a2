"""Where the brackets, code spans and addresses of a paragraph begin and end: one pass over it, in linear time."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cached_property
from typing import Any

# Brackets inside brackets: a group of citations has no use for more, and each level is read anew.
MAX_HEIGHT = 4

_SIGN = re.compile(r"\\.|`+|<[A-Za-z][^<>\x00-\x20]*>|[\[\]]", re.DOTALL)
_TICKS = re.compile(r"`+")
_WRITTEN_OUT = re.compile(r"(?:\b[a-z][a-z0-9+.-]{1,30}://|\bwww\.)[^\s<>]+", re.IGNORECASE)


class Outline:
    """`closing`: where each bracket that closes does so. `jumps`: where a code span or autolink that begins ends."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.closing: dict[int, int] = {}
        self.jumps: dict[int, int] = {}
        self._ticks: defaultdict[int, list[int]] = defaultdict(list)
        for run in _TICKS.finditer(source):
            self._ticks[len(run[0])].append(run.start())
        self._read()

    def _read(self) -> None:
        opened: list[tuple[int, int]] = []
        position = 0
        while sign := _SIGN.search(self.source, position):
            position = sign.end()
            if sign[0][0] in "`<":
                position = self._jump(sign)
            elif sign[0] == "[":
                opened.append((sign.start(), 1))
            elif sign[0] == "]" and opened:
                self._close(opened, sign.start())

    def _jump(self, sign: re.Match[str]) -> int:
        end = sign.end() if sign[0][0] == "<" else self._code_end(sign)
        if sign[0][0] == "<" or end > sign.end():
            self.jumps[sign.start()] = end
        return end

    def _code_end(self, ticks: re.Match[str]) -> int:
        length = len(ticks[0])
        runs = self._ticks[length]
        following = bisect_left(runs, ticks.end())
        return runs[following] + length if following < len(runs) else ticks.end()

    def _close(self, opened: list[tuple[int, int]], at: int) -> None:
        begins, height = opened.pop()
        if height <= MAX_HEIGHT:
            self.closing[begins] = at
        if opened:
            outer, so_far = opened[-1]
            opened[-1] = (outer, max(so_far, height + 1))

    @cached_property
    def _addresses(self) -> list[tuple[int, int]]:
        return [found.span() for found in _WRITTEN_OUT.finditer(self.source)]

    def is_in_address(self, position: int) -> bool:
        """Whether a web address that is written out in the text stands round this position."""
        following = bisect_right(self._addresses, (position, len(self.source)))
        return following > 0 and position < self._addresses[following - 1][1]


def outline_of(source: str, env: Any) -> Outline:
    """The outline of a paragraph; `env` of the parse remembers it, for it is asked at every sign."""
    known: dict[str, Outline] = env.setdefault("outlines", {})
    if source not in known:
        known[source] = Outline(source)
    return known[source]
