"""The Retraction Watch data as Crossref publishes them: one CSV file with a row for each notice.

Columns as documented with the file (https://gitlab.com/crossref/retraction-watch-data): a missing PubMed number is 0, a
missing DOI is empty or "unavailable", a date is month/day/year with a time that means nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import BinaryIO

from references.formats.records import Problem
from references.formats.text import Text
from references.identifiers import parse_doi, parse_pmid
from references.standing import Notice
from references.watching.csv_records import CsvRecords

SOURCE = "Retraction Watch"
NATURES = {
    "retraction": "RetractionIn",
    "expression of concern": "ExpressionOfConcernIn",
    "correction": "ErratumIn",
    "reinstatement": "ReinstatementIn",
}
"""What the column RetractionNature says, in the terms of PubMed."""
_NEEDED = ("RecordID", "RetractionNature", "RetractionDate", "RetractionDOI", "RetractionPubMedID")
_NEEDED_OF_THE_WORK = ("OriginalPaperDOI", "OriginalPaperPubMedID")
_WORDS = ("Title", "Author", "Journal", "OriginalPaperDate", "Reason")
_LONGEST_WORDS = 500
_NONE = frozenset({"", "0", "unavailable", "n/a", "none"})
_PLAIN_DOI = re.compile(r"10\.[0-9]{4,9}/[a-z0-9./_-]*[a-z0-9]", re.ASCII)
# A DOI may hold a semicolon or a comma, and no space.
_SEVERAL = re.compile(r"\s*[;,]\s+")
_PLAIN_PMID = re.compile(r"[1-9][0-9]{0,7}", re.ASCII)
_YEAR = re.compile(r"[12][0-9]{3}", re.ASCII)
_DATE = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\b|([0-9]{4})-([0-9]{2})-([0-9]{2})\b")


class NotTheFile(ValueError):
    """What was given is no such CSV file; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a row says in words: the title of the work, where it appeared, and why there is a notice; "" for nothing."""

    title: str = ""
    appeared: str = ""
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One notice with the identifiers of the work that it is about; "" where the row has none.

    `also`: more DOIs of the same work, such as that of a preprint.
    """

    line: int
    doi: str
    pmid: str
    notice: Notice
    words: Words = field(default_factory=Words)
    also: tuple[str, ...] = ()


def read_retraction_watch(stream: BinaryIO) -> Iterator[Row | Problem]:
    """Yield each row of a file of bytes that names a work, and what was not understood, by line; bounded memory.

    Raises NotTheFile when the columns are not those of Retraction Watch.
    """
    text = Text(stream)
    records = CsvRecords(text)
    places = _places(records.names)
    for line, cells in records:
        if records.broken or text.remarks:
            yield from _problems(records, text)
        cell = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
        yield from _row(line, cell)
    yield from _problems(records, text)


def _places(names: list[str]) -> dict[str, int]:
    found = {"".join(name.split()).casefold(): at for at, name in enumerate(names)}
    missing = [name for name in (*_NEEDED, *_NEEDED_OF_THE_WORK) if name.casefold() not in found]
    if missing:
        raise NotTheFile(
            f"This is not the CSV file of Retraction Watch: its first line has no column {', '.join(missing)}. "
            "Give the file “retraction_watch.csv” as it was downloaded."
        )
    wanted = {name.casefold(): name for name in (*_NEEDED, *_NEEDED_OF_THE_WORK, *_WORDS)}
    return {name: found[folded] for folded, name in wanted.items() if folded in found}


def _problems(records: CsvRecords, text: Text) -> Iterator[Problem]:
    for said in (records.broken, text.remarks):
        yield from (Problem(None, line, message) for line, message in said)
        said.clear()


def _row(line: int, cell: Mapping[str, str]) -> Iterator[Row | Problem]:
    nature = NATURES.get(cell["RetractionNature"].casefold())
    if nature is None:
        yield Problem(None, line, f"“{cell['RetractionNature']}” is no kind of notice that is known here.")
        return
    remarks: list[Problem] = []

    def read(name: str, parse: Callable[[str], str], text: str | None = None) -> str:
        # What is not understood costs itself alone: the retraction that the row tells of is not lost with it.
        try:
            return parse(cell[name] if text is None else text)
        except ValueError as error:
            remarks.append(Problem(None, line, f"{name} was left out: {error}"))
            return ""

    several = _SEVERAL.split(cell["OriginalPaperDOI"])
    dois = [doi for part in several if (doi := read("OriginalPaperDOI", _doi, part))]
    pmid = read("OriginalPaperPubMedID", _pmid)
    said = f"{SOURCE}, record {cell['RecordID']}" if cell["RecordID"] else SOURCE
    day, number = read("RetractionDate", _date), read("RetractionPubMedID", _pmid)
    notice = Notice(nature, day, number, read("RetractionDOI", _doi), said)
    yield from remarks
    if dois or pmid:
        yield Row(line, "".join(dois[:1]), pmid, notice, _words(cell), tuple(dois[1:]))


def _words(cell: Mapping[str, str]) -> Words:
    title, authors, journal, printed, reasons = (cell.get(name, "")[:_LONGEST_WORDS] for name in _WORDS)
    appeared = (authors.replace(";", "; "), journal, printed.partition(" ")[0])
    # Each reason is written as “+Error in Data;”.
    each_reason = (reason.strip(" +") for reason in reasons.split(";"))
    return Words(title, ", ".join(filter(None, appeared)), "; ".join(filter(None, each_reason)))


def _doi(text: str) -> str:
    folded = text.lower()
    # Nearly all are written as we keep them; the reader of every spelling takes five times as long.
    return folded if _PLAIN_DOI.fullmatch(folded) else "" if folded in _NONE else parse_doi(text)


def _pmid(text: str) -> str:
    return text if _PLAIN_PMID.fullmatch(text) else "" if text.casefold() in _NONE else parse_pmid(text)


@lru_cache(maxsize=4096)
def _date(text: str) -> str:
    if not text or _YEAR.fullmatch(text):
        return text
    found = _DATE.match(text)
    if found is None:
        raise ValueError(f"“{text}” is no date such as 2/6/2010.")
    month, day, year = found.group(1, 2, 3) if found[3] else found.group(5, 6, 4)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError as error:
        raise ValueError(f"“{text}” is no day of a calendar.") from error
