"""DOI: recognised in any usual spelling, kept in one, and turned into an address."""

import re
import string
from urllib.parse import quote, unquote

from references.identifiers.punctuation import LEADING, without_trailing_punctuation

_ADDRESS = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/(?:doi:)?", re.IGNORECASE)
_PREFIX = re.compile(r"\A(?:info:doi/|urn:doi:|doi(?!\.org)[\s:=]*)", re.IGNORECASE)
# Prefix and suffix as in the DOI Handbook, section 2.2: a registrant of four or more digits, then any printable sign.
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
# A DOI inside the address of a publisher or a library, and what such an address goes on with.
_ELSEWHERE = re.compile(
    r"https?://(?:[^\s/]*doi[^\s/]*/|\S*?/(?:doi|articles?|chapters?|books?|content)/(?:[^\s?#]*?/)?|\S*?[?&](?:id|doi)=)"
    r"(?P<doi>10\.[0-9]{4,9}(?:\.[0-9]+)*(?:/|%2F)[^\s?#&]+)",
    re.IGNORECASE,
)
_VIEWS = re.compile(r"(?:/(?:full|abstract|summary|meta|html|fulltext|e?pdf|references)|\.pdf)/?\Z", re.IGNORECASE)
# As MEDLINE marks it: "10.1038/sj.ejhg.5201933 [doi]".
_MARK = re.compile(r"\s*\[doi\]\W*\Z", re.IGNORECASE)
_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def parse_doi(text: str) -> str:
    """The DOI alone, in lower case; ValueError with a sentence when the text holds none.

    A DOI means the same in capitals and small letters (DOI Handbook, section 2.4: ASCII letters only), so one
    spelling is kept and two copies of a reference compare equal.
    """
    bare = _PREFIX.sub("", _MARK.sub("", text.strip().lstrip(LEADING)))
    if address := _ADDRESS.match(bare):
        bare = unquote(re.split(r"[?#]", bare[address.end() :])[0])
    elif elsewhere := _ELSEWHERE.match(bare):
        bare = unquote(_VIEWS.sub("", without_trailing_punctuation(elsewhere["doi"])))
    doi = without_trailing_punctuation(bare, and_also="/")
    if not _DOI.fullmatch(doi):
        raise ValueError(f"“{text}” is not a DOI. A DOI looks like 10.1038/sj.ejhg.5201933.")
    return doi.translate(_ASCII_LOWER)


def doi_url(doi: str) -> str:
    """The address that leads to the work, with the signs that an address cannot hold written as %XX."""
    return "https://doi.org/" + quote(doi, safe="/:;()._-")
