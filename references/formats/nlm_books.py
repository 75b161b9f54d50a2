"""Books, parts of books and web pages read from the text that NLM prints.

The forms are those of Citing Medicine, 2nd edition (NLM, Bookshelf NBK7256), chapters 2, 22 and 25:
"Authors. Title. 2nd ed. Place: Publisher; Date. 123 p.", "Authors. Title. In: Editors, editors. Book. Place: …",
"Title [Internet]. Place: Publisher; Date [cited Date]. Available from: Address". A chapter with a date of its own has
it before the book: "Title. 2003 Feb 7 [updated 2019 Jun 13]. In: Editors, editors. Book [Internet]. Place: Publisher;
1993-."
"""

import re
from typing import Any

from references.formats.dates import csl_date, edtf
from references.formats.nlm_authors import GROUP, authors_of
from references.formats.nlm_notices import end_of_work, told_apart
from references.formats.nlm_tail import SENTENCE_END, identifiers_ahead
from references.formats.nlm_text import DATE, LONGEST_CITATION
from references.formats.values import filled

# The date comes last and has a full stop or what is cited on line behind it.
_IMPRINT = re.compile(
    rf"(?<=[.?!\]] )(?P<place>(?:[SFM]t\. )?[^.:;?!]{{2,80}}): (?P<publisher>[^;:]{{2,300}}); "
    rf"(?:c|\[)?(?P<date>{DATE})(?:-(?= |\.|\[))?\]?(?P<on_line> \[[^\]]{{3,120}}\])?\.(?= |$)"
)
# PubMed writes "1993–2025" where NLM's citations have a hyphen.
_LONG_DASH = re.compile(r"(?<=; [0-9]{4})–")
_CITED = re.compile(rf"\bcited (?P<date>{DATE})")
_UPDATED = re.compile(rf"\bupdated (?P<date>{DATE})", re.IGNORECASE)
_OWN_DATE = re.compile(rf" (?P<date>{DATE})(?P<on_line> \[[^\]]{{3,120}}\])?\.$")
_EDITORS = re.compile(r"(?P<people>.*[^\s.])\.?, editors?")
_EDITION = re.compile(r"(?P<edition>.*\S) ed")
_COUNT = re.compile(r"(?P<count>[0-9]{1,5}) p")
_PART = re.compile(r"p\. ?(?P<page>[^.]*)\.")
_ADDRESS = re.compile(r"Available from: (?P<address>https?://\S+)")
_INTERNET = " [Internet]"


def find_imprint(line: str) -> re.Match[str] | None:
    """The place, publisher and date of a citation on one line, or None."""
    if len(line) > LONGEST_CITATION:
        return None
    return _IMPRINT.search(_LONG_DASH.sub("-", line), 0, end_of_work(line))


def parse_nlm_book(line: str) -> tuple[dict[str, Any], list[str]]:
    """The CSL-JSON item that a citation of a book, a part of one, or a web page prints; its line of text is whole.

    And a sentence about each thing of which it is not sure that it was read rightly. ValueError with a sentence when
    no place, publisher and date are found in it.
    """
    imprint = find_imprint(line)
    if imprint is None:
        raise ValueError(f"“{line[:60]}” is not a citation of a book: no “Place: Publisher; Date.” in it.")
    part, within, whole = line[: imprint.start()].strip().partition(" In: ")
    own = _OWN_DATE.search(part) if within else None
    item = _part_and_whole(part[: own.start()] if own else part, whole) if within else _whole(part)
    on_line, rest = imprint["on_line"] or "", line[imprint.end() :].strip()
    updated = _UPDATED.search((own and own["on_line"]) or on_line)
    custom: dict[str, Any] = {
        "updated": edtf(updated["date"]) if updated else "",
        "container_issued": edtf(imprint["date"]) if own else "",
    }
    told = told_apart(rest)
    behind = _behind(told.own) | told.numbers
    custom |= behind["custom"] | {"notices": told.notices}
    custom["notes"] = [*custom.get("notes", ()), *told.notes]
    read = filled(
        item
        | {
            "publisher-place": imprint["place"],
            "publisher": imprint["publisher"],
            "issued": csl_date(own["date"] if own else imprint["date"]),
            "accessed": csl_date(cited["date"]) if (cited := _CITED.search(on_line)) else {},
            **behind,
            "custom": filled(custom),
        }
    )
    return read, told.remarks


def _whole(text: str) -> dict[str, Any]:
    """Authors or editors, the title, and the number of the edition."""
    sentences = SENTENCE_END.split(text)
    item: dict[str, Any] = {"type": "book"}
    if len(sentences) > 1 and (match := _EDITION.fullmatch(sentences[-1].removesuffix("."))):
        item["edition"] = match["edition"]
        sentences.pop()
    if len(sentences) > 1:
        first = sentences[0].removesuffix(".")
        editors = _EDITORS.fullmatch(first)
        people = authors_of(editors["people"] if editors else first)
        if not people and GROUP.fullmatch(first):
            # Organizations write books; a journal names them behind people only.
            people = [{"literal": first}]
        if people:
            item["editor" if editors else "author"] = people
            sentences.pop(0)
    title = " ".join(sentences).removesuffix(".")
    if title.endswith(_INTERNET):
        title = title.removesuffix(_INTERNET)
        item["type"] = "book" if "edition" in item or "editor" in item else "webpage"
    return item | {"title": title}


def _part_and_whole(part: str, whole: str) -> dict[str, Any]:
    inner, outer = _whole(part), _whole(whole)
    return {
        "type": "chapter",
        "title": inner["title"],
        "author": inner.get("author", []),
        "container-title": outer["title"],
        "editor": outer.get("editor", []),
        "container-author": outer.get("author", []),
        "edition": outer.get("edition", ""),
        "medium": "Internet" if _INTERNET in whole else "",
    }


def _behind(text: str) -> dict[str, Any]:
    """What stands behind the date: pages, address, DOI, PMID, PMCID; the rest is notes."""
    found: dict[str, Any] = {}
    if match := _PART.match(text):
        found["page"], text = match["page"].strip(), text[match.end() :]
    if match := _ADDRESS.search(text):
        found["URL"], text = match["address"].rstrip(".,;"), text[: match.start()] + text[match.end() :]
        found |= identifiers_ahead(found["URL"])[0]
    notes = []
    for sentence in SENTENCE_END.split(text.strip()):
        numbers, more = identifiers_ahead(sentence)
        found |= numbers
        if match := _COUNT.fullmatch(more.removesuffix(".").strip()):
            found["number-of-pages"] = match["count"]
        elif more.strip(" ."):
            notes.append(more)
    return found | {"custom": filled({"notes": notes})}
