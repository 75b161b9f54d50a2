"""A document as a file: YAML front matter between lines of “---”, then its main text in Markdown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from alstrom_site.editorial.kinds import Content
from pages.exchange.shapes import SHAPES, Columns, Shape
from pages.exchange.strict_yaml import YamlRefused, read_mapping, write_mapping

FENCE = "---"


@dataclass(frozen=True)
class Fault:
    """What is wrong at one line of a file."""

    line: int
    field: str
    message: str


class FileRefused(ValueError):
    """The text is not the file of a document; `faults` says all that is wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.message for fault in faults))


@dataclass(frozen=True)
class Written:
    """What a file holds, before its kind has looked at it, and the line on which each field begins."""

    kind: str
    raw: Mapping[str, Any]
    lines: Mapping[str, int]


def read_document(text: str) -> Written:
    """The document that a file holds; FileRefused with every fault of the file's form."""
    front, body, first_line = _parts(text)
    try:
        fields, lines = read_mapping(front)
    except YamlRefused as refused:
        raise FileRefused([Fault(refused.line + 1, "", str(refused))]) from refused
    lines = {name: line + 1 for name, line in lines.items()}
    kind, shape = _kind(fields, lines)
    faults = list(_unknown(fields, lines, shape))
    if faults:
        raise FileRefused(faults)
    raw = {name: value for name, value in fields.items() if name != "kind"}
    return Written(kind, {**raw, shape.main: body}, {**lines, shape.main: first_line})


def write_document(kind: str, content: Content) -> str:
    """The file of a content, in the one form in which reading and writing it again gives the same bytes."""
    shape = SHAPES[kind]
    fields = {name: _ordered(content[name], columns) for name, columns in shape.fields.items()}
    front = write_mapping({"kind": kind, **fields})
    body = f"\n{content[shape.main]}\n" if content[shape.main] else ""
    return f"{FENCE}\n{front}{FENCE}\n{body}"


def _ordered(value: Any, columns: Columns) -> Any:
    """The value with its columns in the order of the file; what is stored has them in the order of the alphabet."""
    if isinstance(value, list):
        return [_ordered(item, columns) for item in value]
    return {column: value[column] for column in columns} if columns else value


def _parts(text: str) -> tuple[str, str, int]:
    """The front matter, what follows it, and the line on which its first words stand."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        message = "The front matter is missing: the first line must be “---”, then the fields, then “---” again."
        raise FileRefused([Fault(1, "", message)])
    closing = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() == FENCE), None)
    if closing is None:
        raise FileRefused([Fault(1, "", "The front matter does not end: no second line “---” follows.")])
    body = lines[closing + 1 :]
    blank = next((number for number, line in enumerate(body) if line.strip()), 0)
    return "\n".join(lines[1:closing]) + "\n", "\n".join(body), closing + 2 + blank


def _kind(fields: Mapping[str, Any], lines: Mapping[str, int]) -> tuple[str, Shape]:
    kind = fields.get("kind")
    known = ", ".join(SHAPES)
    if "kind" not in fields:
        raise FileRefused([Fault(1, "kind", f"The kind is missing. Write one of: {known}.")])
    if not isinstance(kind, str) or kind not in SHAPES:
        raise FileRefused([Fault(lines["kind"], "kind", f"The kind cannot be “{kind}”. Write one of: {known}.")])
    return kind, SHAPES[kind]


def _unknown(fields: Mapping[str, Any], lines: Mapping[str, int], shape: Shape) -> Iterator[Fault]:
    for name, value in fields.items():
        if name == shape.main:
            yield Fault(lines[name], name, "This field is the text after the front matter. Move it there.")
        elif name not in shape.fields and name != "kind":
            yield Fault(lines[name], name, f"There is no field of this name. Known: {', '.join(shape.fields)}.")
        elif name != "kind" and shape.fields[name]:
            yield from _unknown_columns(name, value, lines[name], shape.fields[name])


def _unknown_columns(name: str, value: Any, line: int, columns: Columns) -> Iterator[Fault]:
    for row in value if isinstance(value, list) else [value]:
        for column in row if isinstance(row, Mapping) else ():
            if column not in columns:
                message = f"There is no “{column}” in it. Known: {', '.join(columns)}."
                yield Fault(line, name, message)
