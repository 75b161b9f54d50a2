"""Which licence lets the abstract of a work be shown and handed on: what says an open one and nothing beside it."""

import re
from collections.abc import Mapping
from typing import Any

# Creative Commons, the public domain, and what governments give free: the licence with all that its own name may hold.
_TERMS = r"(?:[- ](?:NC|ND|SA|Non-?Commercial|No-?Deriv(?:ative)?s|Share-?Alike)){0,2}"
_EDITION = r"(?:,? (?:v|version )?[1-4](?:\.[0-9])?)?(?: (?:International|Universal|Unported|Generic|IGO))?"
_OPEN = re.compile(
    rf"(?:https?://)?(?:www\.)?\bcreativecommons\.org/(?:licenses|publicdomain)/[\w./-]*"
    rf"|\b(?:CC[- ]?BY{_TERMS}|CC[- ]?(?:0|zero)|(?:Creative Commons )?(?:Attribution{_TERMS}|Zero){_EDITION}"
    rf"|Creative Commons|Open Government Licen[cs]e|OGL){_EDITION}(?!\w)"
    r"|\bpublic[- ]domain\b(?: (?:mark|dedication)\b)?(?: 1\.0\b)?"
    r"|\b(?:U\.? ?S\.?|United States)[- ]Government works?\b|\bworks? of the (?:U\.? ?S\.?|United States) Government\b",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?:©|\(c\)|\b(?:crown )?copyright\b)[^.,;:()\n]*", re.IGNORECASE)
_SIGNS = re.compile(r"\w+|[^\w\s.,;:()/-]")
# All that may stand beside it: any other word may take it back, put it off, or speak of a part or of another work.
_BESIDE = re.compile(
    r"an?|abstract|access|article|available|conditions|distributed|in|is|licen[cs]ed?|of|open|published|released|terms?"
    r"|the|this|under|work",
    re.IGNORECASE,
)
_DASHES = re.compile("[\u2010-\u2015\u2212_]")


def is_open(licence: str) -> bool:
    """Return whether words that name a licence name one by which anybody may be shown what stands under it.

    What says more than that, and who the owner is, is taken for closed: a permission, a condition, a part of the work.
    """
    text = re.sub("[^\\S\n]+", " ", _DASHES.sub("-", licence))
    rest, found = _OPEN.subn(" ", _OWNER.sub(" ", text))
    return found > 0 and all(map(_BESIDE.fullmatch, _SIGNS.findall(rest)))


def shows_abstract(content: Mapping[str, Any]) -> bool:
    """Return whether the abstract of an entry may be shown outside the desk."""
    return is_open(content.get("abstract_licence") or "")
