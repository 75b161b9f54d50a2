"""Identifiers of works: recognised in any usual spelling, held to their check digits, kept in one, made addresses."""

from alstrom_site.accounts.orcid import parse_orcid
from references.identifiers.doi import doi_url, parse_doi
from references.identifiers.ncbi import parse_pmcid, parse_pmid, pmcid_url, pmid_url
from references.identifiers.recognising import Recognised, number_in, recognise
from references.identifiers.standard_numbers import isbn13, parse_isbn, parse_issn

__all__ = [
    "Recognised",
    "doi_url",
    "isbn13",
    "number_in",
    "parse_doi",
    "parse_isbn",
    "parse_issn",
    "parse_orcid",
    "parse_pmcid",
    "parse_pmid",
    "pmcid_url",
    "pmid_url",
    "recognise",
]
