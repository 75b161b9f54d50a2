"""A field's value cut into parts that are compared one with another: Markdown blocks, entries of a list, cells."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t\r\n]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t\r]*$")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t\r\n]|$)")
_QUOTE = re.compile(r" {0,3}>")
_TABLE_ROW = re.compile(r" {0,3}\|")
_LONE_IMAGE = re.compile(r" {0,3}!\[[^\n]*\)[ \t\r]*$")


@dataclass(frozen=True)
class Part:
    """One part of a value: its kind, its text without the white space after it, that white space, and the value.

    `identity` is equal for two parts exactly when their values are. An atomic part is an address or a key: another
    one is another thing, however alike they look.
    """

    kind: str
    core: str
    gap: str = ""
    value: object = None
    identity: str = ""
    is_atomic: bool = False
    columns: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, gap and all."""
        return self.core + self.gap


def canonical(value: object) -> str:
    """JSON text that is equal exactly for equal values; what JSON cannot hold stands as its repr."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=repr)


def shape(value: object) -> str:
    """How a value is taken apart: "text", "list", "record" or "single"."""
    if isinstance(value, str):
        return "text"
    if isinstance(value, Mapping):
        return "record"
    return "list" if isinstance(value, Sequence) else "single"


def as_text(value: object) -> str:
    """A single value as people read it: text as it is, anything else as JSON."""
    return value if isinstance(value, str) else canonical(value)


def cells(row: Mapping[str, object], columns: Sequence[str]) -> list[str]:
    """The keys of a row in the order of showing: the given columns, then the others by name."""
    return [key for key in columns if key in row] + sorted(key for key in row if key not in columns)


def row_text(row: Mapping[str, object], columns: Sequence[str] = ()) -> str:
    """A row as text: a line "key: value" for each cell."""
    return "".join(f"{key}: {as_text(row[key])}\n" for key in cells(row, columns))


def entries(values: Sequence[object], columns: Sequence[str], kind: str) -> list[Part]:
    """The entries of a list, each one part."""
    return [_entry(value, columns, kind) for value in values]


def _entry(value: object, columns: Sequence[str], kind: str) -> Part:
    text = row_text(value, columns) if isinstance(value, Mapping) else as_text(value)
    bare = isinstance(value, str) and not any(character.isspace() for character in value)
    return Part(kind, text, "", value, canonical(value), bare, tuple(columns))


def line(text: str) -> list[Part]:
    """A line as its one part; none when it is empty."""
    return [Part("line", text, "", text, text)] if text else []


def single(value: object) -> list[Part]:
    """A number, true or false as its one part; none for nothing."""
    return [] if value is None else [Part("value", as_text(value), "", value, canonical(value))]


def markdown(text: str) -> list[Part]:
    """The blocks of a Markdown text in order; their texts joined are the text again.

    A light reading by lines, enough to show changes: a block is a heading, a paragraph, a list item, a table row,
    a quotation or a fenced code block, each with the blank lines after it.
    """
    return [_block(kind, lines) for kind, lines in _runs_of_lines(text)]


def _block(kind: str, lines: list[str]) -> Part:
    whole = "".join(lines)
    end = len(lines)
    while end and _is_blank(lines[end - 1]):
        end -= 1
    core = "".join(lines[:end]).removesuffix("\n")
    if kind == "paragraph" and _LONE_IMAGE.match(core):
        kind = "image"
    if not end:
        kind, core = "blank line", whole
    return Part(kind, core, whole[len(core) :], core, core)


def _is_blank(text: str) -> bool:
    return not text.strip(" \t\r\n")


def _runs_of_lines(text: str) -> Iterator[tuple[str, list[str]]]:
    kind, lines, fence = "", list[str](), ""
    for text_line in re.findall(r"[^\n]*\n|[^\n]+", text):
        starts = _kind_of(text_line)
        if not fence and _begins(kind, starts, after_blank=bool(lines) and _is_blank(lines[-1])):
            if lines:
                yield kind, lines
            kind, lines = starts, []
            fence = _fence(text_line) if starts == "code" else ""
        elif fence and _closes(text_line, fence):
            fence = ""
        if kind == "paragraph" and lines and _UNDERLINE.match(text_line):
            kind = "heading"
        lines.append(text_line)
    if lines:
        yield kind, lines


def _begins(current: str, starts: str, *, after_blank: bool) -> bool:
    """Whether a line of kind `starts` begins a block after a line of the block `current`."""
    if starts == "blank":
        return not current
    if not current or after_blank or current in {"heading", "blank", "code"}:
        return True
    if starts == "paragraph":
        return current == "table row"
    return starts != "quote" or current != "quote"


def _kind_of(text: str) -> str:
    if _is_blank(text):
        return "blank"
    kinds = (("code", _FENCE), ("heading", _HEADING), ("list item", _LIST_ITEM), ("quote", _QUOTE))
    for kind, pattern in (*kinds, ("table row", _TABLE_ROW)):
        if pattern.match(text):
            return kind
    return "paragraph"


def _fence(text: str) -> str:
    found = _FENCE.match(text)
    return found[1] if found else ""


def _closes(text: str, fence: str) -> bool:
    found = _FENCE.match(text)
    return bool(found) and _fence(text).startswith(fence) and not text.strip(" \t\r\n").strip(fence[0])
