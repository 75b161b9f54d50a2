"""References read from the text that NLM prints: "Authors. Title. Journal. Date;volume(issue):pages. Notes."

The form is that of Citing Medicine, 2nd edition (NLM, Bookshelf NBK7256), and the summary format of PubMed of 2008,
which `references.formatting.nlm_citation` prints.
"""

import re
from typing import Any

from alstrom_site.partial_dates import PartialDate
from references.formats.nlm_authors import authors_of
from references.formats.nlm_notices import Behind, end_of_work, told_apart
from references.formats.nlm_tail import SENTENCE_END, address_in, identifiers_ahead, language_of, sentences_of

LONGEST_CITATION = 5000

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SEASONS = {"Spring": 21, "Summer": 22, "Fall": 23, "Autumn": 23, "Winter": 24}
_NUMBERS = {name: number for number, name in enumerate(_MONTHS, start=1)} | _SEASONS

_MONTH = f"(?:{'|'.join(_NUMBERS)})"
_DAY = "[0-9]{1,2}"
DATE = (
    rf"[0-9]{{4}}(?: {_MONTH}(?: {_DAY})?)?(?:-(?:[0-9]{{4}}(?: {_MONTH}(?: {_DAY})?)?|{_MONTH}(?: {_DAY})?|{_DAY}))?"
)
# A full stop inside of pages ("123-129.e5") has no space behind it.
_PAGES = r"(?:[^.]|\.(?! |$))*"
# PubMed: "15 Suppl 1", "15 Spec No 2", "15 Pt 3", "15 Suppl 1 Pt 2", and each of them without a volume.
_IS_SPECIAL = r"(?:Suppl|Spec No|Pt)\b"
_SPECIAL = rf"{_IS_SPECIAL}(?: (?!{_IS_SPECIAL})[^\s(:;.]+)?"
_PLACE = (
    rf";(?:Sect\. (?P<section>[^\s:;.]+)|(?!{_IS_SPECIAL})(?P<volume>(?:Chapter )?[^\s(:;.]*))?"
    rf"(?: ?(?P<special>{_SPECIAL}(?: {_SPECIAL}){{0,2}}))?"
    rf"(?: ?\((?P<issue>[^()]*)\))?(?::(?P<page>{_PAGES}(?:\(col\. [0-9-]+\))?))?"
    rf"| (?P<alone>{_SPECIAL}):(?P<page_alone>{_PAGES})"
)
# What has no volume yet, or never, has its number behind the date: "2021 Mar 16:2021.03.15.21253684."
_SOURCE = re.compile(
    rf"(?<=[.?!] )(?P<date>{DATE})(?: \[cited (?P<cited>{DATE})\])?"
    rf"(?:(?P<place>{_PLACE})|:(?P<number>[^\s.]{_PAGES}))?\.(?= |$)"
)
_PREPRINT = " [Preprint]"
INTERNET = " [Internet]"


def parse_nlm_citation(text: str) -> dict[str, Any]:
    """The content of the reference that a citation prints, all keys present and the key empty.

    ValueError with a sentence when no date and place of a journal article are found in it.
    """
    content, _ = citation_as_printed(text)
    return content | {"issued": parse_nlm_date(content["issued"])}


def citation_as_printed(text: str) -> tuple[dict[str, Any], list[str]]:
    """The content of `parse_nlm_citation`, with the date of the issue as it is printed: "2000 Spring-Summer".

    And a sentence about each thing of which it is not sure that it was read rightly.
    """
    line = " ".join(text.split()) if len(text) <= LONGEST_CITATION else ""
    source = find_source(line)
    if source is None:
        raise ValueError(
            f"“{text[:60]}” is not a citation of a journal article: no “Journal. Date;volume:pages.” in it."
        )
    authors, title, journal = _before_the_date(line[: source.start()])
    content: dict[str, Any] = {
        "key": "",
        "type": "article-journal",
        "author": authors,
        "title": title,
        "container_title": "",
        "container_title_short": journal.removesuffix(INTERNET),
        "issued": source["date"],
        **_place(source),
        "epub": "",
        "DOI": "",
        "PMID": "",
        "PMCID": "",
        "notes": [],
    }
    if journal.endswith(_PREPRINT):
        content |= {"type": "article", "genre": "preprint", "container_title_short": journal.removesuffix(_PREPRINT)}
    if source["section"]:
        # Newspapers have no short names.
        content |= {"type": "article-newspaper", "container_title": journal, "container_title_short": ""}
    behind = _put_behind(content, line[source.end() :].strip(), source["cited"] or "")
    return content, behind.remarks


