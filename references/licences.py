"""Which licence lets the abstract of a work be shown and handed on: words alone that name an owner do not."""

import re
from collections.abc import Mapping
from typing import Any

# Creative Commons and its like, the public domain, and a permission that was given for this site.
_OPEN = re.compile(
    r"\bCC[ -]?(?:0|BY|zero)\b|\bCreative Commons\b|\bcreativecommons\.org/|\bOpen Government Licen[cs]e\b|\bOGL\b"
    r"|\bpublic[ -]domain\b|\bU\.?S\.? Government work\b"
    r"|(?:(?:\A|[,;:(-])\s?|\b(?:given|printed|quoted|reprinted|reproduced|shown|used) )"
    r"(?:by|with)(?: the| kind)* permission\b(?! only)",
    re.IGNORECASE,
)
# In one sentence with it these take it back, and these before it; when in doubt nothing is shown.
_DENIED = re.compile(r"\b(?:no|not|nor|neither|never|cannot|all rights reserved)\b|n['’]t\b", re.IGNORECASE)
_HEDGED = re.compile(r"\b(?:can|except|if|may|must|only|requires?|unless|without)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.;]\s+|\n")
_DASHES = re.compile("[\u2010-\u2015]")


def is_open(licence: str) -> bool:
    """Return whether words that name a licence name one by which anybody may be shown what stands under it."""
    return any(map(_opens, _SENTENCE_END.split(_DASHES.sub("-", licence).replace("\u00a0", " "))))


def _opens(sentence: str) -> bool:
    found = _OPEN.search(sentence)
    return found is not None and not (_DENIED.search(sentence) or _HEDGED.search(sentence, 0, found.start()))


def shows_abstract(content: Mapping[str, Any]) -> bool:
    """Return whether the abstract of an entry may be shown outside the desk."""
    return is_open(content.get("abstract_licence") or "")
