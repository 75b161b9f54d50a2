"""Readers by which kinds bring raw content to its shape, collecting every fault."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from alstrom_site.editorial.canonical import is_storable
from alstrom_site.editorial.kinds import Content, ContentRefused
from alstrom_site.editorial.workflow import Issue
from alstrom_site.unseen import says_something, unseen_in

UNSEEN = "unseen"
"""The code of what is wrong with a text that holds characters which nobody sees; older texts may hold some."""
LONGEST_TEXT = 200_000
LONGEST_CELL = 400
MOST_ROWS = 200
UNSTORABLE = "holds a character that cannot be stored (NUL or half of a surrogate pair). Take it out."


class ContentReader:
    """Reads the fields of a raw content; `finish` returns the whole or raises ContentRefused with all that is wrong."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.content: Content = {}
        self.issues: list[Issue] = []

    def line(self, name: str, label: str, *, longest: int, required: bool = False) -> str:
        """Read one line of text; white space at its ends and inside is folded."""
        text = " ".join(self._text(name, label, self.raw.get(name)).split())
        if required and not text:
            self.fault(name, f"{label} is empty. Fill it in.")
        if len(text) > longest:
            self.fault(name, f"{label} has {len(text)} characters. Shorten it to {longest}.")
        self.content[name] = text
        return text

    def text(self, name: str, label: str) -> None:
        """Read running text, which may be Markdown."""
        text = self._text(name, label, self.raw.get(name)).strip("\n").rstrip()
        size = len(text.encode("utf-8", "replace"))
        if size > LONGEST_TEXT:
            self.fault(name, f"{label} has {size:,} bytes. Shorten it to {LONGEST_TEXT:,} or split it in two.")
        self.content[name] = text

    def choice(self, name: str, label: str, choices: Iterable[str]) -> None:
        """Read one of a few words; the first is what an absent one means."""
        known = list(choices)
        value = self._text(name, label, self.raw.get(name)) or known[0]
        if value not in known:
            self.fault(name, f"{label} cannot be “{value}”. Choose one of: {', '.join(known)}.")
        self.content[name] = value

    def lines(self, name: str, label: str) -> None:
        """Read a list of lines; empty ones are dropped, repeated ones kept once."""
        items = enumerate(self._items(name, label), start=1)
        read = [self._cell(name, f"{label}, line {number}", item) for number, item in items]
        self.content[name] = list(dict.fromkeys(line for line in read if line))

    def rows(self, name: str, label: str, columns: Iterable[str]) -> None:
        """Read a list of records with these text columns; rows with nothing in them are dropped."""
        wanted = list(columns)
        rows = []
        for number, item in enumerate(self._items(name, label), start=1):
            if not isinstance(item, Mapping):
                self.fault(name, f"{label} is not a list of records.")
                continue
            row = self._cells(name, f"{label}, row {number}", item, wanted)
            if any(row.values()):
                rows.append(row)
        self.content[name] = rows

    def record(self, name: str, label: str, columns: Iterable[str]) -> None:
        """Read one record with these text columns."""
        value = self.raw.get(name) or {}
        if not isinstance(value, Mapping):
            self.fault(name, f"{label} is not a record.")
            value = {}
        self.content[name] = self._cells(name, label, value, columns)

    def fault(self, name: str, message: str, code: str = "unfit") -> None:
        """Note what is wrong with a field."""
        self.issues.append(Issue(name, message, code))

    def finish(self) -> Content:
        """Return the content; raise ContentRefused with every fault found."""
        if self.issues:
            raise ContentRefused(self.issues)
        return self.content

    def _items(self, name: str, label: str) -> list[Any]:
        value = self.raw.get(name) or []
        if not isinstance(value, list | tuple):
            self.fault(name, f"{label} is not a list.")
            return []
        items = [item for item in value if item != ""]
        if len(items) > MOST_ROWS:
            self.fault(name, f"{label} has {len(items):,} entries. Shorten the list to {MOST_ROWS}.")
        return items[:MOST_ROWS]

    def _cells(self, name: str, place: str, row: Mapping[str, Any], columns: Iterable[str]) -> dict[str, str]:
        return {column: self._cell(name, f"{place}, {column.replace('_', ' ')}", row.get(column)) for column in columns}

    def _cell(self, name: str, place: str, value: Any) -> str:
        text = " ".join(self._text(name, place, value).split())
        if len(text) > LONGEST_CELL:
            self.fault(name, f"{place} has {len(text):,} characters. Shorten it to {LONGEST_CELL}.")
        return text

    def _text(self, name: str, label: str, value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fault(name, f"{label} is not text.")
            return ""
        if not is_storable(value):
            self.fault(name, f"{label} {UNSTORABLE}")
            return ""
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
        if unseen := unseen_in(label, text):
            self.fault(name, unseen, UNSEEN)
        return text


def unseen_characters(name: str, label: str, text: str) -> list[Issue]:
    """Return an issue for a text that cannot be stored, or that holds characters which nobody sees."""
    reader = ContentReader({name: text})
    reader.text(name, label)
    return reader.issues


def not_said(name: str, label: str, text: str, *, ask: str) -> list[Issue]:
    """Return why a text that must be given is none: what `unseen_characters` finds in it, else `ask` where it is empty.

    A text without a letter or a digit is empty: it would stand in the record as if something had been said.
    """
    issues = unseen_characters(name, label, text)
    if not issues and not says_something(text):
        issues.append(Issue(name, ask, "comment-needed"))
    return issues
