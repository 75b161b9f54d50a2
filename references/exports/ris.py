"""References written as RIS: one tag a line, "ER  - " at the end (specification of Reference Manager, 2011)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alstrom_site.partial_dates import PartialDate
from references.exports.lines import full_range, inverted, one_line, standing_lines
from references.formats.remarks import medium_as_remark, notes_as_remarks, pubmed_as_remarks
from references.formatting.electronic import doi_as_written

Reference = Mapping[str, Any]

TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
    "dataset": "DATA",
    "article": "PREPRINT",
    "paper-conference": "CPAPER",
    "article-newspaper": "NEWS",
    "article-magazine": "MGZN",
    "software": "COMP",
}
_PARTS = frozenset({"chapter", "paper-conference"})
_IN_JOURNALS = frozenset({"article-journal", "article", "article-newspaper", "article-magazine"})
_BOOKS = frozenset({"book", "chapter", "report", "paper-conference"})


def write_ris(references: Iterable[Reference]) -> Iterator[str]:
    """The records of a RIS file, each with the empty line after it; line ends as RIS has them."""
    for reference in references:
        lines = [f"{tag}  - {text}" for tag, value in _fields(reference) if (text := one_line(value))]
        yield "\r\n".join([*lines, "ER  - ", "", ""])


def _fields(reference: Reference) -> Iterator[tuple[str, Any]]:
    kind = reference.get("type", "")
    yield "TY", TYPES.get(kind, "GEN")
    yield "ID", reference.get("key")
    for person in reference.get("author", ()):
        yield "AU", inverted(person)
    for person in reference.get("editor", ()):
        yield "A2" if kind in _PARTS else "ED", inverted(person)
    yield "TI", reference.get("title")
    yield from _container(reference, kind)
    yield from _dates(reference)
    yield "VL", reference.get("volume")
    yield "IS", reference.get("issue")
    yield from zip(("SP", "EP"), full_range(reference.get("page", "")), strict=True)
    yield "PB", reference.get("publisher")
    yield "CY", reference.get("publisher_place")
    if kind not in _IN_JOURNALS:
        yield "ET", reference.get("edition")
    yield "M3", reference.get("genre")
    yield "M1", reference.get("number")
    yield from _identifiers(reference, kind)
    yield "LA", reference.get("language")
    yield "AB", reference.get("abstract")
    remarks = (*notes_as_remarks(reference), *medium_as_remark(reference), *pubmed_as_remarks(reference))
    for remark in (*standing_lines(reference), *remarks):
        yield "N1", remark


def _container(reference: Reference, kind: str) -> Iterator[tuple[str, Any]]:
    yield "JF" if kind in _IN_JOURNALS else "T2", reference.get("container_title")
    yield "JA", reference.get("container_title_short") if kind in _IN_JOURNALS else ""
    yield "T3", reference.get("collection_title")


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    issued = reference.get("issued", "")
    yield "PY", issued[:4]
    yield "DA", _ris_date(issued)
    # As reference managers write the electronic date of articles that come from PubMed.
    yield "ET", _ris_date(reference.get("epub", "")).rstrip("/") if reference.get("type") in _IN_JOURNALS else ""
    yield "Y2", _ris_date(reference.get("accessed", ""))


def _ris_date(text: str) -> str:
    """YYYY/MM/DD/other: what is not known is empty, a season or a range stands under "other"."""
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return f"///{one_line(text)}" if text else ""
    if date.ends is not None or date.precision == "season":
        return f"{date.year:04}///{date.nlm().partition(' ')[2]}"
    year, month, day = (*(f"{part:02}" for part in date.begins), "", "")[:3]
    return f"{year:0>4}/{month}/{day}/"


def _identifiers(reference: Reference, kind: str) -> Iterator[tuple[str, Any]]:
    yield "DO", doi_as_written(reference)
    if reference.get("PMID"):
        yield "AN", reference["PMID"]
        yield "DB", "PubMed"
    yield "C2", reference.get("PMCID")
    yield "UR", reference.get("URL")
    for number in reference.get("ISBN" if kind in _BOOKS else "ISSN", ()):
        yield "SN", number
