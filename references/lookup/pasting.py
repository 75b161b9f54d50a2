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
    bare = _NUMBERED.sub("", line.strip())
    if not bare:
        return
    words = _BETWEEN_WORDS.split(bare)
    if len([word for word in words if not _LABEL.match(word)]) == 1 and not _BETWEEN.search(bare.rstrip(",;| ")):
        yield Asked(number, bare, recognise(bare))
        return
    label = ""
    for word in words:
        if _LABEL.match(word):
            label = word.rstrip(":#") + ": "
            continue
        for part in _parts(word, label):
            yield Asked(number, part, recognise(label + part) or recognise(part))


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
