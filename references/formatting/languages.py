"""The languages in which the works that this site cites are written, by the codes of ISO 639 that records give."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

_NAMES = {
    "Arabic": ("ar", "ara"),
    "Bulgarian": ("bg", "bul"),
    "Catalan": ("ca", "cat"),
    "Chinese": ("zh", "chi", "zho"),
    "Croatian": ("hr", "hrv"),
    "Czech": ("cs", "cze", "ces"),
    "Danish": ("da", "dan"),
    "Dutch": ("nl", "dut", "nld"),
    "English": ("en", "eng"),
    "Estonian": ("et", "est"),
    "Finnish": ("fi", "fin"),
    "French": ("fr", "fre", "fra"),
    "German": ("de", "ger", "deu"),
    "Greek": ("el", "gre", "ell"),
    "Hebrew": ("he", "heb"),
    "Hungarian": ("hu", "hun"),
    "Icelandic": ("is", "ice", "isl"),
    "Indonesian": ("id", "ind"),
    "Italian": ("it", "ita"),
    "Japanese": ("ja", "jpn"),
    "Korean": ("ko", "kor"),
    "Latin": ("la", "lat"),
    "Latvian": ("lv", "lav"),
    "Lithuanian": ("lt", "lit"),
    "Norwegian": ("no", "nor"),
    "Persian": ("fa", "per", "fas"),
    "Polish": ("pl", "pol"),
    "Portuguese": ("pt", "por"),
    "Romanian": ("ro", "rum", "ron"),
    "Russian": ("ru", "rus"),
    "Serbian": ("sr", "srp"),
    "Slovak": ("sk", "slo", "slk"),
    "Slovenian": ("sl", "slv"),
    "Spanish": ("es", "spa"),
    "Swedish": ("sv", "swe"),
    "Thai": ("th", "tha"),
    "Turkish": ("tr", "tur"),
    "Ukrainian": ("uk", "ukr"),
    "Vietnamese": ("vi", "vie"),
}
# Codes that name no one language.
_NO_LANGUAGE = frozenset({"mul", "und", "zxx"})
_BY_CODE = {code: name for name, codes in _NAMES.items() for code in codes}


def language_name(code: str) -> str:
    """The English name of a language: "German" for "de", "ger" or "de-AT"; what is not known stays as it is."""
    return _BY_CODE.get(code.lower().split("-")[0], code)


def language_printed(reference: Mapping[str, Any]) -> str:
    """The language of a work that is not in English: "German"; else "", and for what its notes say already.

    Citing Medicine requires it for every kind of work (chapters 1 to 5 and 22 to 25, "Language").
    """
    code = reference.get("language")
    name = _foreign(code) if code else ""
    return "" if name and f"{name}." in reference.get("notes", ()) else name


@lru_cache(maxsize=1 << 10)
def _foreign(code: str) -> str:
    name = language_name(code)
    return "" if name.lower() == "english" or code.lower() in _NO_LANGUAGE else name
