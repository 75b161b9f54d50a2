"""Whether a work still stands: retracted, under concern, corrected, superseded; read from what its record says of it.

PubMed's names are compared exactly: "RetractionIn" says that this work was retracted, "RetractionOf" that it is itself
the notice of a retraction, and so do the publication types "Retracted Publication" and "Retraction Notice".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Standing = Literal["retracted", "concern", "corrected", "superseded"]

# In the order of how much they mean to a reader.
_KINDS: dict[str, Standing] = {
    "RetractionIn": "retracted",
    "PartialRetractionIn": "retracted",
    "RetractedandRepublishedIn": "retracted",
    "ExpressionOfConcernIn": "concern",
    "CorrectedandRepublishedIn": "corrected",
    "ErratumIn": "corrected",
    "UpdateIn": "superseded",
}
_TYPES: dict[str, Standing] = {"Retracted Publication": "retracted"}
_WORDS: dict[Standing, str] = {
    "retracted": "Retracted",
    "concern": "Expression of concern",
    "superseded": "Superseded",
    "corrected": "Corrected",
}
_YEAR = re.compile(r"(?:^|[ .])((?:19|20)[0-9]{2})(?=[ ;:.])")


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a work: what, in which year ("" when unknown), and where the notice stands."""

    standing: Standing
    year: str = ""
    pmid: str = ""
    doi: str = ""
    text: str = ""

    @property
    def words(self) -> str:
        """For readers: "Retracted 2010"."""
        return f"{_WORDS[self.standing]} {self.year}".strip()


def what_happened(reference: Mapping[str, Any]) -> tuple[Happened, ...]:
    """Everything that happened to the work, what means most first and each kind in the order of years."""
    found = sorted(_found(reference), key=lambda each: (list(_WORDS).index(each.standing), each.year or "9999"))
    return tuple(found)


def is_retracted(reference: Mapping[str, Any]) -> bool:
    """Whether the work was retracted, wholly or in part."""
    return any(each.standing == "retracted" for each in _found(reference))


def _found(reference: Mapping[str, Any]) -> Iterator[Happened]:
    said = set()
    for notice in reference.get("notices", ()):
        standing = _KINDS.get(notice.get("type", ""))
        if standing is not None:
            said.add(standing)
            text = notice.get("text", "")
            year = _YEAR.search(text)
            yield Happened(standing, year[1] if year else "", notice.get("pmid", ""), notice.get("doi", ""), text)
    for name in reference.get("publication_types", ()):
        standing = _TYPES.get(name)
        if standing is not None and standing not in said:
            yield Happened(standing)
