"""What a citation says of a work that was retracted: "Retraction in: J Test. 2010 Jan;1(1):2."

As PubMed prints it, and Citing Medicine, chapter 1, "Notes". The PMID of a notice is left out: the last one of all is
that of the work.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_PRINTED = {
    "RetractionIn": "Retraction in: ",
    "PartialRetractionIn": "Partial retraction in: ",
    "RetractedandRepublishedIn": "Retracted and republished in: ",
    "ExpressionOfConcernIn": "Expression of concern in: ",
    "ReinstatementIn": "Reinstatement in: ",
}
_PMID = re.compile(r"[.;]?\s*\bPMC?ID:? ?\w+")


def closing_notices(reference: Mapping[str, Any]) -> Iterator[str]:
    """The notices that make a reader doubt a work, and that of a retraction taken back, unless its notes say so."""
    notes = reference.get("notes", ())
    for each in reference.get("notices", ()):
        label = _PRINTED.get(each.get("type", ""))
        if label and not any(note.startswith(label) for note in notes):
            yield f"{label}{_where(each)}".removesuffix(": ")


def _where(notice: Mapping[str, str]) -> str:
    text, doi, pmid = (notice.get(part) or "" for part in ("text", "doi", "pmid"))
    text = _PMID.sub("", text).strip().removesuffix(".")
    if doi and doi not in text.lower():
        return f"{text}. doi: {doi}" if text else f"doi: {doi}"
    return text or (f"PubMed {pmid}" if pmid else "")
