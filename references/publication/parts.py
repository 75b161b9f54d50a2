"""How an entry is shown in lists and on the pages that cite it."""

from collections.abc import Mapping, Sequence
from typing import Any

from alstrom_site.editorial.composing import href
from alstrom_site.editorial.kinds import Content, kind_named
from alstrom_site.page_parts import CitedReference, Identifier
from references.formatting import nlm_citation_html
from references.identifiers import doi_url, pmcid_url, pmid_url


def identifiers(content: Content) -> tuple[Identifier, ...]:
    """Return where the work can be found elsewhere."""
    found = (
        ("PubMed", content["PMID"], pmid_url),
        ("PubMed Central", content["PMCID"], pmcid_url),
        ("DOI", content["DOI"], doi_url),
    )
    return tuple(Identifier(label, value, url(value)) for label, value, url in found if value)


def cited_reference(content: Content, *, number: int, anchors: Sequence[str]) -> CitedReference:
    """Return an entry as it stands in the numbered list of a page that cites it."""
    return CitedReference(
        number=number,
        citation=nlm_citation_html(content),
        url=href(path_of(content)),
        identifiers=identifiers(content),
        anchors=tuple(anchors),
    )


def path_of(content: Content) -> str:
    """Return the path of its own page."""
    return kind_named("reference").path(content["key"])


def title_of(content: Content) -> str:
    """Return its title, else its key."""
    return kind_named("reference").title(content)


def display_name(person: Mapping[str, Any]) -> str:
    """Return a name in the order in which it is spoken."""
    names = (person.get(part, "") for part in ("given", "family", "suffix"))
    return person.get("literal") or " ".join(name for name in names if name)