def _place(source: re.Match[str]) -> dict[str, str]:
    """The volume, the issue, and the pages. Of a volume's parts ("15 Pt 3") NLM's records make one word with it."""
    volume, issue = source["volume"] or "", (source["issue"] or "").strip()
    special = source["special"] or source["alone"] or ""
    if special.startswith("Pt") and volume:
        volume = f"{volume} {special}"
    else:
        issue = f"{issue} {special}".strip()
    page = (source["page"] or source["page_alone"] or source["number"] or "").strip()
    return {"volume": volume, "issue": issue, "page": f"{source['section'] or ''}{page}"}


def _put_behind(content: dict[str, Any], text: str, cited: str) -> Behind:
    """Put what stands behind the pages where it belongs, and give back what it was told apart into."""
    behind = told_apart(text)
    found, own = address_in(behind.own, seen=bool(cited))
    for sentence in SENTENCE_END.split(own.strip()):
        _add_note(content, sentence)
    content |= {name: value for name, value in found.items() if not content.get(name)} | behind.numbers
    content["notes"] += behind.notes
    if seen := _date_or_none(cited) if cited else "":
        content["accessed"] = seen
    if behind.notices:
        content["notices"] = behind.notices
    return behind


def parse_nlm_date(text: str) -> str:
    """The partial date that NLM prints as "2008", "2005 May 15", "2002 Oct-Dec" or "2005 Spring"; else ValueError."""
    first, hyphen, last = text.partition("-")
    begins, ends = first.split(), last.split()
    if hyphen:
        # The end of a range repeats nothing: "2002 Oct-Dec" ends in 2002 too.
        ends = begins[: len(begins) - len(ends)] + ends
    return str(PartialDate.parse("/".join(_edtf(words) for words in (begins, ends) if words)))


def _edtf(words: list[str]) -> str:
    year, *rest = words
    return "-".join([year, *(f"{_NUMBERS[word] if word in _NUMBERS else int(word):02}" for word in rest)])


def find_source(line: str) -> re.Match[str] | None:
    """The date and what follows it; a year that ends a sentence of the title is passed over for one with a place.

    Where a notice stands is no source of the work.
    """
    found = list(_SOURCE.finditer(line, 0, end_of_work(line)))
    with_place, with_number = ([match for match in found if match[part] is not None] for part in ("place", "number"))
    return next(iter(with_place or with_number or found), None)


def sources_in(text: str, begin: int = 0) -> list[tuple[int, int, bool]]:
    """Where each date with what follows it begins and ends, and whether more than a date stands there."""
    return [
        (match.start(), match.end(), match["place"] is not None or match["number"] is not None)
        for match in _SOURCE.finditer(text, begin)
    ]


def _before_the_date(text: str) -> tuple[list[dict[str, str]], str, str]:
    sentences = sentences_of(text.strip())
    journal = sentences.pop().removesuffix(".") if len(sentences) > 1 else ""
    authors = authors_of(sentences[0].removesuffix(".")) if len(sentences) > 1 else []
    title = " ".join(sentences[1:] if authors else sentences)
    return authors, title.removesuffix("."), journal


def _add_note(content: dict[str, Any], sentence: str) -> None:
    """Put what follows the pages where it belongs: identifiers, electronic date, else a note as it stands."""
    found, rest = identifiers_ahead(sentence)
    if any(content[name] not in ("", value) for name, value in found.items()):
        # Of another work, such as of a notice.
        found, rest = {}, sentence
    content |= found
    epub = _date_or_none(rest.removeprefix("Epub ").removesuffix(".")) if rest.startswith("Epub ") else ""
    if epub:
        content["epub"] = epub
    elif language_of(rest) and "language" not in content:
        content["language"] = language_of(rest)
    elif rest:
        content["notes"].append(rest)


def _date_or_none(text: str) -> str:
    try:
        return parse_nlm_date(text)
    except (ValueError, KeyError):
        return ""
