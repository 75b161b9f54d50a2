"""References in BibTeX and biblatex, entry by entry, so that a broken one costs itself only."""

import re
from collections.abc import Iterator

from references.formats.bibtex_crossref import Parsed, with_parents
from references.formats.bibtex_entries import Entry, RawField, entries, fields
from references.formats.bibtex_fields import GENRES, KNOWN, PARTS, PEOPLE, TEXTS, TYPES, VERBATIM
from references.formats.bibtex_names import read_name, split_names
from references.formats.dates import csl_date, is_understood
from references.formats.kept_by_programs import custom_without_day_saved, for_readers
from references.formats.latex import from_latex
from references.formats.nlm_text import DATE
from references.formats.records import LONGEST_RECORD, NOT_CLOSED, TOO_LONG, Reading
from references.formats.remarks import custom_of, parted
from references.formats.text import Text
from references.formats.told_apart import people_in
from references.formats.values import (
    filled,
    identifier,
    isbns,
    issns,
    language,
    put_identifier,
    storable,
    tidy,
    without_full_stop,
)

_NO_ENTRIES = frozenset({"comment", "preamble"})
_MOST_MACROS = 10_000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_VERBATIM_ESCAPES = re.compile(
    r"\\([_%&#$~{}<>])|\{\\?([_~])\}|\$([<>])\$|\\text(less|greater)(?:\{\})?\s?|\\url\s?|[{}]"
)
_COMMANDS = {"less": "<", "greater": ">"}
_EPUB = re.compile(rf"Epub ({DATE})\.(?: |$)")
_ADDRESS = re.compile(r"\\url\s*\{([^{}\s]+)\}|(https?://[^\s{}]+)")
_SEEN = re.compile(
    r"\[?(?:online; )?(?:last )?(?:accessed|visited|retrieved|checked)(?: on)?:?\s*"
    r"([^;()\[\]\n]{4,40}?)\s*(?:[.;)\]]|$)",
    re.IGNORECASE,
)
_MONTH_AND_DAY = re.compile(r"([0-9]{2})-(0[0-9])")
_DASHES = re.compile(r"\s*[-–—]+\s*")


def read_bibtex(text: Text) -> Iterator[Reading]:
    """Each entry of a BibTeX file; macros that the file defines are put in."""
    macros = {name: name.capitalize() for name in _MONTHS}
    for parsed in with_parents(_parsed(text, macros)):
        yield _read(parsed, macros)


def _parsed(text: Text, macros: dict[str, str]) -> Iterator[Parsed]:
    for entry in entries(text):
        if entry.kind == "string" and len(macros) < _MOST_MACROS:
            for one in fields(Entry(entry.line, "", entry.text, "," + entry.body))[1]:
                macros[one.name] = _joined(one, macros, Reading(0))[:1000]
        elif entry.kind not in _NO_ENTRIES and entry.kind != "string":
            key, found, strange = fields(entry)
            raw: dict[str, RawField] = {}
            for one in found:
                raw.setdefault(one.name, one)
            yield Parsed(entry, key, raw, strange)


def _read(parsed: Parsed, macros: dict[str, str]) -> Reading:
    entry, raw = parsed.entry, parsed.raw
    reading = Reading(entry.line, storable(entry.text.rstrip()))
    if not entry.closed:
        long = len(entry.text) > LONGEST_RECORD
        reading.remark(TOO_LONG if long else NOT_CLOSED)
    for line in parsed.strange:
        reading.remark("Something here is no field “name = value” and was not read.", line)
    for one in raw.values():
        if one.name not in KNOWN:
            reading.remark(f"The field “{one.name}” is not one of BibTeX; it was not read.", one.line)
    if "crossref" in raw:
        reading.remark(f"The entry “{parsed.parent}”, named by “crossref”, was not found.", raw["crossref"].line)
    written = {name: joined for name, one in raw.items() if (joined := _joined(one, macros, reading).strip())}
    _put_address(raw, written)
    _Item(reading, entry.kind, raw, written).put(parsed.key)
    return reading


