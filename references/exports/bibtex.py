"""References written as BibTeX, with the fields of biblatex beside the old ones where those say less.

Source: "BibTeXing" (O. Patashnik) and the manual of biblatex, chapter 2.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alstrom_site.partial_dates import PartialDate
from references.exports.latex import latex, latex_title, verbatim
from references.exports.lines import note_lines, one_line, printed_date, standing_lines
from references.formats.remarks import joined, notes_as_remarks, pubmed_as_remarks
from references.formatting.electronic import doi_as_written
from references.shape import is_others

Reference = Mapping[str, Any]

# Programs that do not know a type print it as "misc".
TYPES = {
    "article-journal": "article",
    "article-newspaper": "article",
    "article-magazine": "article",
    "article": "preprint",
    "book": "book",
    "chapter": "incollection",
    "report": "techreport",
    "thesis": "phdthesis",
    "webpage": "online",
    "dataset": "dataset",
    "software": "software",
    "paper-conference": "inproceedings",
}
_SUBTYPES = {"article-newspaper": "newspaper", "article-magazine": "magazine"}
_PUBLISHERS = {"report": "institution", "thesis": "school"}
_CONTAINERS = {"chapter": "booktitle", "paper-conference": "booktitle"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_VERBATIM = frozenset({"doi", "url", "pmid", "pmcid", "isbn", "issn", "urldate", "date", "eventdate"})
_TITLES = frozenset({"title", "journal", "booktitle"})
_RANGE = re.compile(r"\A([0-9]+)[-–]([0-9]+)\Z")
_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9_:.+/-]+")
_SPLIT_BY_BIBTEX = re.compile(r",|\band\b|^others$", re.IGNORECASE)


def write_bibtex(references: Iterable[Reference]) -> Iterator[str]:
    """The entries of a BibTeX file, each with the empty line after it; no key comes twice."""
    taken: set[str] = set()
    for reference in references:
        fields = [_field(name, text) for name, value in _fields(reference) if (text := one_line(value))]
        kind = _kind(reference)
        yield f"@{kind}{{{_key(reference, taken)},\n" + "".join(f"  {field},\n" for field in fields) + "}\n\n"


def _kind(reference: Reference) -> str:
    if reference.get("type") == "thesis" and "master" in one_line(reference.get("genre")).lower():
        return "mastersthesis"
    return TYPES.get(reference.get("type", ""), "misc")


def _key(reference: Reference, taken: set[str]) -> str:
    key = wanted = _NOT_IN_A_KEY.sub("-", one_line(reference.get("key"))) or "reference"
    number = 1
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    taken.add(key)
    return key


def _field(name: str, text: str) -> str:
    if name == "month":
        return f"month = {text}"
    if name in {"author", "editor"}:
        return f"{name} = {{{text}}}"
    if name in _TITLES:
        return f"{name} = {{{latex_title(text, keep_capitals=name == 'title')}}}"
    return f"{name} = {{{verbatim(text) if name in _VERBATIM else latex(text)}}}"


def _fields(reference: Reference) -> Iterator[tuple[str, Any]]:
    kind = reference.get("type", "")
    for role in ("author", "editor"):
        yield role, " and ".join(filter(None, map(_name, reference.get(role, ()))))
    yield "title", reference.get("title")
    yield "origtitle", reference.get("original_title")
    yield "entrysubtype", _SUBTYPES.get(kind)
    yield "type", reference.get("genre")
    yield _CONTAINERS.get(kind, "journal"), reference.get("container_title")
    yield "shortjournal", reference.get("container_title_short")
    yield from _dates(reference)
    yield "volume", reference.get("volume")
    yield "number", reference.get("issue") or reference.get("number") or reference.get("collection_number")
    # A short range stays one: "1193--202" is read, and printed, as it stands.
    yield "pages", _RANGE.sub(r"\1--\2", one_line(reference.get("page")))
    yield "pagetotal", reference.get("number_of_pages")
    yield _PUBLISHERS.get(kind, "publisher"), reference.get("publisher")
    yield "address", reference.get("publisher_place")
    yield "edition", reference.get("edition")
    yield "howpublished", reference.get("medium")
    yield "series", reference.get("collection_title")
    yield "eventtitle", reference.get("event_title")
    yield "venue", reference.get("event_place")
    yield "eventdate", reference.get("event_date")
    yield from _identifiers(reference)
    yield "language", reference.get("language")
    yield "abstract", reference.get("abstract")
    yield "note", " ".join(_notes(reference))
    yield "pubmedremarks", joined([*pubmed_as_remarks(reference), *_each_note(reference)])
    # Other programs show the note; by this our own reader knows which words of it are no note.
    yield "standing", " ".join(standing_lines(reference))


def _dates(reference: Reference) -> Iterator[tuple[str, str]]:
    issued = reference.get("issued", "")
    try:
        date = PartialDate.parse(issued)
    except ValueError:
        yield "year", issued
        return
    yield "year", f"{date.year:04}"
    if len(date.begins) > 1 and date.precision != "season":
        yield "month", _MONTHS[date.begins[1] - 1]
    yield "date", str(date)


def _identifiers(reference: Reference) -> Iterator[tuple[str, Any]]:
    yield "doi", doi_as_written(reference)
    for name in ("PMID", "PMCID"):
        yield name.lower(), reference.get(name)
    yield "isbn", ", ".join(reference.get("ISBN", ()))
    yield "issn", ", ".join(reference.get("ISSN", ()))
    yield "url", reference.get("URL")
    yield "urldate", reference.get("accessed")


def _notes(reference: Reference) -> list[str]:
    epub = printed_date(reference.get("epub", ""))
    return [*([f"Epub {epub}."] if epub else []), *note_lines(reference)]


def _each_note(reference: Reference) -> list[str]:
    """Several notes, which stand in one field, once more as remarks that can be told apart."""
    notes = notes_as_remarks(reference)
    return notes if len(notes) > 1 else []


def _name(person: Mapping[str, str]) -> str:
    """A name as "Family, Suffix, Given"; a group in braces, which keep it in one piece."""
    if is_others(person):
        return "others"
    if literal := one_line(person.get("literal")):
        return f"{{{latex(literal)}}}"
    family, suffix, given = (_whole(one_line(person.get(part))) for part in ("family", "suffix", "given"))
    if not given and not suffix:
        return f"{{{family}}}" if family else ""
    return ", ".join([family or "{}", suffix, given]) if suffix else f"{family or '{}'}, {given}"


def _whole(text: str) -> str:
    """A part of a name, in braces when BibTeX would take it apart."""
    return f"{{{latex(text)}}}" if _SPLIT_BY_BIBTEX.search(text) else latex(text)
