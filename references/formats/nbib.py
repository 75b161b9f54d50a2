"""References in the MEDLINE format of PubMed, which files named .nbib hold.

Source: "MEDLINE/PubMed Data Element (Field) Descriptions" (NLM).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from references.formats.dates import csl_date, edtf, is_understood
from references.formats.names import family_and_initials, medline_name, with_sounds
from references.formats.pubmed import BOOKSHELF, NOTICE_TAGS, csl_type, finish, notice
from references.formats.records import Reading
from references.formats.remarks import custom_of
from references.formats.tagged import Field, TaggedRecord, values
from references.formats.text import Text
from references.formats.values import filled, isbns, issns, language, put_identifier, without_full_stop

_TAGGED = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}-( ?)(.*)", re.DOTALL)
# A record begins with the first; the others begin one in files of other makers, after an empty line.
_FIRST = "PMID"
_ALSO_FIRST = frozenset({"OWN", "STAT", "TI"})

# Known, and not part of a reference: indexing, affiliations, dates of the record itself, investigators, grants.
_LEFT_OUT_LISTED = """
    AD ASS AUID CDAT CI COI COIS CP CRDT DA DCOM DDIN EDAT EIN EN FIR FPS GN GR GS IR IRAD IRID JID LR MH
    MHDA MID MIM NM NR OAB OABL OCI OID OT OTO OWN PHST PL PMCR PS PUBM RCN RF RN SB SFM SI SPIN STAT UI VTI
"""
_LEFT_OUT = frozenset(_LEFT_OUT_LISTED.split())
_READ_LISTED = """
    AB AID AU BTI CN CTDT CTI DEP DP DRDT ED EN FAU FED IP IS ISBN ISSN JT LA LID PB PG PL PMC PMID PST PT SO TA TI TT
    VI
