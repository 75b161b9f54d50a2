"""DOI, PMID and PMCID: recognised in any usual spelling, kept in one, and turned into addresses."""

import re
import string
from urllib.parse import quote, unquote

_DOI_ADDRESS = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/(?:doi:)?", re.IGNORECASE)
_DOI_PREFIX = re.compile(r"\A(?:info:doi/|doi(?!\.org)[\s:]*)", re.IGNORECASE)
# Prefix and suffix as in the DOI Handbook, section 2.2: a registrant of four or more digits, then any printable sign.
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f-\x9f]+")
_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
_TRAILING = ".,;:'\"”’»"

_NCBI = r"(?:https?://)?(?:www\.)?"
_PMID_PREFIX = re.compile(
    rf"\A(?:{_NCBI}pubmed\.ncbi\.nlm\.nih\.gov/|{_NCBI}ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/"
    r"|(?:pmid|pubmed(?:\s+id)?)[\s:]*)+",
    re.IGNORECASE,
)
_PMCID_PREFIX = re.compile(
    rf"\A(?:{_NCBI}pmc\.ncbi\.nlm\.nih\.gov/articles/|{_NCBI}ncbi\.nlm\.nih\.gov/pmc/articles/"
    rf"|{_NCBI}europepmc\.org/articles?/(?:pmc/)?|pmcid[\s:]*)+",
    re.IGNORECASE,
)
_PMID = re.compile(r"0*([1-9][0-9]{0,7})")
_PMCID = re.compile(r"PMC\s*0*([1-9][0-9]{0,8})(?:\.[0-9]+)?", re.IGNORECASE)


def parse_doi(text: str) -> str:
    """The DOI alone, in lower case; ValueError with a sentence when the text holds none.

    A DOI means the same in capitals and small letters (DOI Handbook, section 2.4: ASCII letters only), so one
    spelling is kept and two copies of a reference compare equal.
    """
    bare = _DOI_PREFIX.sub("", text.strip().lstrip("([<"))
    if address := _DOI_ADDRESS.match(bare):
        bare = unquote(re.split(r"[?#]", bare[address.end() :])[0])
    doi = _without_trailing_punctuation(bare)
    if not _DOI.fullmatch(doi):
        raise ValueError(f"“{text}” is not a DOI. A DOI looks like 10.1038/sj.ejhg.5201933.")
    return doi.translate(_ASCII_LOWER)


def parse_pmid(text: str) -> str:
    """The PubMed number as digits; ValueError with a sentence when the text holds none."""
    match = _PMID.fullmatch(_bare_number(text, _PMID_PREFIX))
    if match is None:
        raise ValueError(f"“{text}” is not a PMID. A PMID is a number of up to 8 digits, for example 17940554.")
    return match[1]


def parse_pmcid(text: str) -> str:
    """The PubMed Central number as "PMC" and digits, without the count of its edition; ValueError otherwise.

    Digits alone are refused, as they might be a PMID; after "PMCID:" they are taken.
    """
    bare = _bare_number(text, _PMCID_PREFIX)
    if re.match(r"\W*pmcid", text, re.IGNORECASE) and bare.isdigit():
        bare = f"PMC{bare}"
    match = _PMCID.fullmatch(bare)
    if match is None:
        raise ValueError(f"“{text}” is not a PMCID. A PMCID is PMC and a number, for example PMC4369917.")
    return f"PMC{match[1]}"


def doi_url(doi: str) -> str:
    """The address that leads to the work, with the signs that an address cannot hold written as %XX."""
    return "https://doi.org/" + quote(doi, safe="/:;()._-")


def pmid_url(pmid: str) -> str:
    """The address of the record in PubMed."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def pmcid_url(pmcid: str) -> str:
    """The address of the full text in PubMed Central."""
    return f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"


def _bare_number(text: str, prefix: re.Pattern[str]) -> str:
    """What stands after the label or the address, without what an address goes on with or a sentence closes with."""
    bare = text.strip().lstrip("([<")
    label = prefix.match(bare)
    if label:
        bare = bare[label.end() :]
        bare = re.split(r"[?#/]", bare)[0] if "/" in label[0] else bare
    return bare.rstrip(_TRAILING + ")]> ")


def _without_trailing_punctuation(text: str) -> str:
    """Takes off what a sentence puts after a DOI, but keeps a bracket that was opened inside it."""
    while text and (text[-1] in _TRAILING or _closes_nothing(text)):
        text = text[:-1]
    return text


def _closes_nothing(text: str) -> bool:
    opening = _BRACKETS.get(text[-1])
    return opening is not None and text.count(opening) < text.count(text[-1])
