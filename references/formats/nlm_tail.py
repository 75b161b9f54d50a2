"""Identifiers behind the pages of a citation, as the different styles write them, told from notes."""

import re

from references.identifiers import Recognised, recognise

SENTENCE_END = re.compile(r"(?<=[.?!]) ")

_SCHEMES = frozenset({"DOI", "PMID", "PMCID"})
# What may stand between two of them, what leads to one, its label, and one.
_AHEAD = re.compile(
    r"[\s,;|]*(?:(?:available (?:online )?(?:from|at)|retrieved from|pubmed central|pubmed|medline)[:,]?\s+)?"
    r"(?:(?P<label>pmid|pmcid)\b[\s:#]*(?P<number>[^\s,;]+)|(?:doi(?!\.org)[\s:]+)?(?P<word>\S+))",
    re.IGNORECASE,
)


def identifiers_ahead(sentence: str) -> tuple[dict[str, str], str]:
    """The DOI, PMID and PMCID with which a sentence begins, labelled or as addresses, and its rest as it stands.

    Figures without a label are none; of two that differ the second is left in the rest.
    """
    found: dict[str, str] = {}
    at = 0
    while match := _AHEAD.match(sentence, at):
        each = _recognised(match)
        if each is None or found.setdefault(each.scheme, each.value) != each.value:
            break
        at = match.end()
    return found, sentence[at:].lstrip(" ,;|.") if at else sentence


def _recognised(match: re.Match[str]) -> Recognised | None:
    word = match["word"]
    each = recognise(word if word else f"{match['label']}: {match['number']}")
    if each is None or each.scheme not in _SCHEMES or (word and each.scheme == "PMID" and word[0].isdigit()):
        return None
    return each
