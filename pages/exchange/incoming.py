"""The documents that files hold, cleaned by their kinds and ready for the actions."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.kinds import Content, ContentRefused, kind_named
from alstrom_site.editorial.workflow import Issue
from pages.exchange.files import BIBLIOGRAPHIES, read_text
from pages.exchange.front_matter import FileRefused, read_document
from pages.exchange.report import Report
from references.csl import fields_without_a_place, from_csl

# What is referred to comes before what refers to it.
ORDER = ("reference", "term", "faq", "article")


@dataclass(frozen=True)
class Incoming:
    """One document of an import: its content in full shape, and where in which file its fields stand."""

    kind: str
    content: Content
    path: str
    lines: Mapping[str, int] = field(default_factory=dict)
    first_line: int = 0
    only_new: bool = False
    """Begins a document and never changes one: what stands at its address already is left alone."""

    @property
    def address(self) -> str:
        """The last part of its public address."""
        return kind_named(self.kind).address(self.content)

    @property
    def digest(self) -> str:
        """The digest that a text with this content has if it is saved now."""
        return sha256(canonical_json(kind_named(self.kind).clean(self.content)))


def read_files(paths: Iterable[Path], report: Report) -> list[Incoming]:
    """The documents of these files in the order in which they must enter; the report names all that is unfit."""
    found = [each for path in paths for each in _read_file(path, report)]
    return in_order(_unambiguous(found, report))


def in_order(documents: Iterable[Incoming]) -> list[Incoming]:
    """References, terms, questions, articles; within a kind as the files came."""
    return sorted(documents, key=lambda each: ORDER.index(each.kind))


def refused(report: Report, document: Incoming, issues: Iterable[Issue]) -> None:
    """Add what a kind or an action refused to the report, each with the line of its field."""
    for issue in issues:
        line = document.lines.get(issue.field, document.first_line)
        report.problem(document.path, issue.message, line=line, name=issue.field, code=issue.code)


def cleaned(
    kind: str, raw: Mapping[str, Any], report: Report, *, path: str, lines: Mapping[str, int], first_line: int = 0
) -> Incoming | None:
    """The document with its content cleaned by its kind; None when the kind refuses, which the report then says."""
    try:
        return Incoming(kind, kind_named(kind).clean(raw), path, lines, first_line)
    except ContentRefused as refusal:
        refused(report, Incoming(kind, {}, path, lines, first_line), refusal.issues)
        return None


def _read_file(path: Path, report: Report) -> Iterator[Incoming]:
    text = read_text(path, report)
    if text is None:
        return
    if path.suffix in BIBLIOGRAPHIES:
        yield from _read_bibliography(text, str(path), report)
        return
    try:
        written = read_document(text)
    except FileRefused as refusal:
        for fault in refusal.faults:
            report.problem(str(path), fault.message, line=fault.line, name=fault.field)
        return
    document = cleaned(written.kind, written.raw, report, path=str(path), lines=written.lines)
    if document is not None:
        yield document


def _read_bibliography(text: str, path: str, report: Report) -> Iterator[Incoming]:
    """Read entry by entry, so that an unfit one costs no other."""
    for number, item in enumerate(_items(text, path, report), start=1):
        line = _line_of(item, text)
        try:
            raw = from_csl(item)
        except ValueError as error:
            report.problem(path, f"Entry {number}: {error}", line=line)
            continue
        for name in fields_without_a_place(item):
            message = f"The entry “{raw['key']}” has a field that is not kept here. It was left out."
            report.note(path, message, line=line, name=name, code="left-out")
        document = cleaned("reference", raw, report, path=path, lines={}, first_line=line)
        if document is not None:
            yield document


def _items(text: str, path: str, report: Report) -> list[dict[str, Any]]:
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        report.problem(path, f"This is not JSON: {error.msg}.", line=error.lineno)
    except (ValueError, RecursionError):
        report.problem(path, "This JSON is nested too deeply or holds a number too long to be read.")
    else:
        if isinstance(items, list) and all(isinstance(item, dict) for item in items):
            return items
        report.problem(path, "A bibliography in CSL-JSON is a list of entries, each an object.")
    return []


def _line_of(item: Mapping[str, Any], text: str) -> int:
    """The line on which the entry's own id stands; 0 when it has none."""
    key = json.dumps(item.get("id"), ensure_ascii=False)
    found = re.search(rf'"id"\s{{0,9}}:\s{{0,9}}{re.escape(key)}', text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _unambiguous(documents: list[Incoming], report: Report) -> Iterator[Incoming]:
    """Keep out all documents that would stand at one address: nobody can know which of them is meant."""
    counted = Counter((each.kind, each.address) for each in documents)
    for each in documents:
        if counted[each.kind, each.address] == 1:
            yield each
            continue
        others = sorted({other.path for other in documents if _same_place(each, other)} - {each.path})
        where = f"also in {', '.join(others)}" if others else "more than once in this file"
        name = kind_named(each.kind).address_field
        line = each.lines.get(name, each.first_line)
        message = f"The address “{each.address}” stands {where}. None of them was taken."
        report.problem(each.path, message, line=line, name=name, code="address-twice")


def _same_place(one: Incoming, other: Incoming) -> bool:
    return (one.kind, one.address) == (other.kind, other.address)
