"""The public page of a bibliography entry, and how an entry is shown and handed on wherever it is cited."""

from references.publication.contents import as_web_page, published_contents
from references.publication.entry import compose_entry
from references.publication.parts import as_shown, cited_reference, holding, identifiers, withdrawn_here

__all__ = [
    "as_shown",
    "as_web_page",
    "cited_reference",
    "compose_entry",
    "holding",
    "identifiers",
    "published_contents",
    "withdrawn_here",
]
