"""Single values of any format, brought into the shape that CSL-JSON gives them."""

import re
import unicodedata
from typing import Any

from references.formats.records import Reading
from references.identifiers import parse_doi, parse_pmcid, parse_pmid

# Controls mean nothing in a reference, half a surrogate pair cannot be stored, and spaces are one each.
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]+")
_HALVES = re.compile("[\ud800-\udfff]")
_ANY = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")

_PARSERS = {"DOI": parse_doi, "PMID": parse_pmid, "PMCID": parse_pmcid}
_DOI = re.compile(r"\b10\.[0-9]{4,9}/[^\s\"<>]+")
_ISSN = re.compile(r"\b([0-9]{4})-?([0-9]{3}[0-9Xx])\b(?!-?[0-9])")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:[0-9][- ]?){9}[0-9Xx]")

_LANGUAGES = {
    "en": "eng english", "de": "ger deu german deutsch", "fr": "fre fra french", "es": "spa spanish",
    "it": "ita italian", "pt": "por portuguese", "nl": "dut nld dutch", "sv": "swe swedish", "da": "dan danish",
    "no": "nor norwegian", "fi": "fin finnish", "pl": "pol polish", "cs": "cze ces czech", "sk": "slo slk slovak",
    "hu": "hun hungarian", "ro": "rum ron romanian", "bg": "bul bulgarian", "ru": "rus russian",
    "uk": "ukr ukrainian", "el": "gre ell greek", "tr": "tur turkish", "he": "heb hebrew", "ar": "ara arabic",
    "fa": "per fas persian", "ja": "jpn japanese", "zh": "chi zho chinese", "ko": "kor korean", "hr": "hrv croatian",
    "sr": "srp serbian", "sl": "slv slovenian", "lt": "lit lithuanian", "is": "ice isl icelandic",
}  # fmt: skip
_LANGUAGE_CODES = {name: code for code, names in _LANGUAGES.items() for name in [code, *names.split()]}


def tidy(text: str) -> str:
    """The text on one line in composed letters (NFC), without controls and without spaces around or doubled."""
    if not text.isprintable():
        text = _SPACES.sub(" ", storable(text))
    elif "  " in text:
        text = _SPACES.sub(" ", text)
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()


def storable(text: str) -> str:
    """The text as it stands, without characters that no text may hold."""
    return _HALVES.sub("�", _UNWANTED.sub("", text)) if _ANY.search(text) else text


def without_full_stop(title: str) -> str:
    """A title as we keep it: a full stop that ends it is the citation's, an ellipsis its own."""
    return title[:-1].rstrip() if title.endswith(".") and not title.endswith("..") else title


def put_identifier(reading: Reading, name: str, text: str, line: int | None = None) -> None:
    """Keep a DOI, PMID or PMCID without what stands around it; what is none is kept as it stands, with a remark."""
    if not text or name in reading.item:
        return
    try:
        reading.item[name] = _as_written(_PARSERS[name](text), text)
    except ValueError as wrong:
        found = _DOI.search(text[:1000]) if name == "DOI" else None
        reading.item[name] = identifier("DOI", found[0]) if found else tidy(text)
        if not found:
            reading.remark(str(wrong), line)


def _as_written(found: str, text: str) -> str:
    """A DOI in the capitals of its source, which is how NLM prints it; they make no difference to what it means."""
    begin = text.lower().find(found.lower())
    return text[begin : begin + len(found)] if begin >= 0 and text.isascii() else found


def identifier(name: str, text: str) -> str:
    """The DOI, PMID or PMCID that a text holds, or nothing."""
    try:
        return _as_written(_PARSERS[name](text), text)
    except ValueError:
        return ""


def issns(texts: list[str]) -> str:
    """All ISSN in the texts, each once, as "0000-0000, 0000-000X"."""
    found = [f"{match[1]}-{match[2].upper()}" for text in texts for match in _ISSN.finditer(text)]
    return ", ".join(dict.fromkeys(found))


def isbns(texts: list[str]) -> str:
    """All ISBN in the texts, each once, spelled as they are there."""
    found = [match[0].strip() for text in texts for match in _ISBN.finditer(text[:1000])]
    return ", ".join(dict.fromkeys(found))


def language(text: str) -> str:
    """The language as a code of two letters (BCP 47) where we know it, else as the source names it."""
    bare = tidy(text)
    return _LANGUAGE_CODES.get(bare.lower().partition("-")[0] if len(bare) == 5 else bare.lower(), bare)


def medline_language(code: str) -> str:
    """The language as MEDLINE writes it, by a code of three letters ("ger"); as it stands where we know none."""
    return _LANGUAGES.get(language(code), code).partition(" ")[0]


def filled(item: dict[str, Any]) -> dict[str, Any]:
    """The item without its empty values."""
    return {name: value for name, value in item.items() if value not in ("", None, [], {})}
