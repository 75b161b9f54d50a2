"""Books, parts of books, reports, theses and web pages read from the text that NLM prints.

The forms are those of Citing Medicine, 2nd edition (NLM, Bookshelf NBK7256), chapters 2 to 5, 22 and 25:
"Authors. Title. 2nd ed. Place: Publisher; Date. 123 p.", "Authors. Title. In: Editors, editors. Book. Place: …",
"Title [Internet]. Place: Publisher; Date [cited Date]. Available from: Address", and of a page of a site "Site
[Internet]. Place: Publisher. Title; Date [cited Date]. Available from: Address". A chapter with a date of its own has
it before the book: "Title. 2003 Feb 7 [updated 2019 Jun 13]. In: Editors, editors. Book [Internet]. Place: Publisher;
1993-."
"""

import re
from collections.abc import Iterator
from typing import Any

from references.formats.dates import csl_date, edtf
from references.formats.nlm_front import Front, part_and_whole, whole
from references.formats.nlm_notices import end_of_work, told_apart
from references.formats.nlm_tail import SENTENCE_END, address_in, identifiers_ahead, is_tail, language_of
from references.formats.nlm_text import DATE, LONGEST_CITATION
from references.formats.values import filled

_ON_LINE = r"(?P<on_line>\[[^\[\]]{3,120}\])"
_WHEN = rf"(?:c|\[)?(?P<date>{DATE})(?:-(?= |\.|\[))?\]?(?: {_ON_LINE})?\.(?= |$)"
# The date comes last and has a full stop or what is cited on line behind it.
_IMPRINT = re.compile(
    rf"(?<=[.?!\]] )(?P<place>(?:[SFM]t\. )?[^.:;?!]{{2,80}}): (?P<publisher>[^;:]{{2,300}}); {_WHEN}"
)
# Without a place it could be anything, so it is looked for last.
_WITHOUT_PLACE = re.compile(rf"(?<=[.?!\]] )(?P<place>)(?P<publisher>(?:[^.:;?!]|\.(?! )){{2,300}}); {_WHEN}")
_SEEN = re.compile(
    rf"(?<=\[Internet\]\. )(?P<place>)(?P<publisher>)(?:(?P<date>{DATE}) )?"
    rf"(?P<on_line>\[(?:[^\[\]]{{3,60}}; )?cited {DATE}\])\.(?= |$)"
)
# PubMed writes "1993–2025" where NLM's citations have a hyphen.
_LONG_DASH = re.compile(r"(?<=; [0-9]{4})–")
_CITED = re.compile(rf"\bcited (?P<date>{DATE})")
_UPDATED = re.compile(rf"\bupdated (?P<date>{DATE})", re.IGNORECASE)
_OWN_DATE = re.compile(rf" (?P<date>{DATE})(?P<on_line> \[[^\]]{{3,120}}\])?\.$")
_COUNT = re.compile(r"(?P<count>[0-9ivxlc, ]{0,20}[0-9ivxlc]) p")
_PART = re.compile(r"p\. ?(?P<page>[^.]*)\.")
_SERIES = re.compile(r"\((?P<series>[^;()]{2,300})(?:; (?P<number>[^;()]{1,100}))?\)\.(?= |$)")
_REPORT = re.compile(r"Report No\.: (?P<number>.+)")
# Initials and what publishers shorten end no sentence: "U.S. National Library", "Dept. of Health".
_END_OF_PUBLISHER = re.compile(r"(?<=[a-z)\]]\. )(?<!Dept\. )(?<!Inc\. )(?<!Co\. )(?<!Ltd\. )(?<!Univ\. )(?<!St\. )")


def find_imprint(line: str) -> re.Match[str] | None:
    """The place, publisher and date of a citation on one line, or None."""
    if len(line) > LONGEST_CITATION:
        return None
    line, end = _LONG_DASH.sub("-", line), end_of_work(line)
    return next((match for form in (_IMPRINT, _SEEN, _WITHOUT_PLACE) if (match := form.search(line, 0, end))), None)


def imprints_in(text: str, begin: int = 0) -> Iterator[tuple[int, int, bool]]:
    """Where each imprint begins and ends, and whether it is no other thing surely."""
    text = _LONG_DASH.sub("-", text)
    for form in (_IMPRINT, _SEEN, _WITHOUT_PLACE):
        for match in form.finditer(text, begin):
            yield match.start(), match.end(), form is not _WITHOUT_PLACE or bool(match["on_line"])


def stands_behind(text: str) -> bool:
    """Whether a text can stand behind the date of a citation only: pages, a series, identifiers, notes of NLM."""
    return all(map(is_tail, _behind(text, seen=False)["custom"].get("notes", ())))


