"""Preprints told from journal articles: programs and the servers themselves export them as either.

No journal has reviewed them, and readers must see that: PubMed prints "medRxiv [Preprint]". A server is known by its
name where the name of a journal stands, or by the DOI that it gives.
"""

import re
from typing import Any

from references.formatting.preprints import DOIS, NAMES, SERVER

_OF_COLD_SPRING_HARBOR = re.compile(r"(?:bio|med)rxiv(?=\.org)", re.IGNORECASE)
_ARXIV_NUMBER = re.compile(
    r"(?:arxiv:|arxiv\.org/(?:abs|pdf)/|\babs/)(?P<number>[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?/[0-9]{7})",
    re.IGNORECASE,
)
_MAY_BE_ONE = frozenset({"article", "article-journal", "document", "manuscript", "webpage"})
_NAMED_IN = ("container-title", "container-title-short")


def as_preprint(item: dict[str, Any]) -> dict[str, Any]:
    """The item as that of a preprint, when it is one: its type, its kind, its server, and the DOI that arXiv gives."""
    if item.get("type") not in _MAY_BE_ONE or (server := _server(item)) is None:
        return item
    kept = {name: value for name, value in item.items() if name not in _NAMED_IN}
    if server or not any(item.get(name) for name in _NAMED_IN):
        kept["container-title"] = server
    else:
        kept |= {name: item[name] for name in _NAMED_IN if name in item}
    if str(item.get("volume", "")).startswith("abs/"):
        del kept["volume"]
    if server == "arXiv" and "DOI" not in item and (number := _arxiv_number(item)):
        kept["DOI"] = f"10.48550/arXiv.{number}"
    return {name: value for name, value in (kept | {"type": "article", "genre": "preprint"}).items() if value}


def _server(item: dict[str, Any]) -> str | None:
    """The server of a preprint, "" when it is not named, and nothing for what is in a journal or on any site."""
    names = [str(item[name]) for name in _NAMED_IN if item.get(name)]
    servers = [match for name in names or [str(item.get("publisher", ""))] if (match := SERVER.fullmatch(name))]
    if servers:
        return NAMES[servers[0][1].lower()]
    if names:
        return None
    doi = str(item.get("DOI", ""))
    named = next((name for begin, name in DOIS.items() if re.match(begin, doi, re.IGNORECASE)), None)
    if named == "" and (match := _OF_COLD_SPRING_HARBOR.search(str(item.get("URL", "")))):
        return NAMES[match[0].lower()]
    if named is None and item["type"] == "article" and str(item.get("number", "")).startswith("arXiv:"):
        return "arXiv"
    return named


def _arxiv_number(item: dict[str, Any]) -> str:
    written = (str(item.get(name, "")) for name in ("number", *_NAMED_IN, "volume", "URL"))
    return next((match["number"] for text in written if (match := _ARXIV_NUMBER.search(text))), "")
