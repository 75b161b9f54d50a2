"""References printed as the National Library of Medicine prints them, from the content of a reference.

Rules: Citing Medicine, 2nd edition (NLM, Bookshelf NBK7256), the summary format of PubMed of 2008, and the source lines
(SO) of PubMed's own records.
"""

from references.formatting.citation import IDENTIFIERS, nlm_citation, nlm_citation_html, nlm_source
from references.formatting.labels import known_otherwise, name_in_text, short_label
from references.formatting.names import nlm_name
from references.formatting.titles import plain_title, title_html

__all__ = [
    "IDENTIFIERS",
    "known_otherwise",
    "name_in_text",
    "nlm_citation",
    "nlm_citation_html",
    "nlm_name",
    "nlm_source",
    "plain_title",
    "short_label",
    "title_html",
]
