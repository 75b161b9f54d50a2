"""What was read, as one JSON object or as lines for people, written while it is read."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from references.formats.records import Problem, Record

Write = Callable[[str], object]

_IN_MEMORY = 1_000_000
_STEP = 50_000_000
_MOST_PROBLEMS = 100
_LONGEST_LABEL = 300


def progress_of(found: Iterable[Record | Problem], stream: BinaryIO, write: Write) -> Iterator[Record | Problem]:
    """The same records and problems, while every 50 MB a line says how far the reading is."""
    counted, step = 0, _STEP
    for one in found:
        counted += isinstance(one, Record)
        if (at := _position(stream)) >= step:
            write(f"{at // 1_000_000:,} MB read, {counted:,} references.")
            step = at - at % _STEP + _STEP
        yield one


def write_json(found: Iterable[Record | Problem], write: Write) -> int:
    """Write `{"records": [CSL-JSON, …], "problems": [{"record", "line", "message"}, …]}`; returns how many records.

    Problems wait in a file of their own until the records are written.
    """
    count = 0
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8") as problems:
        write('{"records": [\n')
        for one in found:
            if isinstance(one, Problem):
                problems.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
            else:
                write(("," if count else "") + _as_json(one) + "\n")
                count += 1
        problems.seek(0)
        write('], "problems": [\n')
        for number, line in enumerate(problems):
            write(("," if number else "") + line)
        write("]}\n")
    return count


def write_summary(found: Iterable[Record | Problem], write: Write) -> int:
    """Write a line for each record and the first hundred problems, then how many of both; returns how many records."""
    count, problems, format_name = 0, 0, ""
    for one in found:
        if isinstance(one, Record):
            count, format_name = count + 1, one.format
            write(f"{one.number}. line {one.line}: {_label(one)}\n")
        else:
            problems += 1
            if problems <= _MOST_PROBLEMS:
                write(f"   line {one.line}: {one.message}\n")
    if problems > _MOST_PROBLEMS:
        write(f"   and {problems - _MOST_PROBLEMS:,} more.\n")
    write(
        f"{count:,} references read{f' as {format_name}' if count else ''}, {problems:,} problems. Nothing was added.\n"
    )
    return count


def _as_json(record: Record) -> str:
    return json.dumps(record.item, ensure_ascii=False, allow_nan=False)


def _label(record: Record) -> str:
    item = record.item
    names = [name.get("family") or name.get("literal", "") for name in item.get("author", item.get("editor", []))]
    year = item.get("issued", {}).get("date-parts", [[""]])[0][0]
    who = " and others".join([names[0], ""]) if len(names) > 2 else " and ".join(names)
    label = ", ".join(str(part) for part in (who, year, item.get("title", "")) if part)
    return label if len(label) <= _LONGEST_LABEL else f"{label[:_LONGEST_LABEL]}…"


def _position(stream: BinaryIO) -> int:
    try:
        return stream.tell()
    except (OSError, ValueError):
        return 0