def parse_nlm_book(line: str) -> tuple[dict[str, Any], list[str]]:
    """The CSL-JSON item that a citation of a book, a part of one, or a web page prints; its line of text is whole.

    And a sentence about each thing of which it is not sure that it was read rightly. ValueError with a sentence when
    no place, publisher and date are found in it.
    """
    imprint = find_imprint(line)
    if imprint is None:
        raise ValueError(f"“{line[:60]}” is not a citation of a book: no “Place: Publisher; Date.” in it.")
    part, within, book = line[: imprint.start()].strip().partition(" In: ")
    own = _OWN_DATE.search(part) if within else None
    front = part_and_whole(part[: own.start()] if own else part, book) if within else whole(part)
    on_line, rest = imprint["on_line"] or "", line[imprint.end() :].strip()
    updated = _UPDATED.search((own and own["on_line"]) or on_line)
    told = told_apart(rest)
    seen = _CITED.search(on_line)
    behind = _behind(told.own, seen=bool(seen)) | told.numbers
    custom = behind["custom"] | {
        "updated": edtf(updated["date"]) if updated else "",
        "container_issued": edtf(imprint["date"]) if own else "",
        "notices": told.notices,
    }
    custom["notes"] = [*custom.get("notes", ()), *told.notes]
    item = front.item | {
        "publisher-place": imprint["place"],
        "publisher": imprint["publisher"],
        "issued": csl_date(own["date"] if own else imprint["date"] or ""),
        "accessed": csl_date(seen["date"]) if seen else {},
        **behind,
        "custom": filled(custom),
    }
    _name_kind(front, item, is_updated=updated is not None)
    return filled(item), told.remarks + front.remarks


def _name_kind(front: Front, item: dict[str, Any], *, is_updated: bool) -> None:
    """The type, where no mark says it; on the Internet a book and a page are told by what only books have."""
    kind = front.item.get("type", "")
    if front.is_on_line and item.get("URL") and item["accessed"]:
        # Its address and the day on which it was seen say so too.
        item.pop("medium")
    if kind:
        return
    if "number" in item:
        item["type"] = "report"
    elif not front.is_on_line or item.keys() & {"edition", "editor", "volume", "number-of-pages", "collection-title"}:
        item["type"] = "book"
    else:
        item["type"] = "webpage"
        item.pop("medium", "")
        _take_page_of_site(front, item)
        if "author" in item and "container-title" not in item and not is_updated:
            front.remarks.append("It was taken for a web page; a book on the Internet is printed in the same words.")


def _take_page_of_site(front: Front, item: dict[str, Any]) -> None:
    """Of "Site [Internet]. Place: Publisher. Page; Date" the page; what stands there alone may be the publisher."""
    publisher, *page = _END_OF_PUBLISHER.split(item["publisher"], maxsplit=1)
    if not page and publisher and not item["publisher-place"]:
        publisher, page = "", [publisher]
        front.remarks.append(f"“{page[0][:80]}” was taken for a page of the site; it may be its publisher.")
    if page:
        item |= {"container-title": item["title"], "title": page[0], "publisher": publisher.strip().removesuffix(".")}


def _behind(text: str, *, seen: bool) -> dict[str, Any]:
    """What stands behind the date: pages, series, address, DOI, PMID, PMCID; the rest is notes."""
    found, text = address_in(text, seen=seen)
    read: dict[str, Any] = {**found}
    if match := _PART.match(text):
        read["page"], text = match["page"].strip(), text[match.end() :]
    if match := _SERIES.search(text):
        number = match["number"] or ""
        volume = {"volume": number.removeprefix("vol. ")} if number.startswith("vol. ") else {}
        series = {"collection-title": match["series"], "collection-number": number.removeprefix("no. ")} | volume
        read |= series | ({"collection-number": ""} if volume else {})
        text = f"{text[: match.start()]}{text[match.end() :].lstrip()}"
    notes = []
    for sentence in _sentences(text):
        known = _known(sentence)
        read |= known
        if not known and sentence.strip(" ."):
            notes.append(sentence)
    return read | {"custom": filled({"notes": notes})}


def _sentences(text: str) -> list[str]:
    return SENTENCE_END.split(text.strip())


def _known(sentence: str) -> dict[str, Any]:
    numbers, rest = identifiers_ahead(sentence)
    bare = rest.removesuffix(".").strip()
    if match := _COUNT.fullmatch(bare):
        return numbers | {"number-of-pages": match["count"]}
    if match := _REPORT.fullmatch(bare):
        return numbers | {"number": match["number"]}
    if code := language_of(bare):
        return numbers | {"language": code}
    if bare.startswith("Epub ") and (date := edtf(bare.removeprefix("Epub "))):
        return numbers | {"available-date": csl_date(date)}
    return numbers if not bare else {}