def _put_address(raw: dict[str, RawField], written: dict[str, str]) -> None:
    """How a page is usually cited: howpublished={\\url{https://…}}, note={Accessed: 2010-09-30}."""
    if "url" not in written and (match := _ADDRESS.search(written.get("howpublished", ""))):
        written["url"], raw["url"] = match[1] or match[2], raw["howpublished"]
        del written["howpublished"]
    seen = _SEEN.search(written.get("note", "")) if "url" in written and "urldate" not in written else None
    # "30-September-2010", as Wikipedia has it.
    day = re.sub(r"-(?=[A-Z])|(?<=[a-z])-", " ", seen[1]) if seen else ""
    if seen and is_understood(csl_date(day)):
        written["urldate"] = day
        written["note"] = _SEEN.sub("", written["note"], count=1).strip(" .;,\n")


def _joined(one: RawField, macros: dict[str, str], reading: Reading) -> str:
    """The pieces as one text, with macros replaced by what they stand for."""
    texts = []
    for piece in one.pieces:
        name = piece[1:].lower() if piece.startswith("#") else ""
        if name and not name.isdigit() and name not in macros:
            reading.remark(f"The macro “{name}” is not defined in the file and stays as it is written.", one.line)
        texts.append(macros.get(name, piece[1:]) if name else piece)
    return "".join(texts)


def _verbatim(match: re.Match[str]) -> str:
    return match[1] or match[2] or match[3] or _COMMANDS.get(match[4], "")


