"""The shape of a reference's content: its types and fields, named after the variables of CSL 1.0.2.

The fields of BASE are always there. All others came later and are there only when they are filled, so that the
canonical form of an entry saved before they came, and with it its signed digest, is the same today.
"""

from collections.abc import Iterable, Mapping

TYPES: dict[str, str] = {
    "article-journal": "Journal article",
    "book": "Book",
    "chapter": "Chapter of a book",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "Web page",
    "dataset": "Data set",
    "article": "Preprint or other article",
    "paper-conference": "Conference paper",
    "article-newspaper": "Newspaper article",
    "article-magazine": "Magazine article",
    "software": "Software",
}

BASE: frozenset[str] = frozenset(
    {"key", "type", "author", "title", "container_title", "container_title_short", "issued", "volume", "issue", "page"}
    | {"epub", "DOI", "PMID", "PMCID", "notes"}
)

_CLOSED = ("'", "’", "‘", "ʼ", "-", "‐")

PEOPLE: dict[str, str] = {"author": "Authors", "editor": "Editors"}
PERSON = ("family", "given", "suffix", "literal")
MOST_PEOPLE = 5000
OTHERS: dict[str, str] = {"literal": "et al"}
"""What stands at the end of a list of people that the source does not name to the end."""

LINES: dict[str, str] = {
    "title": "Title",
    "container_title": "Journal or book",
    "container_title_short": "Journal, abbreviated",
    "volume": "Volume",
    "issue": "Issue",
    "page": "Pages",
    "publisher": "Publisher",
    "publisher_place": "Place of publication",
    "edition": "Edition of the work",
    "collection_title": "Series",
    "collection_number": "Number in the series",
    "number": "Number of the report",
    "number_of_pages": "Number of pages",
    "genre": "Kind of work",
    "medium": "Medium",
    "language": "Language",
    "original_title": "Title in its own language",
    "event_title": "Conference",
    "event_place": "Place of the conference",
    "abstract_licence": "Licence of the abstract",
    "publication_model": "How it was published",
    "publication_status": "How far it is published",
}
# Not variables of CSL; they stand under "custom".
OWN_LINES = ("abstract_licence", "publication_model", "publication_status")
# Word for word as the source had it, so that what was understood can be compared with it.
SOURCE_LINE = "source_line"

DATES: dict[str, str] = {
    "issued": "Issued",
    "epub": "Electronic date",
    "accessed": "Seen on line",
    "event_date": "Date of the conference",
    "updated": "Last updated",
    "container_issued": "When its book began",
}
# Of a chapter with a date of its own the book has another one; not variables of CSL, they stand under "custom".
OWN_DATES = ("updated", "container_issued")
NUMBERS: tuple[str, ...] = ("DOI", "PMID", "PMCID")
NUMBER_LISTS: tuple[str, ...] = ("ISBN", "ISSN")
LISTS: dict[str, str] = {"publication_types": "Publication types", "notes": "Notes"}
# Type exactly as PubMed names it ("RetractionIn"), and where the notice stands.
NOTICE = ("type", "pmid", "doi", "text")


def is_others(person: Mapping[str, str]) -> bool:
    """Return whether this is nobody, but the words that a list of people ends with when it is not whole."""
    return person.get("literal", "").strip(" .").lower() == OTHERS["literal"]


def with_particles(parts: Iterable[str]) -> str:
    """Return a family name behind its particles; one that ends in an apostrophe or a hyphen is joined closed.

    Source: CSL 1.0.2, names, as citeproc-js reads it: "d'" and "Alembert" are one word, "van" and "Test" are two.
    """
    return "".join(part if part.endswith(_CLOSED) else f"{part} " for part in parts if part).strip()
