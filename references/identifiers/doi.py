"""DOI: recognised in any usual spelling, kept in one, and turned into an address."""

import re
import string
from urllib.parse import quote, unquote

from references.identifiers.punctuation import LEADING, without_trailing_punctuation, without_unseen

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
# Copied from a list: "10.1000/a;PMID:123".
_NEXT_NUMBER = re.compile(r"[;,]\s*PMC?ID(?:[\s:=].*)?\Z", re.IGNORECASE | re.DOTALL)
# Addresses of bioRxiv and medRxiv name a state of the work and a view of it, which have no DOI of their own.
_STATE = re.compile(
    r"\A(10\.(?:1101|64898)/(?:[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.)?[0-9]{6,8})v[0-9]+(?:\.[a-z.+-]+)?\Z", re.IGNORECASE
)
_ENTITY = re.compile(r"&(lt|gt|amp);", re.IGNORECASE)
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&"}
_FULL_WIDTH = {0xFEE0 + sign: sign for sign in range(0x21, 0x7F)}
_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def parse_doi(text: str) -> str:
    """The DOI alone, in lower case; ValueError with a sentence when the text holds none.

    A DOI means the same in capitals and small letters (DOI Handbook, section 2.4: ASCII letters only), so one
    spelling is kept and two copies of a reference compare equal.
    """
    plain = without_unseen(text).translate(_FULL_WIDTH)
    bare = _PREFIX.sub("", _MARK.sub("", _NEXT_NUMBER.sub("", plain.strip().lstrip(LEADING))))
    if address := _ADDRESS.match(bare):
        bare = re.split(r"[?#]", bare[address.end() :])[0]
    elif elsewhere := _ELSEWHERE.match(bare):
        bare = _VIEWS.sub("", without_trailing_punctuation(elsewhere["doi"]))
    doi = _STATE.sub(r"\1", without_trailing_punctuation(_unescaped(bare), and_also="/"))
    if not _DOI.fullmatch(doi):
        raise ValueError(f"“{text}” is not a DOI. A DOI looks like 10.1038/sj.ejhg.5201933.")
    return doi.translate(_ASCII_LOWER)


def _unescaped(text: str) -> str:
    """What an address or a page of HTML writes as %3C or &lt;, also twice, as itself."""
    while ("%" in text or "&" in text) and (plain := _unescaped_once(text)) != text:
        text = plain
    return text


def _unescaped_once(text: str) -> str:
    try:
        plain = unquote(text, errors="strict")
    except UnicodeDecodeError:
        plain = text
    plain = _ENTITY.sub(lambda match: _ENTITIES[match[1].lower()], plain)
    return without_unseen(plain).translate(_FULL_WIDTH)


def doi_url(doi: str) -> str:
    """The address that leads to the work, with the signs that an address cannot hold written as %XX."""
    return "https://doi.org/" + quote(doi, safe="/:;()._-")
