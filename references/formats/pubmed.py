"""What MEDLINE/nbib and PubMed XML have in common: types of publication, notices, and how NLM writes things.

Sources: "MEDLINE/PubMed Data Element (Field) Descriptions" and the PubMed DTD of NLM.
"""

import re
from typing import Any

from references.formats.records import Reading
from references.formats.values import identifier

# The type of CSL for types of publication that are not an article in a journal. The first that applies counts.
_TYPES = {
    "Book Chapter": "chapter",
    "Book": "book",
    "Preprint": "article",
    "Academic Dissertation": "thesis",
    "Dataset": "dataset",
    "Technical Report": "report",
}
_WITHOUT_JOURNAL = {"Legislation": "legislation", "Webcast": "webpage", "Video-Audio Media": "motion_picture"}

# Where a book or a chapter stands, by its number ("NBK1267").
BOOKSHELF = "https://www.ncbi.nlm.nih.gov/books/{}/"

# The tags of notices in nbib, and the RefType that PubMed XML gives the same notice.
NOTICE_TAGS = {
    "CIN": "CommentIn",
    "CON": "CommentOn",
    "EIN": "ErratumIn",
    "EFR": "ErratumFor",
    "ECI": "ExpressionOfConcernIn",
    "ECF": "ExpressionOfConcernFor",
    "RIN": "RetractionIn",
    "ROF": "RetractionOf",
    "PRIN": "PartialRetractionIn",
    "PROF": "PartialRetractionOf",
    "CRI": "CorrectedandRepublishedIn",
    "CRF": "CorrectedandRepublishedFrom",
    "RRI": "RetractedandRepublishedIn",
    "RRF": "RetractedandRepublishedFrom",
    "RPI": "RepublishedIn",
    "RPF": "RepublishedFrom",
    "UIN": "UpdateIn",
    "UOF": "UpdateOf",
    "SPIN": "SummaryForPatientsIn",
    "ORI": "OriginalReportIn",
    "DDIN": "AssociatedDataset",
    "DRIN": "AssociatedPublication",
}
_LABEL = re.compile(r"^[A-Z][A-Za-z ]{3,40}: ")
_PMID = re.compile(r"\bPMID: ?([0-9]{1,9})")
_DOI = re.compile(r"\bdoi: ?(10\.\S+)", re.IGNORECASE)


def csl_type(publication_types: list[str], *, container: str, book: str) -> str:
    """The type of CSL; an article in a journal unless NLM says otherwise."""
    if book:
        return "chapter" if container else "book"
    wanted = _TYPES if container else _TYPES | _WITHOUT_JOURNAL
    return next((wanted[name] for name in wanted if name in publication_types), "article-journal")


def notice(kind: str, text: str, pmid: str = "") -> dict[str, str]:
    """One linked notice, with its identifiers found in the text unless they are given."""
    found, doi = _PMID.search(text), _DOI.search(text)
    return {
        "type": kind,
        "pmid": identifier("PMID", pmid) or (found[1] if found else ""),
        "doi": identifier("DOI", doi[1]) if doi else "",
        "text": _LABEL.sub("", text),
    }


def finish(reading: Reading, custom: dict[str, Any]) -> Reading:
    """Put what CSL has no variable for under "custom", and name the genre where the type does not say it."""
    item = reading.item
    types = custom.get("publication_types", [])
    if "Preprint" in types:
        item["genre"] = "preprint"
    item["custom"] = {name: value for name, value in custom.items() if value}
    return reading
