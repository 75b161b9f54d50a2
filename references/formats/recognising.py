"""Which format a text is in, told by its beginning and never by the name of its file."""

import re

from references.formats.nlm_list import looks_like_citations
from references.formats.pubmed_xml import RECORD

_XML = re.compile(r"\s*<[?!A-Za-z]")
_PUBMED = re.compile(r"<(?:PubmedArticleSet|PubmedBookArticleSet|MedlineCitationSet|BookDocumentSet)[\s/>]")
_JSON = re.compile(r"""\s*(?:\[\s*(?:[\[{]|\]\s*$)|\{\s*(?:"|\}\s*$))""")
# The first line of a format that stands in the text decides: an abstract may hold a line of another one.
_LINES = {
    "nbib": re.compile(r"^(?:PMID- ?|OWN - |STAT- |FAU - |AU  - [^\n]* [A-Z]{1,3}$)", re.MULTILINE),
    "ris": re.compile(r"^TY {1,3}-(?: |$)", re.MULTILINE),
    "bibtex": re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE),
}
_RIS_WITHOUT_TYPE = re.compile(r"^(?:A[1U]|T[1I]|PY|JO|JF|ER)  -(?: |$)", re.MULTILINE)


def recognise(head: str) -> str | None:
    """The name of the format, or None when the text is in none that we read."""
    if _XML.match(head):
        return "pubmed-xml" if _PUBMED.search(head) or RECORD.search(head) else None
    if _JSON.match(head):
        return "csl-json"
    found = {name: match.start() for name, line in _LINES.items() if (match := line.search(head))}
    if found:
        return min(found, key=lambda name: found[name])
    if _RIS_WITHOUT_TYPE.search(head):
        return "ris"
    return "nlm-text" if looks_like_citations(head) else None
