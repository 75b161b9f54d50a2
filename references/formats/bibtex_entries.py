"""Cuts the entries out of a BibTeX file, and the fields out of an entry."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from references.formats.records import LONGEST_RECORD
from references.formats.text import Text

_BEGIN = re.compile(r"@\s{0,20}([A-Za-z][\w-]{0,40})\s{0,20}([{(])")
# An entry at the start of a line ends the one before, whose closing brace was lost.
_NEXT = r"\n[ \t]{0,40}@[A-Za-z]{1,40}[ \t]{0,20}[{(][^\s,{}=\"']{0,200}[ \t]{0,20},"
_MARKS = {"{": re.compile(rf"\\.|[{{}}]|{_NEXT}", re.DOTALL), "(": re.compile(rf"\\.|[{{}})]|{_NEXT}", re.DOTALL)}
_HELD_BACK = 500

_KEY = re.compile(r"\s*([^\s,{}=\"']*)\s*(?:,|$)")
_FIELD = re.compile(r"[\s,]*([A-Za-z][\w:.+/-]{0,60})\s{0,60}=\s*")
_AGAIN = re.compile(r"[,\n]\s{0,60}(?=[A-Za-z][\w:.+/-]{0,60}\s{0,60}=)")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTE = re.compile(r'\\.|[{}"]', re.DOTALL)
_BARE = re.compile(r"[^\s,#{}\"]+")
_JOINED = re.compile(r"\s*#\s*")


@dataclass(slots=True)
class Entry:
    """One entry: its type and text, and where it stands; `closed` unless its last brace is missing."""

    line: int
    kind: str
    text: str
    body: str
    closed: bool = True


@dataclass(slots=True)
class RawField:
    """A field as it is written: its pieces of text, and names of macros with a mark before them."""

    name: str
    line: int
    pieces: list[str] = field(default_factory=list)


def entries(text: Text) -> Iterator[Entry]:
    """Each entry of the file, comments and strings too."""
    cutter = _Cutter()
    for piece in text.pieces():
        cutter.buffer += piece
        yield from cutter.found(final=False)
    yield from cutter.found(final=True)


class _Cutter:
    """Goes through the text once."""

    def __init__(self) -> None:
        self.buffer = ""
        self._line = 1
        self._at = 0
        self._depth = 0
        self._opened: re.Match[str] | None = None

    def found(self, *, final: bool) -> Iterator[Entry]:
        """The entries that end in the buffer; at the end of the text, the last one as far as it goes."""
        limit = len(self.buffer) - (0 if final else _HELD_BACK)
        while self._opened or self._open(limit):
            end = self._end(limit)
            if end is None and not final and len(self.buffer) <= LONGEST_RECORD:
                return
            yield self._cut(end)
            limit = len(self.buffer) - (0 if final else _HELD_BACK)

    def _open(self, limit: int) -> bool:
        begin = _BEGIN.search(self.buffer)
        if begin is None or begin.start() >= limit:
            self._drop(min(begin.start() if begin else len(self.buffer), max(0, limit)))
            return False
        self._drop(begin.start())
        self._opened = _BEGIN.match(self.buffer)
        self._at, self._depth = begin.end() - begin.start(), 0
        return True

    def _end(self, limit: int) -> tuple[int, bool] | None:
        """Where the open entry ends, and whether it was closed there."""
        opening = self._opened[2] if self._opened else "{"
        closing = "}" if opening == "{" else ")"
        for match in _MARKS[opening].finditer(self.buffer, self._at):
            if match.start() >= limit:
                break
            self._at = match.end()
            mark = match[0]
            if mark[0] == "\n":
                return match.start() + 1, False
            if mark == closing and not self._depth:
                return match.end(), True
            self._depth += {"{": 1, "}": -1}.get(mark, 0)
        self._at = max(self._at, limit)
        return None

    def _cut(self, end: tuple[int, bool] | None) -> Entry:
        at, closed = end or (len(self.buffer), False)
        begin = self._opened.end() if self._opened else 0
        kind = self._opened[1].lower() if self._opened else ""
        body = self.buffer[begin : at - 1 if closed else at]
        entry = Entry(self._line, kind, self.buffer[:at], body, closed)
        self._opened = None
        self._drop(at)
        return entry

    def _drop(self, end: int) -> None:
        self._line += self.buffer.count("\n", 0, end)
        self.buffer = self.buffer[end:]
        self._at = 0


def fields(entry: Entry) -> tuple[str, list[RawField], list[int]]:
    """The key of an entry, its fields, and the lines where something stands that is no field."""
    body = entry.body
    key = _KEY.match(body)
    at = key.end() if key else 0
    line, counted = entry.line + entry.text.count("\n", 0, len(entry.text) - len(body) - 1), 0
    found, strange = [], []
    while at < len(body):
        match = _FIELD.match(body, at)
        begins = match.start(1) if match else at + len(body[at : at + 1000]) - len(body[at : at + 1000].lstrip())
        line, counted = line + body.count("\n", counted, begins), begins
        if match is None:
            if body[at:].strip(" \t\n,"):
                strange.append(line)
            again = _AGAIN.search(body, at + 1)
            at = again.end() if again else len(body)
            continue
        one = RawField(match[1].lower(), line)
        at = _values(body, match.end(), one)
        found.append(one)
    return (key[1] if key else ""), found, strange


def _values(body: str, at: int, one: RawField) -> int:
    """Read the pieces that "#" joins; returns where they end."""
    while True:
        piece, at = _value(body, at)
        one.pieces.append(piece)
        joined = _JOINED.match(body, at)
        if joined is None:
            return at
        at = joined.end()


def _value(body: str, at: int) -> tuple[str, int]:
    """One piece, {in braces}, "in quotes", or bare, which is a number or a macro and gets "#" before it."""
    opening = body[at : at + 1]
    if opening in {"{", '"'}:
        end = _closed_at(body, at + 1, opening)
        return body[at + 1 : end], min(end + 1, len(body))
    if bare := _BARE.match(body, at):
        return f"#{bare[0]}", bare.end()
    return "", at


def _closed_at(body: str, at: int, opening: str) -> int:
    depth = 0
    for match in (_BRACE if opening == "{" else _QUOTE).finditer(body, at):
        mark = match[0]
        if not depth and mark == ("}" if opening == "{" else '"'):
            return match.start()
        depth = max(0, depth + {"{": 1, "}": -1}.get(mark, 0))
    return len(body)
