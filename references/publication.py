"""Composes the public page of a bibliography entry, and how an entry is shown wherever it is cited."""

from alstrom_site.editorial.kinds import Content, LiveDocument, Page
from alstrom_site.page_parts import Identifier
from references.identifiers import doi_url, pmcid_url, pmid_url


def identifiers(content: Content) -> tuple[Identifier, ...]:
    """Return where the work can be found elsewhere."""
    found = (
        ("PubMed", content["PMID"], pmid_url),
        ("PubMed Central", content["PMCID"], pmcid_url),
        ("DOI", content["DOI"], doi_url),
    )
    return tuple(Identifier(label, value, url(value)) for label, value, url in found if value)


def compose_entry(live: LiveDocument) -> Page:
    """Return the public page of a live entry."""
    raise NotImplementedError
