"""Finds works by their identifiers: PubMed first, and what it does not have at Crossref."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings

from references.formats.records import Problem, Record
from references.identifiers import parse_doi, parse_pmid
from references.importing import Brought
from references.lookup import crossref, ncbi
from references.lookup.asking import Patience, Unavailable
from references.lookup.pasting import LOOKED_UP, Asked
from references.provenance import LOOKED_UP as WAY
from references.provenance import TakenFrom

SWITCHED_OFF = "Looking up is switched off on this site. Fill in the form by hand, or import a file."
Found = tuple[Record, list[Problem]]


@dataclass
class LookedUp:
    """What a look-up gave: records in the order in which they were asked for, and a sentence about each thing else."""

    records: list[Brought] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class _Search:
    """One look-up on its way: which PMID or DOI stands for what was asked, and what was found under them."""

    patience: Patience = field(default_factory=Patience)
    stands_for: dict[Asked, dict[str, str]] = field(default_factory=dict)
    at_pubmed: dict[str, Found] = field(default_factory=dict)
    trouble: dict[str, str] = field(default_factory=dict)

    def tried(self, server: str, attempt: Callable[[], None]) -> None:
        """Make an attempt; what went wrong is kept, and costs nothing that was found elsewhere."""
        try:
            attempt()
        except Unavailable as error:
            self.trouble[server] = str(error)


def look_up(asked: Sequence[Asked]) -> LookedUp:
    """Return the records of all that was asked for, from PubMed, else from Crossref; nothing is raised.

    Whatever cannot be found, or asked for at the moment, has a sentence.
    """
    result = LookedUp()
    if not settings.LOOK_UP:
        result.remarks = [(1, SWITCHED_OFF)]
        return result
    search = _Search()
    wanted = [each for each in asked if each.recognised and each.recognised.scheme in LOOKED_UP]
    search.stands_for = {each: {each.recognised.scheme: each.recognised.value} for each in wanted if each.recognised}
    search.tried("PubMed Central", lambda: _convert(search))
    search.tried("PubMed", lambda: _fetch(search))
    search.tried("PubMed", lambda: _search_dois(search))
    for each in asked:
        found = _found(search, each) if each in search.stands_for else _not_looked_up(each)
        if isinstance(found, str):
            result.remarks.append((each.line, found))
        else:
            result.records.append(_brought(len(result.records) + 1, each, found))
    return result


def _convert(search: _Search) -> None:
    pmcids = [known["PMCID"] for known in search.stands_for.values() if "PMCID" in known]
    converted = ncbi.converted(pmcids, search.patience) if pmcids else {}
    for known in search.stands_for.values():
        said = converted.get(known.get("PMCID", ""), {})
        # What is none of these after all is asked of nobody.
        found = {"PMID": _parsed(parse_pmid, said.get("PMID")), "DOI": _parsed(parse_doi, said.get("DOI"))}
        known.update({name: identifier for name, identifier in found.items() if identifier})


def _fetch(search: _Search) -> None:
    pmids = [known["PMID"] for known in search.stands_for.values() if "PMID" in known]
    search.at_pubmed |= ncbi.by_pmid(list(dict.fromkeys(pmids)), search.patience)


def _search_dois(search: _Search) -> None:
    """Find the works of DOIs: of what a search gives, only a record with exactly this DOI is the one."""
    dois = [known["DOI"] for known in search.stands_for.values() if "DOI" in known and "PMID" not in known]
    pmids = ncbi.pmids_of(dois, search.patience) if dois else []
    search.at_pubmed |= ncbi.by_pmid([pmid for pmid in pmids if pmid not in search.at_pubmed], search.patience)
    by_doi = {_parsed(parse_doi, found[0].item.get("DOI")): pmid for pmid, found in search.at_pubmed.items()}
    for known in search.stands_for.values():
        if known.get("DOI") in by_doi:
            known.setdefault("PMID", by_doi[known["DOI"]])


def _found(search: _Search, asked: Asked) -> tuple[str, Found] | str:
    """Where a record was found, and the record; or why there is none."""
    known = search.stands_for[asked]
    if (pmid := _parsed(parse_pmid, known.get("PMID"))) in search.at_pubmed:
        return "PubMed", search.at_pubmed[pmid]
    doi = known.get("DOI", "")
    try:
        at_crossref = crossref.by_doi(doi, search.patience) if doi else None
    except Unavailable as error:
        return f"{asked.shown}: {error}"
    if at_crossref is not None:
        return "Crossref", at_crossref
    trouble = " ".join(dict.fromkeys(search.trouble.values()))
    nobody = "Neither PubMed nor Crossref has it" if doi else "PubMed does not have it"
    return f"{asked.shown}: {trouble or f'{nobody}. Compare the number with the source, or fill in the form by hand.'}"


def _not_looked_up(asked: Asked) -> str:
    if asked.recognised is None:
        return f"{asked.shown} is no PMID, DOI or PMCID. Compare it with the source."
    return f"{asked.shown}: only PMID, DOI and PMCID can be looked up. Fill in the form by hand."


def _brought(number: int, asked: Asked, found: tuple[str, Found]) -> Brought:
    source, (record, said) = found
    taken = TakenFrom(WAY, source, asked.shown, record.source)
    return Brought(number, asked.line, record.item, taken, tuple(one.message for one in said))


def _parsed(parse: Callable[[str], str], text: object) -> str:
    try:
        return parse(str(text or ""))
    except ValueError:
        return ""
