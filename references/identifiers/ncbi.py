"""PMID and PMCID, the numbers of PubMed and PubMed Central: recognised in any usual spelling, kept in one."""

import re

from references.identifiers.punctuation import LEADING, TRAILING, without_unseen

_NCBI = r"(?:https?://)?(?:www\.|m\.)?"
_PMID_PREFIX = re.compile(
    rf"\A(?:{_NCBI}pubmed\.ncbi\.nlm\.nih\.gov/|{_NCBI}ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/"
    rf"|{_NCBI}europepmc\.org/(?:article|abstract)/med/|\?term=|info:pmid/|urn:pmid:"
    r"|(?:pmid|pubmed(?:\s+id)?|medline)[\s:]*)+",
    re.IGNORECASE,
)
_PMCID_PREFIX = re.compile(
    rf"\A(?:{_NCBI}pmc\.ncbi\.nlm\.nih\.gov/articles/|{_NCBI}ncbi\.nlm\.nih\.gov/pmc/articles/"
    rf"|{_NCBI}europepmc\.org/(?:articles?|abstract)/(?:pmc/)?|{_NCBI}pubmedcentral\.nih\.gov/articlerender\.fcgi\?artid="
    r"|pmc-?id[\s:]*)+",
    re.IGNORECASE,
)
# Digits after these are those of a PMCID.
_SAYS_PMC = re.compile(r"\W*(?:pmc-?id|\S*pubmedcentral)", re.IGNORECASE)
_PMID = re.compile(r"0*([1-9][0-9]{0,7})")
_PMCID = re.compile(r"PMC\s*0*([1-9][0-9]{0,8})(?:\.[0-9]+)?", re.IGNORECASE)


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
    if _SAYS_PMC.match(text) and bare.isdigit():
        bare = f"PMC{bare}"
    match = _PMCID.fullmatch(bare)
    if match is None:
        raise ValueError(f"“{text}” is not a PMCID. A PMCID is PMC and a number, for example PMC4369917.")
    return f"PMC{match[1]}"


def pmid_url(pmid: str) -> str:
    """The address of the record in PubMed."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def pmcid_url(pmcid: str) -> str:
    """The address of the full text in PubMed Central."""
    return f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"


def _bare_number(text: str, prefix: re.Pattern[str]) -> str:
    """What stands after the label or the address, without what an address goes on with or a sentence closes with."""
    bare = without_unseen(text).strip().lstrip(LEADING)
    label = prefix.match(bare)
    if label:
        bare = bare[label.end() :]
        bare = re.split(r"[?#/]", bare)[0] if "/" in label[0] else bare
    return bare.rstrip(TRAILING + ")]> ")
