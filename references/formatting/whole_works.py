"""The sources of everything that is no journal article: books and their parts, reports, theses, web pages, data sets.

Citing Medicine, chapters 2 (books), 3 (conference publications), 4 (reports), 5 (theses), 20 and 24 (databases), 22
(books on the Internet), 25 (web sites).
"""

import re
from collections.abc import Collection, Mapping
from typing import Any

from references.formatting.dates import nlm_date, short_ranges
from references.formatting.electronic import (
    available_from,
    cited,
    identifier_parts,
    is_cited_on_line,
    updated_and_cited,
)
from references.formatting.languages import language_printed
from references.formatting.names import nlm_editors, nlm_names
from references.formatting.titles import plain

Reference = Mapping[str, Any]

PARTS = frozenset({"chapter", "entry-encyclopedia", "entry-dictionary", "entry", "paper-conference"})
_ON_THE_INTERNET = frozenset({"webpage", "post", "post-weblog"})
_CONTENT_TYPES = {"dataset": "dataset", "software": "software"}
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_ORDINAL_WORDS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
_EDITION = re.compile(
    rf"(?:(?P<number>[0-9]{{1,3}})(?:st|nd|rd|th)?|(?P<word>{'|'.join(_ORDINAL_WORDS)}))(?: ed(?:ition|n)?\.?)?"
    r"(?P<revised>,? (?:and )?rev(?:ised|\.)?)?",
    re.IGNORECASE,
)


def whole_work(reference: Reference, identifiers: Collection[str]) -> list[str]:
    """The sentences after the authors: title, edition, editors, volume, imprint, extent, series, number, address."""
    editors = nlm_editors(reference.get("editor", ())) if nlm_names(reference.get("author", ())) else ""
    return [
        _titled(reference, _title(reference)),
        _text(reference, "container_title"),
        edition(_text(reference, "edition")),
        editors,
        _volume(reference),
        _event(reference),
        _imprint(reference),
        _extent(reference),
        _series(reference),
        *_ending(reference, identifiers),
    ]


def part_of_work(reference: Reference, identifiers: Collection[str]) -> list[str]:
    """A chapter, an entry or a paper: "Title. In: Test A, editor. Book. Place: Publisher; 2002. p. 93-113".

    With a date of its own in a book that goes on: "Title. 2003 Feb 7 [updated 2019 Jun 13]. In: …; 1993-".
    """
    editors = nlm_editors(reference.get("editor", ()))
    book = _titled(reference, _text(reference, "container_title"))
    first, *others = [part for part in (editors, book) if part] or [""]
    return [
        _title(reference),
        _own_date(reference),
        f"In: {first}" if first else "",
        *others,
        edition(_text(reference, "edition")),
        _volume(reference),
        _event(reference, at="" if first else "Presented at: "),
        _imprint(reference),
        _pages(reference),
        _series(reference),
        *_ending(reference, identifiers),
    ]


def web_page(reference: Reference, identifiers: Collection[str]) -> list[str]:
    """A web site, or a page of one: "Site [Internet]. Place: Publisher. Page; 2005 Mar 3 [cited …]. Available …"."""
    site, title = _text(reference, "container_title"), _title(reference)
    if not site or site == title:
        return [_titled(reference, title or site), edition(_text(reference, "edition")), _imprint(reference),
                *_ending(reference, identifiers)]  # fmt: skip
    page = "; ".join(part for part in (title.removesuffix("."), _date(reference)) if part)
    return [_titled(reference, site), _publisher(reference), page, *_ending(reference, identifiers)]


def edition(text: str) -> str:
    """The edition as NLM prints it: "2nd ed." for "2", "2nd" or "Second edition"; other words as they stand."""
    match = _EDITION.fullmatch(text)
    if match is None:
        return text
    number = int(match["number"] or _ORDINAL_WORDS[match["word"].lower()])
    ending = "th" if number % 100 in {11, 12, 13} else _ORDINALS.get(number % 10, "th")
    return f"{number}{ending} ed.{', rev.' if match['revised'] else ''}"


