"""What RIS, nbib and BibTeX have no field for, as remarks that begin with what they say: "Note: …", "RetractionIn: …".

Remarks of other makers say anything at all, so only those that begin like ours are read.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from references.formats.dates import edtf
from references.formats.pubmed import NOTICE_TAGS, notice

NOTE, TYPE, MEDIUM = "Note", "Publication type", "Medium"
_DATES = {"Last updated": "updated", "Its book began": "container_issued", "Seen on line": "accessed"}
_NOTICES = (*NOTICE_TAGS.values(), "ReinstatementIn")
_LABEL = rf"(?:{'|'.join([NOTE, TYPE, MEDIUM, *_DATES, *_NOTICES])}): "
_REMARK = re.compile(rf"({_LABEL})(.+)", re.DOTALL)
_BETWEEN = re.compile(rf" \| (?={_LABEL})")


def is_remark(text: str) -> bool:
    """Whether a text is a remark of ours, whose numbers may be those of another work."""
    return _REMARK.fullmatch(text) is not None


def notice_words(linked: Mapping[str, Any]) -> str:
    """The text of a notice with its identifiers, as NLM writes it: "J Test. 2010;1:1. doi: 10.1000/x. PMID: 1"."""
    text, pmid, doi = (str(linked.get(part) or "").strip() for part in ("text", "pmid", "doi"))
    numbers = ((doi, f"doi: {doi}", "doi:"), (pmid, f"PMID: {pmid}", "PMID:"))
    missing = [written for number, written, label in numbers if number and label not in text]
    return " ".join(filter(None, (text, *missing)))


def notes_as_remarks(reference: Mapping[str, Any]) -> list[str]:
    """The notes of a reference."""
    return [f"{NOTE}: {note}" for note in reference.get("notes", ())]


def pubmed_as_remarks(reference: Mapping[str, Any]) -> list[str]:
    """The publication types, the dates that other programs have no field for, and the linked notices of a reference."""
    types = [f"{TYPE}: {name}" for name in reference.get("publication_types", ())]
    # Of other works the day has a field; of articles other programs put there when they saved them.
    named = {name for name in _DATES.values() if name != "accessed" or reference.get("type") == "article-journal"}
    dates = [f"{label}: {reference[name]}" for label, name in _DATES.items() if name in named and reference.get(name)]
    kinds = [(each, each.get("type", "")) for each in reference.get("notices", ())]
    return types + dates + [f"{kind}: {notice_words(each)}" for each, kind in kinds if kind in _NOTICES]


def medium_as_remark(reference: Mapping[str, Any]) -> list[str]:
    """On what a work was published, for a form without a field for it."""
    return [f"{MEDIUM}: {reference['medium']}"] if reference.get("medium") else []


def medium_of(remarks: Iterable[str]) -> str:
    """The medium that a remark of ours names; ""."""
    said = (match for one in remarks if (match := _REMARK.fullmatch(one)))
    return next((match[2] for match in said if match[1] == f"{MEDIUM}: "), "")


def joined(remarks: Iterable[str]) -> str:
    """Remarks in one field."""
    return " | ".join(remarks)


def parted(text: str) -> list[str]:
    """The remarks that `joined` put together."""
    return _BETWEEN.split(text)


def custom_of(remarks: Iterable[str]) -> dict[str, Any]:
    """What remarks of ours say, under the names it has in "custom"; other remarks are passed over."""
    said = [(match[1][:-2], match[2]) for one in remarks if (match := _REMARK.fullmatch(one))]
    found: dict[str, Any] = {
        "publication_types": [text for label, text in said if label == TYPE],
        "notices": [notice(label, text) for label, text in said if label in _NOTICES],
        "notes": [text for label, text in said if label == NOTE],
        **{_DATES[label]: edtf(text) for label, text in said if label in _DATES},
    }
    return {name: each for name, each in found.items() if each}
