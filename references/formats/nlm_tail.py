"""What stands behind the pages of a citation, as the different styles write it: identifiers and addresses, or notes."""

import re

from references.formats.values import language
from references.identifiers import Recognised, recognise

SENTENCE_END = re.compile(r"(?<=[.?!]) ")
# No sentence ends there: "St. John A", "in St. Louis", "Vol. 3", "(Tests; no. 5)".
_SENTENCE_END = re.compile(r"(?<=[.?!])(?<!\bSt\.)(?<!\bSte\.)(?<!\bVol\.)(?<!\bvol\.)(?<! no\.) ")
# What NLM prints behind a citation, a language apart.
_NOTE = re.compile(
    r"(?:Review|No abstract available|Online ahead of print|(?:Epub|eCollection|Print|Published) [0-9].*|Free .*article"
    r"|[A-Z][A-Za-z ]+ (?:in|on|for|of|from): .*)\.?",
    re.DOTALL,
)
_ADDRESS = re.compile(r"Available from: (?P<address>https?://\S+)")

_SCHEMES = frozenset({"DOI", "PMID", "PMCID"})
# What may stand between two of them, what leads to one, its label, and one.
_AHEAD = re.compile(
    r"[\s,;|]*(?:(?:available (?:online )?(?:from|at)|retrieved from|pubmed central|pubmed|medline)[:,]?\s+)?"
    r"(?:(?P<label>pmid|pmcid)\b[\s:#]*(?P<number>[^\s,;]+)|(?:doi(?!\.org)[\s:]+)?(?P<word>\S+))",
    re.IGNORECASE,
)


def sentences_of(text: str, *, most: int = 0) -> list[str]:
    """The sentences of a text, each with its full stop; one that stands in the abbreviations of names ends none.

    Behind the first `most` the rest is one.
    """
    return _SENTENCE_END.split(text.strip(), maxsplit=most)


def language_of(sentence: str) -> str:
    """The language that a sentence is the name of, by its code of two letters; "" for any other."""
    name = sentence.removesuffix(".")
    code = language(name) if len(name) > len("ger") else ""
    return code if len(code) == len("de") else ""


def is_note(sentence: str) -> bool:
    """Whether a sentence is one of those that NLM prints behind a citation."""
    return _NOTE.fullmatch(sentence) is not None or bool(language_of(sentence))


def is_tail(sentence: str) -> bool:
    """Whether a sentence can stand behind the pages only: a note of NLM, or identifiers and at most one."""
    found, rest = identifiers_ahead(sentence)
    return (bool(found) and not rest) or is_note(rest) or _ADDRESS.match(sentence) is not None


def address_in(text: str, *, seen: bool) -> tuple[dict[str, str], str]:
    """The address in a text and the identifiers that it is made of, and the text without it.

    One that says no more than its identifier is kept where the day stands on which it was seen.
    """
    match = _ADDRESS.search(text)
    if match is None:
        return {}, text
    address = match["address"].rstrip(".,;")
    found = identifiers_ahead(address)[0]
    if seen or not found:
        found["URL"] = address
    return found, f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}".strip()


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
