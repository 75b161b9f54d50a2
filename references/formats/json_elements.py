"""Cuts the objects of a JSON list out of text that comes piece by piece, in bounded memory."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from references.formats.records import LONGEST_RECORD
from references.formats.text import Text

_WRAPPED = re.compile(r'\s*\{\s*"(?:items|references|records)"\s*:\s*(?=\[)')
_MARK = re.compile(r'["{}\[\]]')
# A line of a string never goes on in the next line in JSON, so a line's end closes what a lost quote left open.
_STRING_END = re.compile(r'["\\\n]')
# Where a new entry begins inside of one whose end was lost.
_AGAIN = re.compile(r'(?:\}\s{0,20},|\n)\s{0,20}(\{\s{0,20}"id"\s{0,20}:)')
_BETWEEN = re.compile(r"[\s,\[\]}]*")
_LONGEST_MARK = 200
# A string, also one that the end of the text cuts off, or a mark.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[][{},]', re.DOTALL)
_CLOSED_BY = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Element:
    """The text of one object and the line where it begins, or what is wrong with it.

    `is_last`: the text of the file ends in it, before it does.
    """

    line: int
    text: str
    fault: str = ""
    is_last: bool = False


def elements(text: Text) -> Iterator[Element]:
    """Each object that stands in the list or alone."""
    cutter = _Cutter()
    first = True
    for piece in text.pieces():
        cutter.buffer += piece
        if first:
            first = False
            if wrapped := _WRAPPED.match(cutter.buffer):
                cutter.drop(wrapped.end())
                cutter.one_list = True
        yield from cutter.complete()
        if cutter.finished:
            return
    yield from cutter.rest()


def split_again(element: Element) -> list[Element]:
    """The entries inside of one that is not JSON, as far as their beginnings can be told; else the one."""
    starts = [0, *(match.start(1) for match in _AGAIN.finditer(element.text, 1))]
    found, line = [], element.line
    for begin, end in zip(starts, [*starts[1:], len(element.text)], strict=True):
        found.append(Element(line, element.text[begin:end]))
        line += element.text.count("\n", begin, end)
    return found


def closed(text: str) -> Iterator[str]:
    """An object that is cut off, with what is open in it closed: behind its last string, else its last whole member."""
    if text.endswith('"'):
        yield text + _closing(text)
    end = 0
    for token in _TOKEN.finditer(text):
        if token[0] in {",", "}", "]"}:
            end = token.start() if token[0] == "," else token.end()
    yield text[:end] + _closing(text[:end])


def _closing(text: str) -> str:
    """The marks that close what is open at the end of a text."""
    missing: list[str] = []
    for token in _TOKEN.finditer(text):
        if token[0] in _CLOSED_BY:
            missing.append(_CLOSED_BY[token[0]])
        elif token[0] in {"}", "]"} and missing:
            missing.pop()
    return "".join(reversed(missing))


class _Cutter:
    """Goes through the text once, from mark to mark."""

    def __init__(self) -> None:
        self.buffer = ""
        self.one_list = False
        self.finished = False
        self._line = 1
        self._at = 0
        self._depth = 0
        self._in_string = False
        self._lost = False

    def complete(self) -> Iterator[Element]:
        """The objects that end in the buffer."""
        if self._lost and not self._found_again():
            return
        while not self.finished and (mark := self._next_mark()):
            yield from self._met(mark)
        if self._depth and len(self.buffer) > LONGEST_RECORD:
            yield from self._given_up()
        elif not self._depth and self._at > LONGEST_RECORD:
            yield from self._between(self._at)

    def _met(self, mark: str) -> Iterator[Element]:
        if self._depth:
            self._depth += 1 if mark in "{[" else -1
            if not self._depth:
                yield self._cut(self._at)
        elif mark == "{":
            yield from self._between(self._at - 1)
            self._depth, self._at = 1, 1
        elif mark == "]" and self.one_list:
            self.finished = True

    def rest(self) -> Iterator[Element]:
        """What is left when the text has ended."""
        if self._depth:
            *found, last = split_again(Element(self._line, self.buffer))
            yield from (*found, replace(last, is_last=True))
        elif not self.finished and not self._lost:
            yield from self._between(len(self.buffer))

    def drop(self, end: int) -> None:
        """Leave out the text up to there."""
        self._line += self.buffer.count("\n", 0, end)
        self.buffer = self.buffer[end:]
        self._at = 0

    def _next_mark(self) -> str:
        """The next bracket outside of strings, or nothing when the buffer holds none."""
        while True:
            match = (_STRING_END if self._in_string else _MARK).search(self.buffer, self._at)
            if match is None:
                self._at = len(self.buffer)
                return ""
            self._at = match.end()
            if match[0] == "\\":
                if self._at == len(self.buffer):
                    self._at -= 1
                    return ""
                self._at += 1
            elif self._in_string or match[0] == '"':
                self._in_string = not self._in_string
            else:
                return match[0]

    def _cut(self, end: int) -> Element:
        element = Element(self._line, self.buffer[:end])
        self.drop(end)
        return element

    def _between(self, end: int) -> Iterator[Element]:
        """Leave out what stands between the objects, and say so when it is more than the list's own marks."""
        begin = match.end() if (match := _BETWEEN.match(self.buffer, 0, end)) else 0
        if begin < end:
            line = self._line + self.buffer.count("\n", 0, begin)
            yield Element(line, "", "This stands outside of the entries and was not read.")
        self.drop(end)

    def _given_up(self) -> Iterator[Element]:
        """An object that does not end: what can be told apart in it, and from there on again."""
        *found, last = split_again(Element(self._line, self.buffer))
        yield from found
        if found and len(last.text) <= LONGEST_RECORD // 2:
            self.drop(len(self.buffer) - len(last.text))
            self._depth, self._in_string, self._at = 0, False, 0
            return
        yield Element(last.line, "", f"An entry does not end within {LONGEST_RECORD:,} characters and was not read.")
        self.drop(len(self.buffer))
        self._lost = True

    def _found_again(self) -> bool:
        match = _AGAIN.search(self.buffer)
        self._lost = match is None
        self.drop(match.start(1) if match else max(0, len(self.buffer) - _LONGEST_MARK))
        self._depth, self._in_string = 0, False
        return match is not None
