"""Dates in every spelling that the formats use, as date variables of CSL-JSON."""

import re
from typing import Any

from alstrom_site.partial_dates import PartialDate
from references.formats.nlm_text import DATE, parse_nlm_date

_LONGEST = 100
_NUMBERS = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2}))?(?:[-/.]([0-9]{1,2}))?(?:[T ][0-9:.+Z ]*)?")
_RUN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_RIS = re.compile(r"([0-9]{4})/([0-9]{0,2})/([0-9]{0,2})(?:/(.*))?")
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?|(Spring|Summer|Autumn|Fall|Winter)"
_WORD = re.compile(rf"\b(?:{_MONTH})(?![a-z])", re.IGNORECASE)
_NLM = re.compile(DATE)
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ .]+([A-Z][a-z]+)[ ,]+([0-9]{4})")
_MONTH_FIRST = re.compile(r"([A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?: ([0-9]{1,2})(?:st|nd|rd|th)?)?[ ,]+([0-9]{4})")


def csl_date(text: str) -> dict[str, Any]:
    """The date that a text names, as precise as it is; empty for no text.

    What cannot be kept as a date stands under "literal", beside the year when there is one.
    """
    bare = " ".join(text.split())
    if not bare:
        return {}
    for read in (_from_numbers, _from_ris, _from_words, _from_edtf):
        try:
            if len(bare) <= _LONGEST and (date := read(bare)):
                return date.to_csl()
        except ValueError:
            continue
    year = _YEAR.search(bare[:_LONGEST])
    return {"date-parts": [[int(year[0])]], "literal": bare} if year else {"literal": bare}


def edtf(text: str) -> str:
    """The date that a text names as we write it, "2019-06-13"; nothing for what is none."""
    date = csl_date(text)
    return str(PartialDate.from_csl(date)) if date and is_understood(date) else ""


def is_understood(date: dict[str, Any]) -> bool:
    """Whether a date was read whole."""
    return "literal" not in date


def _from_numbers(text: str) -> PartialDate | None:
    match = _NUMBERS.fullmatch(text) or _RUN.fullmatch(text)
    return _date(match[1], match[2], match[3]) if match else None


def _from_ris(text: str) -> PartialDate | None:
    """YYYY/MM/DD/other, any of them empty (RIS specification, "Y1")."""
    match = _RIS.fullmatch(text)
    if match is None:
        return None
    numbers = _date(match[1], match[2], match[3])
    if match[4] and not match[3] and _WORD.search(match[4]):
        words = _from_words(f"{match[1]} {match[4]}")
        # Beside the number of a month only a range says more.
        return words if words and (words.ends or not match[2]) else numbers if match[2] else None
    return numbers


def _from_words(text: str) -> PartialDate | None:
    words = _WORD.sub(_short, re.sub(r"\s*(?:[-–—]+|/)\s*", "-", text))
    if match := _DAY_FIRST.fullmatch(words):
        words = f"{match[3]} {match[2]} {match[1]}"
    elif match := _MONTH_FIRST.fullmatch(words):
        words = " ".join(part for part in (match[3], match[1], match[2]) if part)
    return PartialDate.parse(parse_nlm_date(words)) if _NLM.fullmatch(words) else None


def _from_edtf(text: str) -> PartialDate:
    return PartialDate.parse(text)


def _date(year: str, month: str | None, day: str | None) -> PartialDate:
    """Zero stands for a month or day that is not known."""
    parts = [int(year), *(int(part) for part in (month, day) if part and int(part))]
    return PartialDate(tuple(parts if month and int(month) else parts[:1]))


def _short(match: re.Match[str]) -> str:
    return (match[1] or match[2]).capitalize()
