"""Brings whatever was typed or imported to the shape of a reference, and names everything that cannot be brought."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from alstrom_site.editorial.content import MOST_ROWS, ContentReader
from alstrom_site.editorial.kinds import Content
from alstrom_site.partial_dates import PartialDate
from references.identifiers import parse_doi, parse_isbn, parse_issn, parse_pmcid, parse_pmid
from references.shape import (
    BASE,
    DATES,
    LINES,
    LISTS,
    MOST_PEOPLE,
    NOTICE,
    NUMBER_LISTS,
    PEOPLE,
    PERSON,
    SOURCE_LINE,
    TYPES,
)

# The characters a Pandoc citation key may hold; it begins with a letter, a digit or "_" and ends with one of them.
_KEY = re.compile(r"[A-Za-z0-9_]+([:.#$%&\-+?<>~/][A-Za-z0-9_]+)*")
_NUMBERS: dict[str, Callable[[str], str]] = {"DOI": parse_doi, "PMID": parse_pmid, "PMCID": parse_pmcid}
_NUMBER_LISTS: dict[str, Callable[[str], str]] = dict(zip(NUMBER_LISTS, (parse_isbn, parse_issn), strict=True))
_LONGEST_LINE = 1000
_LONGEST_ADDRESS = 2000
_SCHEMES = frozenset({"http", "https", "ftp"})


def cleaned(raw: Mapping[str, Any]) -> Content:
    """The content with every field of its shape that is filled; ContentRefused with every fault."""
    reader = ContentReader(raw)
    key = reader.line("key", "Key", longest=80, required=True)
    if key and not _KEY.fullmatch(key):
        reader.fault("key", f"The key “{key}” may hold letters, digits, “_” and single marks inside, no spaces.")
    reader.choice("type", "Type", TYPES)
    for name, label in PEOPLE.items():
        _read_people(reader, name, label)
    for name, label in LINES.items():
        reader.line(name, label, longest=_LONGEST_LINE)
    reader.line(SOURCE_LINE, "The line of the source", longest=5 * _LONGEST_LINE)
    _read_dates(reader)
    _read_numbers(reader)
    _read_address(reader)
    reader.text("abstract", "Abstract")
    for name, label in LISTS.items():
        reader.lines(name, label)
    reader.rows("notices", "Linked notices", NOTICE)
    reader.content["notices"] = _without_empty_cells(reader.content["notices"])
    content = reader.finish()
    return {name: value for name, value in content.items() if value or name in BASE}


def _read_people(reader: ContentReader, name: str, label: str) -> None:
    """Read the people of a work, of whom a work can have thousands."""
    value = reader.raw.get(name) or []
    whole = value if isinstance(value, list | tuple) else [value]
    if len(whole) > MOST_PEOPLE:
        reader.fault(name, f"{label} has {len(whole):,} entries. Shorten the list to {MOST_PEOPLE:,}.")
    people: list[dict[str, str]] = []
    for first in range(0, min(len(whole), MOST_PEOPLE), MOST_ROWS):
        part = ContentReader({name: whole[first : first + MOST_ROWS]})
        part.rows(name, label if first == 0 else f"{label} after the first {first:,}", PERSON)
        reader.issues += part.issues
        people += _without_empty_cells(part.content[name])
    reader.content[name] = people


def _without_empty_cells(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{name: value for name, value in row.items() if value} for row in rows]


def _read_dates(reader: ContentReader) -> None:
    for name, label in DATES.items():
        value = reader.line(name, label, longest=40)
        try:
            reader.content[name] = str(PartialDate.parse(value)) if value else ""
        except ValueError as error:
            reader.fault(name, f"{label}: {error}")


def _read_numbers(reader: ContentReader) -> None:
    for name, parse in _NUMBERS.items():
        value = reader.line(name, name, longest=300)
        reader.content[name] = _parsed(reader, name, parse, value) if value else ""
    for name, parse in _NUMBER_LISTS.items():
        reader.lines(name, name)
        parsed = [_parsed(reader, name, parse, value) for value in reader.content[name]]
        reader.content[name] = list(dict.fromkeys(parsed))


def _parsed(reader: ContentReader, name: str, parse: Callable[[str], str], value: str) -> str:
    try:
        return parse(value)
    except ValueError as error:
        reader.fault(name, f"{name}: {error}")
        return value


def _read_address(reader: ContentReader) -> None:
    """Read an address that readers may be led to: nothing but http, https and ftp."""
    address = reader.line("URL", "Address on the web", longest=_LONGEST_ADDRESS)
    if address and not is_web_address(address):
        reader.fault("URL", f"“{address}” is not an address on the web. It begins with https:// and has no spaces.")


def is_web_address(text: str) -> bool:
    """Whether a text is an address that a link may lead to."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.netloc) and not re.search(r"[\s\"<>\\^`{|}\x00-\x20]", text)