"""
_READ = frozenset(_READ_LISTED.split())
_BRACKETS = re.compile(r"(.*?)\s*\[(doi|pii|bookaccession|pmc|pmcid|pubmed)\]", re.IGNORECASE | re.DOTALL)
_PEOPLE = (("author", "FAU", "AU"), ("editor", "FED", "ED"))


def read_nbib(text: Text) -> Iterator[Reading]:
    """Each record of a file in the MEDLINE format; what stands outside of records is named."""
    for record in _records(text):
        if record.fields:
            yield _read(record)
        elif record.strange:
            yield Reading(
                record.line, remarks=[(record.strange[0], "This is before the first record and was not read.")]
            )


def _records(text: Text) -> Iterator[TaggedRecord]:
    record, after_empty = TaggedRecord(1), True
    seen: set[str] = set()
    for number, line in text.lines():
        tag, value = _tagged(line)
        if tag and (tag == _FIRST or (after_empty and tag in _ALSO_FIRST & seen) or not record.fields):
            yield record
            record, seen = TaggedRecord(number), set()
        if tag:
            record.add(number, line, tag, value)
            seen.add(tag)
        elif line[:1].isspace() or not line:
            record.go_on(number, line)
        else:
            record.keep(number, line)
        after_empty = not line.strip()
    yield record


def _tagged(line: str) -> tuple[str, str]:
    """The tag and text of a line; without a space behind the hyphen only for the tags that are known."""
    match = _TAGGED.match(line)
    if match is None or not (match[2] or not match[3] or match[1] in _READ or match[1] in NOTICE_TAGS):
        return "", ""
    return match[1], match[3]


def _read(record: TaggedRecord) -> Reading:
    reading = record.reading()
    fields = record.by_tag()
    first = {tag: found[0].value for tag, found in fields.items() if tag in _READ}
    types = values(fields["PT"])
    container = first.get("JT") or first.get("TA", "")
    is_part = bool(first.get("BTI") and first.get("TI"))
    reading.item = filled(
        {
            "type": csl_type(types, container=first["BTI"] if is_part else container, book=first.get("BTI", "")),
            "title": without_full_stop(first.get("TI") or first.get("BTI") or first.get("TT", "")),
            "original-title": without_full_stop(first.get("TT", "")) if "TI" in first else "",
            **{name: _people(record.fields, full, short) for name, full, short in _PEOPLE},
            "container-title": first["BTI"] if is_part else first.get("JT", ""),
            "container-title-short": first.get("TA", ""),
            "collection-title": first.get("CTI", ""),
            "volume": first.get("VI", ""),
            "issue": first.get("IP", ""),
            "page": _pages(fields),
            "ISSN": issns(values(fields["IS"] + fields["ISSN"])),
            "ISBN": isbns(values(fields["ISBN"])),
            "publisher": first.get("PB", ""),
            "edition": first.get("EN", ""),
            "abstract": first.get("AB", ""),
            "language": language(first.get("LA", "")),
        }
    )
    own_date = is_part and "CTDT" in first
    _put_dates(reading, fields, issued="CTDT" if own_date else "DP")
    _put_identifiers(reading, fields)
    _put_address(reading, fields)
    _put_place(reading, first)
    _name_unknown(reading, record.fields)
    dates = {
        "updated": edtf(first.get("DRDT", "")) if "BTI" in first else "",
        "container_issued": edtf(first.get("DP", "")) if own_date else "",
    }
    return finish(reading, _custom(fields, types) | dates)


def _people(fields: list[Field], full: str, short: str) -> list[dict[str, str]]:
    """The people in order, each once: the full name where both stand in whatever order; groups where they stand."""
    found: list[dict[str, str]] = []
    alone: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    before = None
    for one in fields:
        if one.is_empty or one.tag not in {full, short, *(("CN",) if full == "FAU" else ())}:
            continue
        name = {"literal": one.value} if one.tag == "CN" else medline_name(one.value)
        # Right behind the full name stands its short one, also where the two are spelled differently.
        behind = alone[before] if before and before[0] == full and one.tag == short else None
        twins = behind or alone[full if one.tag == short else short, *family_and_initials(name)]
        before = None
        if twins:
            at = twins.pop(-1 if behind else 0)
            found[at] = _with_sounds(*((name, found[at]) if one.tag == full else (found[at], name)))
        else:
            before = (one.tag, *family_and_initials(name))
            alone[before].append(len(found))
            found.append(name)
    return found


def _with_sounds(full: dict[str, str], short: dict[str, str]) -> dict[str, str]:
    initials = short.get("given", "").replace(" ", "")
    return full | {"given": with_sounds(full["given"], initials)} if full.get("given") and initials else full


def _pages(fields: dict[str, list[Field]]) -> str:
    """The pages, else the number that the publisher gave the article, which NLM prints in their place."""
    if pages := values(fields["PG"]):
        return pages[0]
    located = [(one, _BRACKETS.fullmatch(one)) for one in values(fields["LID"])]
    numbers = [one for one, match in located if match is None]
    return next(iter(numbers + [match[1] for _, match in located if match and match[2] == "pii"]), "")


def _put_dates(reading: Reading, fields: dict[str, list[Field]], *, issued: str) -> None:
    for name, tag in (("issued", issued), ("available-date", "DEP")):
        for one in fields[tag][:1]:
            date = csl_date(one.value)
            reading.item[name] = date
            if not is_understood(date):
                how = "read as far as its year only" if "date-parts" in date else "not read"
                reading.remark(f"The date “{one.value}” was {how}.", one.line)


def _put_identifiers(reading: Reading, fields: dict[str, list[Field]]) -> None:
    for name, tag in (("PMID", "PMID"), ("PMCID", "PMC")):
        for one in fields[tag][:1]:
            put_identifier(reading, name, one.value, one.line)
    for one in fields["LID"] + fields["AID"]:
        match = _BRACKETS.fullmatch(one.value)
        if match and match[2].lower() == "doi":
            put_identifier(reading, "DOI", match[1], one.line)


def _put_address(reading: Reading, fields: dict[str, list[Field]]) -> None:
    """The address of what stands in the Bookshelf of NLM."""
    for one in values(fields["AID"]):
        match = _BRACKETS.fullmatch(one)
        if match and match[2].lower() == "bookaccession":
            reading.item |= {"URL": BOOKSHELF.format(match[1]), "medium": "Internet"}


def _put_place(reading: Reading, first: dict[str, str]) -> None:
    """The place is the publisher's for books; for journals it is the country, which no citation prints."""
    if reading.item["type"] in {"book", "chapter", "report"} and first.get("PL"):
        reading.item["publisher-place"] = first["PL"]


def _name_unknown(reading: Reading, fields: list[Field]) -> None:
    for one in fields:
        if one.tag not in _READ and one.tag not in _LEFT_OUT and one.tag not in NOTICE_TAGS:
            reading.remark(f"The tag {one.tag} is not one of MEDLINE; it was not read.", one.line)


def _custom(fields: dict[str, list[Field]], types: list[str]) -> dict[str, Any]:
    remarks = custom_of(values(fields["GN"]))
    notices = [notice(NOTICE_TAGS[tag], text) for tag in NOTICE_TAGS for text in values(fields.get(tag, []))]
    return {
        "publication_types": types,
        "notices": notices + remarks.get("notices", []),
        "notes": remarks.get("notes", []),
        "publication_status": next(iter(values(fields["PST"])), ""),
        "publication_model": next(iter(values(fields["PUBM"])), ""),
        "source_line": next(iter(values(fields["SO"])), ""),
    }
