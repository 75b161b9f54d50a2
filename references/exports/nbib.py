"""References written in the MEDLINE format of PubMed (nbib): a tag of four characters, long lines folded under it.

Source: "MEDLINE/PubMed Data Element (Field) Descriptions" (NLM).
"""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alstrom_site.partial_dates import PartialDate
from references.exports.lines import inverted, one_line, printed_date, standing_lines
from references.formats.pubmed import BOOKSHELF, NOTICE_TAGS
from references.formats.remarks import notes_as_remarks, notice_words
from references.formats.values import medline_language
from references.formatting import nlm_name, nlm_source
from references.formatting.electronic import doi_as_written
from references.shape import is_others

Reference = Mapping[str, Any]

_WIDTH = 88
_TAGS_OF_NOTICES = {kind: tag for tag, kind in NOTICE_TAGS.items()}
# What tells the type of a work that is no article in a journal.
_TYPES = {
    "book": "Book",
    "chapter": "Book Chapter",
    "report": "Technical Report",
    "thesis": "Academic Dissertation",
    "dataset": "Dataset",
    "article": "Preprint",
}
_IN_BOOKSHELF = re.compile(re.escape(BOOKSHELF).replace(r"\{\}", "(NBK[0-9]+)"))
_SENTENCE_ENDS = (".", "?", "!", "…")


def write_nbib(references: Iterable[Reference]) -> Iterator[str]:
    """The records of an nbib file, each with the empty line after it."""
    for reference in references:
        lines = [_folded(tag, text) for tag, value in _fields(reference) if (text := one_line(value)) or tag == "PMID"]
        yield "\n".join([*lines, "", ""])


def _folded(tag: str, text: str) -> str:
    whole = f"{tag:<4}- {text}"
    if len(whole) <= _WIDTH:
        return whole
    return "\n".join(
        textwrap.wrap(whole, _WIDTH, subsequent_indent=" " * 6, break_long_words=False, break_on_hyphens=False)
    )


def _fields(reference: Reference) -> Iterator[tuple[str, Any]]:
    own_date = reference.get("type") == "chapter" and reference.get("issued") and reference.get("container_issued")
    yield "PMID", reference.get("PMID")
    yield "CTDT", _digits(reference["issued"]) if own_date else ""
    yield "DRDT", _digits(reference.get("updated", ""))
    for number in reference.get("ISSN", ()):
        yield "IS", number
    for number in reference.get("ISBN", ()):
        yield "ISBN", number
    yield "VI", reference.get("volume")
    yield "IP", reference.get("issue")
    yield "DP", printed_date(reference.get("container_issued" if own_date else "issued", ""))
    yield from _titles(reference)
    yield "PG", reference.get("page")
    yield "LID", f"{doi_as_written(reference)} [doi]" if reference.get("DOI") else ""
    yield "AID", _bookaccession(reference)
    yield "AB", reference.get("abstract")
    yield from _people(reference)
    yield "EN", reference.get("edition")
    yield "LA", medline_language(reference.get("language", ""))
    for kind in _publication_types(reference):
        yield "PT", kind
    for notice in reference.get("notices", ()):
        kind = notice.get("type", "")
        tag = _TAGS_OF_NOTICES.get(kind)
        yield tag or "GN", notice_words(notice) if tag else f"{kind}: {notice_words(notice)}"
    yield "DEP", _digits(reference.get("epub", ""))
    yield "PL", reference.get("publisher_place")
    yield "PB", reference.get("publisher")
    yield from _journal(reference)
    yield "PMC", reference.get("PMCID")
    for remark in (*standing_lines(reference), *notes_as_remarks(reference)):
        yield "GN", remark
    yield "PST", reference.get("publication_status")
    yield "PUBM", reference.get("publication_model")
    yield "SO", reference.get("source_line") or nlm_source(reference)


def _bookaccession(reference: Reference) -> str:
    """The number in NLM's Bookshelf of what is cited as it stands there: "NBK1 [bookaccession]"."""
    match = _IN_BOOKSHELF.fullmatch(str(reference.get("URL") or ""))
    return f"{match[1]} [bookaccession]" if match and reference.get("medium") == "Internet" else ""


def _titles(reference: Reference) -> Iterator[tuple[str, Any]]:
    kind, title, book = reference.get("type"), reference.get("title", ""), reference.get("container_title", "")
    ended = title if title.endswith(_SENTENCE_ENDS) else f"{title}."
    yield "BTI" if kind == "book" else "TI", ended if title and kind != "book" else title
    yield "BTI", book if kind == "chapter" else ""
    yield "CTI", reference.get("collection_title")
    yield "TT", reference.get("original_title")


def _people(reference: Reference) -> Iterator[tuple[str, Any]]:
    for role, full, short in (("author", "FAU", "AU"), ("editor", "FED", "ED")):
        for person in reference.get(role, ()):
            if is_others(person):
                yield short, "et al."
                continue
            if person.get("literal") and role == "author":
                yield "CN", person["literal"]
                continue
            yield full, inverted(person, rank_at_end=False)
            yield short, nlm_name(person)


def _publication_types(reference: Reference) -> list[str]:
    kinds = [*reference.get("publication_types", ())]
    own = _TYPES.get(reference.get("type", ""))
    return kinds if own is None or own in kinds else [*kinds, own]


def _journal(reference: Reference) -> Iterator[tuple[str, Any]]:
    if reference.get("type") not in {"book", "chapter"}:
        yield "TA", reference.get("container_title_short")
        yield "JT", reference.get("container_title")


def _digits(text: str) -> str:
    """A day as YYYYMMDD; a date that is less exact as NLM prints it."""
    try:
        exact = PartialDate.parse(text).precision == "day" and "/" not in text
    except ValueError:
        return ""
    return text.replace("-", "") if exact else printed_date(text)
