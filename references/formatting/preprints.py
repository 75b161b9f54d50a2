"""Servers of preprints, and which of our works are preprints: what no journal has reviewed says so in its citation."""

import re
from collections.abc import Mapping
from typing import Any

NAMES = {
    "arxiv": "arXiv", "corr": "arXiv", "biorxiv": "bioRxiv", "chemrxiv": "ChemRxiv", "medrxiv": "medRxiv",
    "osf preprints": "OSF Preprints", "preprints.org": "Preprints.org", "psyarxiv": "PsyArXiv",
    "research square": "Research Square", "ssrn": "SSRN", "ssrn electronic journal": "SSRN",
}  # fmt: skip
# "arXiv preprint arXiv:2101.00001", "bioRxiv : the preprint server for biology".
SERVER = re.compile(
    rf"({'|'.join(map(re.escape, sorted(NAMES, key=len, reverse=True)))})"
    r"(?: ?: the preprint server.*| \[?(?:e-|pre)?prints?\]?(?: arxiv:\S+| \S+)?|:\S+)?",
    re.IGNORECASE,
)
# Journals of Cold Spring Harbor have DOIs with letters under the first of these prefixes.
DOIS = {
    r"10\.(?:1101|64898)/(?:[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.[0-9]+|[0-9]{6}(?![0-9]))": "",
    r"10\.48550/arxiv\.": "arXiv",
    r"10\.2139/ssrn\.": "SSRN",
    r"10\.20944/preprints": "Preprints.org",
    r"10\.21203/rs\.": "Research Square",
    r"10\.26434/chemrxiv": "ChemRxiv",
    r"10\.31219/osf\.io/": "OSF Preprints",
    r"10\.31234/osf\.io/": "PsyArXiv",
}


def is_preprint(reference: Mapping[str, Any]) -> bool:
    """Whether a work says that it is a preprint, or stands on a server of such: CSL's "article" may be anything."""
    get = reference.get
    if genre := get("genre"):
        return "preprint" in genre.lower()
    names = filter(None, (get("container_title"), get("container_title_short"), get("publisher")))
    return (
        "Preprint" in get("publication_types", ())
        or any(map(SERVER.fullmatch, names))
        or any(re.match(begin, get("DOI") or "", re.IGNORECASE) for begin in DOIS)
    )