def _title(reference: Reference) -> str:
    """The title, a translated one in brackets behind that in its own language: "Das Werk [The work]".

    Citing Medicine, chapter 4, Box 16. Of articles in journals NLM prints the translated title alone.
    """
    title, original = _text(reference, "title"), _text(reference, "original_title")
    return f"{original} {title}" if original and title.startswith("[") else title


def _titled(reference: Reference, title: str) -> str:
    """The title with what kind of work it is and on what medium: "A title [dissertation]", "A title [Internet]"."""
    marks = [mark for mark in (_content_type(reference), _medium(reference)) if mark]
    if marks and marks[-1] == "Internet" and len(marks) == 2:
        marks = [f"{marks[0]} on the Internet"]
    return " ".join([title, *(f"[{mark}]" for mark in marks)]) if title else ""


def _content_type(reference: Reference) -> str:
    kind, genre = reference.get("type", ""), _text(reference, "genre")
    if kind == "thesis":
        return "master's thesis" if "master" in genre.lower() else "dissertation"
    return _CONTENT_TYPES.get(kind, "")


def _medium(reference: Reference) -> str:
    if medium := _text(reference, "medium"):
        return medium
    return "Internet" if is_cited_on_line(reference) or reference.get("type") in _ON_THE_INTERNET else ""


def _volume(reference: Reference) -> str:
    volume = _text(reference, "volume")
    return f"Vol. {volume}" if volume and not _text(reference, "collection_title") else ""


def _event(reference: Reference, at: str = "") -> str:
    parts = (_text(reference, "event_title"), nlm_date(_text(reference, "event_date")), _text(reference, "event_place"))
    event = "; ".join(part for part in parts if part)
    return f"{at}{event}" if event else ""


def _imprint(reference: Reference) -> str:
    return "; ".join(part for part in (_publisher(reference), _date(reference)) if part)


def _publisher(reference: Reference) -> str:
    return ": ".join(part for part in (_text(reference, "publisher_place"), _text(reference, "publisher")) if part)


def _date(reference: Reference) -> str:
    if _has_own_date(reference):
        book = nlm_date(_text(reference, "container_issued"))
        return f"{book if '-' in book else f'{book}-'} {cited(reference)}".strip()
    dates = (nlm_date(_text(reference, "issued")), updated_and_cited(reference))
    return " ".join(part for part in dates if part)


def _own_date(reference: Reference) -> str:
    if not _has_own_date(reference):
        return ""
    updated = f"[updated {nlm_date(_text(reference, 'updated'))}]" if _text(reference, "updated") else ""
    return f"{nlm_date(_text(reference, 'issued'))} {updated}".strip()


def _has_own_date(reference: Reference) -> bool:
    return reference.get("type") in PARTS and bool(_text(reference, "issued") and _text(reference, "container_issued"))


def _pages(reference: Reference) -> str:
    pages = short_ranges(_text(reference, "page"))
    return f"p. {pages}" if pages else ""


def _extent(reference: Reference) -> str:
    count = _text(reference, "number_of_pages")
    if not count:
        return _pages(reference)
    return f"{count} p." if re.fullmatch(r"[0-9ivxlcdm, ]+", count, re.IGNORECASE) else count


def _series(reference: Reference) -> str:
    series, number = _text(reference, "collection_title"), _text(reference, "collection_number")
    if not number and series and (volume := _text(reference, "volume")):
        number = f"vol. {volume}"
    elif number.isdigit():
        number = f"no. {number}"
    inside = "; ".join(part for part in (series, number) if part)
    return f"({inside})" if inside else ""


def _ending(reference: Reference, identifiers: Collection[str]) -> list[str]:
    """Number, address and language, in this order (Citing Medicine, chapter 4, Box 16, and chapter 23, Box 24)."""
    number = _text(reference, "number")
    on_line = _medium(reference) == "Internet" or reference.get("type") in _CONTENT_TYPES
    epub = _text(reference, "epub")
    address = available_from(reference) if on_line else ""
    known = identifier_parts(reference, identifiers) if "doi.org/" not in address else []
    return [
        f"Report No.: {number}" if number else "",
        f"Epub {nlm_date(epub)}" if epub else "",
        address,
        language_printed(reference),
        *known,
    ]


def _text(reference: Reference, name: str) -> str:
    value = str(reference.get(name) or "").strip()
    return plain(value) if "<" in value else value
