"""Identifiers out of pasted text, one or many, in any usual spelling, with labels, as addresses, mixed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from references.identifiers import Recognised, recognise

MOST_AT_ONCE = 200
LOOKED_UP = frozenset({"PMID", "PMCID", "DOI"})
_LABEL = re.compile(r"\A(?:pmid|pubmed|id|pmcid|doi)[:#]?\Z", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"\s+")
_BETWEEN = re.compile(r"[,;|]+")
_FILLING = frozenset({"and", "or", "&", "-", "–", "•", "*", "epub", "isbn:", "issn:", "isbn", "issn"})
_NUMBERED = re.compile(r"\A(?:\[?\d{1,3}[.)\]]|[-•*])\s+(?=\S)")

# What PubMed prints behind the numbers of a work.
_OF_PUBMED = re.compile(r"\[(?:Indexed for MEDLINE|PubMed\b[^\[\]]{0,60})\]", re.IGNORECASE)
_FEW_FIGURES = re.compile(r"[0-9]{1,4}[.)\]]*")
_MAY_BE_A_YEAR = re.compile(r"[(\[]*[0-9]{1,4}[.)\]:]*")
_LONGEST_NAMED = 200
_MOST_WORDS = 4
"""More words that are no identifier are named as one line, such as a whole citation."""


@dataclass(frozen=True)
class Asked:
    """What somebody pasted as an identifier: in which line, as it was written, and what it is, if anything we know."""

    line: int
    written: str
    recognised: Recognised | None

    @property
    def shown(self) -> str:
        """As a sentence names it: “PMID 123”, or what was written."""
        return f"{self.recognised.scheme} {self.recognised.value}" if self.recognised else f"“{self.written}”"


def asked_in(text: str) -> list[Asked]:
    """Return every identifier of a text in its order, each once, and the words in between that are none."""
    found: dict[object, Asked] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        for each in _in_line(number, line):
            found.setdefault(each.recognised or each.written, each)
    return list(found.values())


def _in_line(number: int, line: str) -> Iterator[Asked]:
    bare = _NUMBERED.sub("", _OF_PUBMED.sub(" ", line).strip())
    if not bare:
        return
    words = _BETWEEN_WORDS.split(bare)
    if len([word for word in words if not _LABEL.match(word)]) == 1 and not _BETWEEN.search(bare.rstrip(",;| ")):
        yield Asked(number, bare, recognise(bare))
        return
    found = list(_in_words(number, words))
    if sum(each.recognised is None for each in found) > _MOST_WORDS:
        found = [*(each for each in found if each.recognised), Asked(number, bare[:_LONGEST_NAMED], None)]
    yield from found


def _in_words(number: int, words: list[str]) -> Iterator[Asked]:
    """What each word is; a number of few figures beside other things may be a year or a volume, if no label says else.

    A label holds for the number behind it, and for those that go on with a comma or “and”.
    """
    others = [word for word in words if not _LABEL.match(word) and word.casefold() not in _FILLING]
    only_short = all(_FEW_FIGURES.fullmatch(part) for word in others for part in _BETWEEN.split(word) if part)
    label, labelled, goes_on = "", False, False
    for word in words:
        if _LABEL.match(word):
            label, labelled, goes_on = word.rstrip(":#") + ": ", True, True
            continue
        goes_on = goes_on or (labelled and word.casefold() in _FILLING)
        for part in _parts(word, label):
            is_none = _MAY_BE_A_YEAR.fullmatch(part) and not (only_short or (goes_on and part[0].isdecimal()))
            yield Asked(number, part, None if is_none else recognise(label + part) or recognise(part))
        labelled, goes_on = goes_on, goes_on and (word[-1] in ",;|" or word.casefold() in _FILLING)


def _parts(word: str, label: str) -> list[str]:
    """A word, or what stands in it between commas: some DOIs hold a semicolon or a comma themselves."""
    if word.casefold() in _FILLING:
        return []
    if not _BETWEEN.search(word.strip(",;|")) or _is_one_doi(label + word):
        return [bare] if (bare := word.strip(",;|")) else []
    return [part for part in _BETWEEN.split(word) if part and part.casefold() not in _FILLING]


def _is_one_doi(word: str) -> bool:
    found = recognise(word)
    parts = [recognise(part) for part in _BETWEEN.split(word) if part]
    return found is not None and found.scheme == "DOI" and not any(parts[1:])