class _Item:
    """Makes the item of one entry out of its fields."""

    def __init__(self, reading: Reading, kind: str, raw: dict[str, RawField], written: dict[str, str]) -> None:
        self._reading = reading
        self._kind = kind
        self._raw = raw
        self._written = written
        self._type = self._csl_type()

    def put(self, key: str) -> None:
        """Put everything into the reading."""
        reading = self._reading
        reading.item = filled(
            {
                "id": tidy(key),
                "type": self._type,
                **{variable: self._people(name) for name, variable in PEOPLE.items()},
                **self._titles(),
                **{variable: self._first(*names) for variable, names in TEXTS.items()},
                **self._numbers(),
                "genre": self._text("type") or GENRES.get(self._kind, ""),
                "ISBN": isbns([self._text("isbn")]),
                "ISSN": issns([self._text("issn")]),
                "URL": self._text("url"),
            }
        )
        reading.item["language"] = language(reading.item.get("language", ""))
        if self._type == "article-journal":
            reading.item.pop("publisher-place", None)
        self._put_dates()
        self._put_identifiers()
        custom = custom_without_day_saved(reading, custom_of(parted(self._text("pubmedremarks"))))
        custom["notes"] = self._notes(custom.get("notes", []))
        reading.item = filled(reading.item | {"custom": filled(custom)})

    def _notes(self, told_apart: list[str]) -> list[str]:
        """The notes: as our own files tell them apart, while their field says nothing else."""
        note, more = self._note(), self._text("addendum")
        notes = told_apart if " ".join(told_apart) == note else [note]
        return [text for text in (*notes, more) if text]

    def _note(self) -> str:
        """The note without what our own files say in it: the electronic date, and how the work stood at that time."""
        if "note" in self._written:
            lines = self._written["note"].split("\n")
            self._written["note"] = "\n".join(for_readers(self._reading, lines, self._raw["note"].line))
        note = tidy(self._text("note").replace(self._text("standing"), ""))
        found = _EPUB.match(note)
        if found is None or not is_understood(date := csl_date(found[1])):
            return note
        self._reading.item["available-date"] = date
        return note[found.end() :]

    def _csl_type(self) -> str:
        kind = self._subtype() or TYPES.get(self._kind, "document")
        if self._kind not in TYPES:
            self._reading.remark(f"The type “@{self._kind}” is not one of BibTeX.")
        is_preprint = "eprint" in self._written and not {"journal", "journaltitle"} & set(self._written)
        if kind in {"article-journal", "document"} and is_preprint:
            return "article"
        return "webpage" if kind == "document" and "url" in self._written else kind

    def _subtype(self) -> str:
        """Whether an article stands in a magazine or newspaper; other words of the field are anybody's own."""
        named = self._written.get("entrysubtype", "").lower()
        return TYPES[named] if self._kind == "article" and named in {"magazine", "newspaper"} else ""

    def _text(self, name: str) -> str:
        """A field without LaTeX; commands that are not known are named."""
        raw = self._written.get(name, "")
        if name in VERBATIM:
            return tidy(_VERBATIM_ESCAPES.sub(_verbatim, raw))
        text, unknown = from_latex(raw)
        for command in unknown:
            self._reading.remark(f"The command {command[:40]} of LaTeX is not known here.", self._raw[name].line)
        return tidy(text)

    def _first(self, *names: str) -> str:
        return next((text for name in names if (text := self._text(name))), "")

    def _people(self, name: str) -> list[dict[str, str]]:
        if name not in self._written:
            return []
        line = self._raw[name].line
        names = split_names(self._written[name])
        return [each for one in names for each in people_in(self._reading, one, read_name, line)]

    def _titles(self) -> dict[str, str]:
        title = ": ".join(text for name in ("title", "subtitle") if (text := self._text(name)))
        book = ": ".join(text for name in ("booktitle", "booksubtitle") if (text := self._text(name)))
        series = self._text("series")
        container = self._first("fjournal", "journaltitle", "journal")
        if self._type in PARTS:
            container = book or container or (title if "chapter" in self._written else "")
        return {
            "title": without_full_stop(title),
            "container-title": container if container != title else "",
            "collection-title": series,
        }

    def _numbers(self) -> dict[str, str]:
        """Pages, and the number, which is that of an issue, of a report or of a volume in a series."""
        number = self._first("number", "issue")
        if self._type == "report":
            name = "number"
        else:
            name = "collection-number" if "series" in self._written and self._type != "article-journal" else "issue"
        pages = _DASHES.sub("-", self._first("pages", "page")) or self._first(
            "articleno", "article-number", "artnum", "eid"
        )
        return {"page": pages, name: _DASHES.sub("-", number)}

    def _put_dates(self) -> None:
        date = self._text("date") or self._year_and_month()
        accessed, event = self._first("urldate", "lastchecked"), self._text("eventdate")
        for name, text in (("issued", date), ("accessed", accessed), ("event-date", event)):
            if text:
                read = csl_date(text)
                self._reading.item[name] = read
                if not is_understood(read):
                    line = next((self._raw[one].line for one in ("date", "year") if one in self._raw), None)
                    self._reading.remark(f"The date “{text[:60]}” was not read whole.", line)

    def _year_and_month(self) -> str:
        year, month, day = (self._text(name) for name in ("year", "month", "day"))
        if match := _MONTH_AND_DAY.fullmatch(month):
            return f"{year}-{match[0]}"
        if month.isdigit():
            return "-".join([year, month.zfill(2), *([day.zfill(2)] if day.isdigit() else [])])
        words = " ".join(part for part in (year, month, day) if part)
        turned = f"{month} {year}"
        return turned if month and not is_understood(csl_date(words)) and is_understood(csl_date(turned)) else words

    def _put_identifiers(self) -> None:
        reading = self._reading
        for name in ("doi", "pmid", "pmcid"):
            if name in self._raw:
                put_identifier(reading, name.upper(), self._text(name), self._raw[name].line)
        kind = (self._text("eprinttype") or self._text("archiveprefix")).lower()
        eprint = self._text("eprint")
        if kind in {"pmid", "pubmed"}:
            put_identifier(reading, "PMID", eprint, self._raw["eprint"].line)
        elif kind == "arxiv" and "DOI" not in reading.item and eprint:
            reading.item.setdefault("number", f"arXiv:{eprint.removeprefix('arXiv:')}")
        if "DOI" not in reading.item and "doi.org/" in reading.item.get("URL", ""):
            reading.item = filled(reading.item | {"DOI": identifier("DOI", reading.item["URL"])})
