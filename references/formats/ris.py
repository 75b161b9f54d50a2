"""References in RIS, as databases and reference managers export them.

Source: the RIS specification of Reference Manager, and what the exports of today make of it. The same tag means
different things for different types and makers; `references.formats.ris_fields` holds the table.
"""

import re
from collections.abc import Iterator
from typing import Any

from references.formats.dates import csl_date, is_understood
from references.formats.kept_by_programs import custom_without_day_saved
from references.formats.records import NOT_ENDED, Reading
from references.formats.remarks import custom_of, is_remark, medium_of
from references.formats.ris_fields import IN_JOURNALS, KNOWN, NEEDS_PLACE, PEOPLE, TEXTS, TYPES, WORDS, Wanted
from references.formats.tagged import Field, TaggedRecord, values
from references.formats.text import Text
from references.formats.values import filled, identifier, isbns, issns, language, put_identifier, without_full_stop

_TAGGED = re.compile(r"([A-Z][A-Z0-9]) {1,3}-(?:\s+(.*)|)$", re.DOTALL)
_ONE_SPACE = re.compile(r"[A-Z][A-Z0-9] -")
_NUMBERING = re.compile(r"\s*(?:[0-9]+\s*\.|Record #|Provider:|Content:|Database:)")
_PUBMED = re.compile(r"\b(?:PMID|PUBMED)[:\s]*([0-9]{4,9})\b", re.IGNORECASE)
_DASHES = str.maketrans("‐‑‒–—−", "------")
_AUTHORS = frozenset({"AU", "A1"})
# Ovid puts its own marks behind a title, a few at most, and the number of PubMed into the addresses of its copies of
# MEDLINE.
_BY_OVID = re.compile(r"(?:\.?\s*\[(?:Review|[0-9]+ refs?)\]){1,4}\.?$")
_IN_OVID = re.compile(
    r"https?://[^/]*ovid[^/]*/(?=.*[?&]D=(?:med|prem|ppez))(?:.*[?&])AN=([0-9]{4,8})(?![^&#])", re.IGNORECASE
)
_FROM_PUBMED = re.compile(r"PubMed|Medline$|NLM$")
_PMC = re.compile(r"\bPMC[0-9]{3,9}\b")
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/\S+", re.IGNORECASE)


def read_ris(text: Text) -> Iterator[Reading]:
    """Each record of a RIS file; lines between records are named."""
    record, open_ = TaggedRecord(1), False
    for number, line in text.lines():
        tag, value = _tagged(line)
        if tag == "TY" or (tag and not open_ and tag != "ER"):
            yield from _closed(record, ended=not open_)
            record, open_ = TaggedRecord(number), True
        if tag == "ER":
            record.add(number, line, tag, "")
            yield from _closed(record, ended=True)
            record, open_ = TaggedRecord(number + 1), False
        elif tag:
            record.add(number, line, tag, value)
        else:
            record.go_on(number, line)
    yield from _closed(record, ended=not open_)


def _tagged(line: str) -> tuple[str, str]:
    """The tag and text of a line; a tag with one space only counts when it is a known one."""
    match = _TAGGED.match(line)
    if match is None or (_ONE_SPACE.match(line) and match[1] not in KNOWN):
        return "", ""
    return match[1], match[2] or ""


def _closed(record: TaggedRecord, *, ended: bool) -> Iterator[Reading]:
    if any(one.tag != "ER" for one in record.fields):
        reading = _read(record)
        if not ended:
            reading.remark(NOT_ENDED, record.fields[-1].line)
        yield reading
    elif record.strange and not _is_numbering(record):
        yield Reading(record.line, remarks=[(record.strange[0], "This is outside of any record and was not read.")])


def _is_numbering(record: TaggedRecord) -> bool:
    """Some databases write "12." between records, and the number of the record with its provider."""
    return all(_NUMBERING.match(line) for line in record.lines if line.strip())


def _read(record: TaggedRecord) -> Reading:
    reading = record.reading()
    fields = record.by_tag()
    written = next(iter(values(fields["TY"])), "")
    kind = TYPES.get(written.upper()) or WORDS.get(written.upper(), "")
    if not kind:
        kind = "document" if written else "article-journal"
        reading.remark(f"The type “{written}” is not one of RIS." if written else "The record has no type (TY).")
    wanted = Wanted(reading, kind, fields)
    reading.item = filled(
        {
            "type": kind,
            **{name: wanted.text(tags) for name, tags in TEXTS.items()},
            **{name: wanted.people(tags) for name, tags in PEOPLE.items()},
            "author": wanted.people_of([one for one in record.fields if one.tag in _AUTHORS and not one.is_empty]),
            **wanted.titles(),
            "medium": medium_of(values(fields["N1"])),
            "page": _pages(fields),
            "ISSN": issns(values(fields["SN"])) if kind not in {"book", "chapter"} else "",
            "ISBN": isbns(values(fields["SN"])) if kind in {"book", "chapter", "report", "paper-conference"} else "",
        }
    )
    if written.upper() == "EDBOOK" and "author" in reading.item:
        reading.item["editor"] = reading.item.pop("author") + reading.item.get("editor", [])
    _tidy(reading, values(fields["M1"]))
    _put_dates(reading, fields)
    _put_identifiers(reading, fields)
    custom = custom_without_day_saved(reading, custom_of(values(fields["N1"])))
    reading.item = filled(reading.item | {"custom": custom})
    for one in record.fields:
        if one.tag not in KNOWN:
            reading.remark(f"The tag {one.tag} is not one of RIS; it was not read.", one.line)
    return reading


