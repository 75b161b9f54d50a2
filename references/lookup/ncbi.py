"""PubMed by E-utilities, and the converter of identifiers of PubMed Central.

Sources: "Entrez Programming Utilities Help" and "PMC ID Converter API" (NCBI).
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings

from references.formats.reading import read_references
from references.formats.records import Problem, Record
from references.lookup.asking import Pace, Patience, Server, Unavailable, read_json

AT_ONCE = 100
SEARCHED_AT_ONCE = 20
TOOL = "alstrom-site"
# How a whole answer ends: with records, without any, or with a sentence that there are none.
_ENDS = (b"</PubmedArticleSet>", b"<PubmedArticleSet/>", b"</eFetchResult>")
_pace = Pace()

Found = tuple[Record, list[Problem]]


def by_pmid(pmids: Sequence[str], patience: Patience) -> dict[str, Found]:
    """Return the records of PubMed by their PMID, each with what was not understood of it; raise Unavailable."""
    found: dict[str, Found] = {}
    for first in range(0, len(pmids), AT_ONCE):
        asked = {"db": "pubmed", "id": ",".join(pmids[first : first + AT_ONCE]), "retmode": "xml"}
        # What NCBI does not know it leaves out, or answers with 400 when it knows none.
        content = _eutils().ask("/efetch.fcgi", asked, patience, is_whole=_is_whole) or b""
        found |= {str(record.item.get("PMID", "")): (record, said) for record, said in _read(content)}
    return found


def pmids_of(dois: Sequence[str], patience: Patience) -> list[str]:
    """Return the PMIDs of what PubMed finds under these DOIs; some may be of other works. Raises Unavailable."""
    found: list[str] = []
    for first in range(0, len(dois), SEARCHED_AT_ONCE):
        words = [doi.replace('"', "") for doi in dois[first : first + SEARCHED_AT_ONCE]]
        term = " OR ".join(f'"{doi}"[doi]' for doi in words)
        asked = {"db": "pubmed", "retmode": "json", "retmax": 200, "term": term}
        content = _eutils().ask("/esearch.fcgi", asked, patience, is_whole=_has_a_list)
        found += _listed(content) or []
    return found


def converted(pmcids: Sequence[str], patience: Patience) -> dict[str, dict[str, str]]:
    """Return what PubMed Central knows these works by: {"PMC1": {"PMID": …, "DOI": …}}. Raises Unavailable."""
    found: dict[str, dict[str, str]] = {}
    for first in range(0, len(pmcids), AT_ONCE):
        asked = {"ids": ",".join(pmcids[first : first + AT_ONCE]), "format": "json"}
        rows = _object(_converter().ask("", asked, patience)).get("records")
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and row.get("pmcid"):
                known = {"PMID": row.get("pmid"), "DOI": row.get("doi")}
                found[str(row["pmcid"])] = {name: str(value) for name, value in known.items() if value}
    return found


def _eutils() -> Server:
    key = {"api_key": settings.NCBI_API_KEY} if settings.NCBI_API_KEY else {}
    return Server("PubMed", settings.NCBI_URL, 10 if key else 3, _pace, {**_identity(), **key})


def _converter() -> Server:
    return Server("PubMed Central", settings.PMC_CONVERTER_URL, 3, _pace, _identity())


def _identity() -> dict[str, str]:
    return {"tool": TOOL, "email": settings.CONTACT_EMAIL} if settings.CONTACT_EMAIL else {"tool": TOOL}


def _is_whole(content: bytes) -> bool:
    return any(end in content[-200:] for end in _ENDS)


def _has_a_list(content: bytes) -> bool:
    return _listed(content) is not None


def _listed(content: bytes | None) -> list[str] | None:
    """The PMIDs that a search found; None when it failed, which E-utilities say with status 200 too."""
    try:
        result = _object(content).get("esearchresult")
    except Unavailable:
        return None
    pmids = result.get("idlist") if isinstance(result, dict) and "ERROR" not in result else None
    return [str(pmid) for pmid in pmids] if isinstance(pmids, list) else None


def _read(content: bytes) -> Iterator[Found]:
    said: list[Problem] = []
    record: Record | None = None
    for one in read_references(io.BytesIO(content), format="pubmed-xml"):
        if isinstance(one, Problem):
            said.append(one)
            continue
        if record is not None:
            yield record, said
        record, said = one, []
    if record is not None:
        yield record, said


def _object(content: bytes | None) -> dict[str, Any]:
    read = read_json(content or b"{}", "PubMed")
    return read if isinstance(read, dict) else {}
