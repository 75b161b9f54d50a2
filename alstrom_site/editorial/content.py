"""Readers by which kinds bring raw content to its shape, collecting every fault."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from alstrom_site.editorial.canonical import is_storable
from alstrom_site.editorial.kinds import Content, ContentRefused
from alstrom_site.editorial.workflow import Issue

LONGEST_TEXT = 200_000
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
        read = [" ".join(self._text(name, label, item).split()) for item in self._items(name, label)]
        self.content[name] = list(dict.fromkeys(line for line in read if line))

    def rows(self, name: str, label: str, columns: Iterable[str]) -> None:
        """Read a list of records with these text columns; rows with nothing in them are dropped."""
        wanted = list(columns)
        rows = []
        for item in self._items(name, label):
            if not isinstance(item, Mapping):
                self.fault(name, f"{label} is not a list of records.")
                continue
            row = {column: " ".join(self._text(name, label, item.get(column)).split()) for column in wanted}
            if any(row.values()):
                rows.append(row)
        self.content[name] = rows

    def record(self, name: str, label: str, columns: Iterable[str]) -> None:
        """Read one record with these text columns."""
        value = self.raw.get(name) or {}
        if not isinstance(value, Mapping):
            self.fault(name, f"{label} is not a record.")
            value = {}
        self.content[name] = {
            column: " ".join(self._text(name, label, value.get(column)).split()) for column in columns
        }

    def fault(self, name: str, message: str) -> None:
        """Note what is wrong with a field."""
        self.issues.append(Issue(name, message, "unfit"))

    def finish(self) -> Content:
        """Return the content; raise ContentRefused with every fault found."""
        if self.issues:
            raise ContentRefused(self.issues)
        return self.content

    def _items(self, name: str, label: str) -> list[Any]:
        value = self.raw.get(name) or []
        if isinstance(value, list | tuple):
            return list(value)
        self.fault(name, f"{label} is not a list.")
        return []

    def _text(self, name: str, label: str, value: Any) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fault(name, f"{label} is not text.")
            return ""
        if not is_storable(value):
            self.fault(name, f"{label} {UNSTORABLE}")
            return ""
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