def _tidy(reading: Reading, numbers: list[str]) -> None:
    item = reading.item
    if "title" in item:
        item["title"] = without_full_stop(_BY_OVID.sub("", item["title"]))
    if item["type"] in IN_JOURNALS and (electronic := csl_date(item.pop("edition", ""))).get("date-parts"):
        # EndNote writes the electronic date of an article into the field of the edition.
        item["available-date"] = electronic
    if item["type"] == "article-journal" and numbers and numbers[0].isdigit():
        item.setdefault("issue", numbers[0])
    if item["type"] == "report" and numbers:
        item["number"] = numbers[0]
    if "language" in item:
        item["language"] = language(item["language"])
    if item["type"] not in NEEDS_PLACE:
        item.pop("publisher-place", None)


def _pages(fields: dict[str, list[Field]]) -> str:
    """First and last page as "53-71"; a range may stand in the first alone. Without pages the number of the article."""
    begin, end = (next(iter(values(fields[tag])), "") for tag in ("SP", "EP"))
    begin, end = begin.translate(_DASHES), end.translate(_DASHES).lstrip("-")
    if not begin:
        return end or next(iter(values(fields["C7"] + fields["AR"] + fields["PG"])), "")
    return f"{begin}-{end}" if end and end != begin and "-" not in begin else begin


def _put_dates(reading: Reading, fields: dict[str, list[Field]]) -> None:
    """The most exact of the dates of one year; the year of PY counts first, then that of DA, then the old Y1."""
    given = next(iter(values(fields["PY"])), "")
    dates = [(one, _date(one, given)) for tag in ("PY", "DA", "Y1") for one in fields[tag][:1]]
    dates.sort(key=lambda pair: not is_understood(pair[1]))
    if dates:
        year = _year(dates[0][1])
        same = [date for _, date in dates if is_understood(date) and year in (None, _year(date))]
        reading.item["issued"] = max(same, key=_exactness, default=dates[0][1])
        if not is_understood(reading.item["issued"]):
            reading.remark(f"The date “{dates[0][0].value}” was not read whole.", dates[0][0].line)
    if reading.item["type"] != "paper-conference" and (seen := fields["Y2"][:1]):
        accessed = csl_date(seen[0].value)
        if is_understood(accessed):
            reading.item["accessed"] = accessed


def _date(one: Field, year: str) -> dict[str, Any]:
    """A date; Web of Science writes the month and the day without their year: "DEC", "MAY 3"."""
    date = csl_date(one.value)
    beside = csl_date(f"{year} {one.value}") if one.tag == "DA" and not is_understood(date) else date
    return beside if is_understood(beside) else date


def _year(date: dict[str, list[list[int]]]) -> int | None:
    return date["date-parts"][0][0] if date.get("date-parts") else None


def _exactness(date: dict[str, list[list[int]]]) -> tuple[int, bool]:
    return len(date["date-parts"][0]), "season" in date


def _put_identifiers(reading: Reading, fields: dict[str, list[Field]]) -> None:
    """Identifiers stand in a field of their own, in addresses, or somewhere in numbers and notes."""
    for one in fields["DO"][:1] + fields["DI"][:1]:
        put_identifier(reading, "DOI", one.value, one.line)
    addresses = values(fields["UR"] + fields["L2"] + fields["LK"] + fields["M3"])
    numbers = values(fields["AN"] + fields["ID"])
    notes = [note[:2000] for note in values(fields["C3"] + fields["C2"] + fields["N1"] + fields["U2"]) + numbers]
    notes = [note for note in notes if not is_remark(note)]
    of_pubmed = any(_FROM_PUBMED.match(one) for one in values(fields["DB"] + fields["DP"]))
    found = {
        "DOI": [identifier("DOI", one) for one in addresses if _DOI_ADDRESS.fullmatch(one)],
        "PMID": [
            *(identifier("PMID", one) for one in addresses if "pubmed" in one),
            *(match[1] for one in addresses if (match := _IN_OVID.match(one))),
            *(identifier("PMID", one) for one in numbers[:1] if of_pubmed),
            *(match[1].lstrip("0") for note in notes if (match := _PUBMED.search(note))),
        ],
        "PMCID": [
            *(identifier("PMCID", one) for one in values(fields["C2"])),
            *(match[0] for note in notes if (match := _PMC.search(note))),
        ],
    }
    for name, texts in found.items():
        if first := next(filter(None, texts), ""):
            reading.item.setdefault(name, first)
