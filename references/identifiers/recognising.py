"""Which identifier a pasted word is, whatever its spelling."""

from collections.abc import Callable
from typing import NamedTuple

from alstrom_site.accounts.orcid import parse_orcid
from references.identifiers.doi import parse_doi
from references.identifiers.ncbi import parse_pmcid, parse_pmid
from references.identifiers.punctuation import LEADING, TRAILING
from references.identifiers.standard_numbers import parse_isbn, parse_issn

# In this order: what says most about itself first, so that eight digits without a hyphen are a PMID and no ISSN.
_PARSERS: dict[str, Callable[[str], str]] = {
    "DOI": parse_doi,
    "PMCID": parse_pmcid,
    "ORCID": parse_orcid,
    "PMID": parse_pmid,
    "ISBN": parse_isbn,
    "ISSN": parse_issn,
}

_AROUND = f"{LEADING}{TRAILING})]> "
_OF_WORKS = frozenset({"DOI", "PMID", "PMCID"})


class Recognised(NamedTuple):
    """An identifier in its one spelling; `scheme` is "DOI", "PMID", "PMCID", "ORCID", "ISBN" or "ISSN"."""

    scheme: str
    value: str


def recognise(text: str) -> Recognised | None:
    """The identifier that the text is, by itself or with a label or as an address; None when it is none we know."""
    for scheme, parse in _PARSERS.items():
        try:
            return Recognised(scheme, parse(text))
        except ValueError:
            continue
    return None


def number_in(typed: str) -> Recognised | None:
    """The DOI, PMID or PMCID that was typed to find an entry; None for digits alone, which may be a year or a page."""
    found = None if typed.strip(_AROUND).isdecimal() else recognise(typed)
    return found if found and found.scheme in _OF_WORKS else None
