"""Where a work stands on line: "[cited 2007 Feb 22]", "Available from: …", "doi: …".

Citing Medicine, chapters 22 to 26.
"""

from collections.abc import Collection, Mapping
from typing import Any

from references.formatting.dates import nlm_date
from references.identifiers import doi_url


def is_cited_on_line(reference: Mapping[str, Any]) -> bool:
    """Whether the entry says that its address was seen on a day, and so cites what stood there then."""
    return bool(reference.get("accessed") and reference.get("URL"))


def cited(reference: Mapping[str, Any]) -> str:
    """The day on which it was seen: "[cited 2007 Feb 22]", or nothing for what is not cited on line."""
    return f"[cited {nlm_date(reference['accessed'])}]" if is_cited_on_line(reference) else ""


def updated_and_cited(reference: Mapping[str, Any]) -> str:
    """The day of the last update before that: "[updated 2006 May 1; cited 2007 Feb 22]"."""
    updated, seen = reference.get("updated"), cited(reference)
    if not updated:
        return seen
    return f"[updated {nlm_date(updated)}; {seen[1:]}" if seen else f"[updated {nlm_date(updated)}]"


def available_from(reference: Mapping[str, Any]) -> str:
    """The address: "Available from: https://example.org/a"; of a work with a DOI alone, the address of the DOI."""
    address = reference.get("URL") or (doi_url(reference["DOI"]) if reference.get("DOI") else "")
    return f"Available from: {address}" if address else ""


def identifier_parts(reference: Mapping[str, Any], identifiers: Collection[str]) -> list[str]:
    """The identifiers that are wanted and known: "doi: 10.1000/x"; the others stand last, in `closing_identifiers`."""
    return [f"doi: {doi_as_written(reference)}"] if reference.get("DOI") and "DOI" in identifiers else []


def closing_identifiers(reference: Mapping[str, Any], identifiers: Collection[str]) -> str:
    """The numbers of PubMed and PubMed Central, as PubMed cites: "PMID: 1; PMCID: PMC1"."""
    return "; ".join(
        [f"{name}: {reference[name]}" for name in ("PMID", "PMCID") if _wanted(reference, name, identifiers)]
    )


def _wanted(reference: Mapping[str, Any], name: str, identifiers: Collection[str]) -> bool:
    return name in identifiers and bool(reference.get(name))


def doi_as_written(reference: Mapping[str, Any]) -> str:
    """The DOI in the capitals of the source; we keep it in small letters, which mean the same. "" for none."""
    doi, source = str(reference.get("DOI") or ""), str(reference.get("source_line") or "")
    at = source.lower().find(doi) if source else -1
    return source[at : at + len(doi)] if at >= 0 else doi
