"""The languages in which the works that this site cites are written, by the codes of ISO 639 that records give."""

_NAMES = {
    "Arabic": ("ar", "ara"),
    "Chinese": ("zh", "chi", "zho"),
    "Croatian": ("hr", "hrv"),
    "Czech": ("cs", "cze", "ces"),
    "Danish": ("da", "dan"),
    "Dutch": ("nl", "dut", "nld"),
    "English": ("en", "eng"),
    "Finnish": ("fi", "fin"),
    "French": ("fr", "fre", "fra"),
    "German": ("de", "ger", "deu"),
    "Greek": ("el", "gre", "ell"),
    "Hebrew": ("he", "heb"),
    "Hungarian": ("hu", "hun"),
    "Italian": ("it", "ita"),
    "Japanese": ("ja", "jpn"),
    "Korean": ("ko", "kor"),
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
    "Turkish": ("tr", "tur"),
    "Ukrainian": ("uk", "ukr"),
}
_BY_CODE = {code: name for name, codes in _NAMES.items() for code in codes}


def language_name(code: str) -> str:
    """The English name of a language: "German" for "de", "ger" or "de-AT"; what is not known stays as it is."""
    return _BY_CODE.get(code.lower().split("-")[0], code)
