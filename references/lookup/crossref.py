"""Crossref by its REST API: a work by its DOI, brought to CSL-JSON.

Source: "Crossref REST API", the format of its works.
"""

import io
import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import quote

from django.conf import settings

from references.formats.reading import read_references
from references.formats.records import Problem, Record
from references.identifiers import parse_doi
from references.lookup.asking import CANNOT_BE_READ, Pace, Patience, Server, Unavailable, read_json

ANOTHER_DOI = "Crossref has this work under another DOI than the one asked for. Compare it with the source."
_pace = Pace()
_PER_SECOND = 5
_TYPES = {
    "journal-article": "article-journal",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "reference-entry": "chapter",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "dissertation": "thesis",
    "report": "report",
    "report-component": "report",
    "standard": "report",
    "dataset": "dataset",
    "peer-review": "article",
}
# What Crossref calls an update, as PubMed names the notice that the updated work then carries.
UPDATES = {
    "retraction": "RetractionIn",
    "withdrawal": "RetractionIn",
    "removal": "RetractionIn",
    "partial_retraction": "PartialRetractionIn",
    "expression_of_concern": "ExpressionOfConcernIn",
    "correction": "ErratumIn",
    "corrigendum": "ErratumIn",
    "erratum": "ErratumIn",
    "new_version": "UpdateIn",
    "new_edition": "UpdateIn",
}
# Likewise, as PubMed names it in the notice itself, which is no work that was updated.
_UPDATED = {
    "RetractionIn": "RetractionOf",
    "PartialRetractionIn": "PartialRetractionOf",
    "ExpressionOfConcernIn": "ExpressionOfConcernFor",
    "ErratumIn": "ErratumFor",
    "UpdateIn": "UpdateOf",
}
_TAGS = re.compile(r"<(/?)([A-Za-z:]+)[^>]*>")
_KEPT_TAGS = {"i": "i", "em": "i", "italic": "i", "sub": "sub", "sup": "sup", "jats:italic": "i"} | {
    "jats:sub": "sub",
    "jats:sup": "sup",
}

Found = tuple[Record, list[Problem]]


def by_doi(doi: str, patience: Patience) -> Found | None:
    """Return the record of a work with what was not understood of it, None where there is none; raise Unavailable."""
    content = _server().ask(f"/works/{quote(doi, safe='')}", {}, patience)
    if content is None:
        return None
    try:
        work = read_json(content, "Crossref")["message"]
        words = json.dumps(item_of(work), ensure_ascii=False).encode()
        source = json.dumps(_without_lists_of_others(work), ensure_ascii=False, indent=1).encode().decode()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Unavailable(CANNOT_BE_READ.format("Crossref")) from error
    found = list(read_references(io.BytesIO(words), format="csl-json"))
    records = [one for one in found if isinstance(one, Record)]
    if not records:
        return None
    record = Record(1, 1, records[0].item, source, records[0].format)
    remarks = [one for one in found if isinstance(one, Problem)]
    return record, remarks if _is_of(work, doi) else [Problem(1, 1, ANOTHER_DOI), *remarks]


def item_of(work: Mapping[str, Any]) -> dict[str, Any]:
    """Return a work of Crossref as CSL-JSON; what it lacks is left out."""
    online, printed = work.get("published-online"), work.get("published-print")
    kind = str(work.get("type") or "")
    series, container = _series_and_container(work)
    texts = {
        "type": _TYPES.get(kind, "document"),
        "title": _title(work),
        "container-title": container or _first(work, "institution"),
        "collection-title": series,
        "container-title-short": _first(work, "short-container-title"),
        "publisher": _text(work.get("publisher")),
        "publisher-place": _text(work.get("publisher-location")),
        "volume": work.get("volume"),
        "issue": work.get("issue"),
        "page": work.get("page") or work.get("article-number"),
        "edition": work.get("edition-number"),
        "language": work.get("language"),
        "genre": "preprint" if work.get("subtype") == "preprint" else None,
        "DOI": work.get("DOI"),
        "ISSN": " ".join(work.get("ISSN") or ()),
        "ISBN": " ".join(work.get("ISBN") or ()),
        "abstract": _plain(work.get("abstract")),
        "URL": _address(work) if kind not in {"journal-article", "book-chapter"} else None,
        "issued": printed or work.get("published") or work.get("issued"),
        "available-date": online if printed else None,
        "author": _people(work.get("author")),
        "editor": _people(work.get("editor")),
        "custom": {"notices": notices_of(work)},
    }
    return {name: value for name, value in texts.items() if value}


def notices_of(work: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return in PubMed's terms what happened to a work since (“updated-by”), and of what it is the notice itself.

    A work that names itself in “update-to” was changed in its place; “updated-by” says so as well.
    """
    since = [_notice(update, _update_of(update)) for update in work.get("updated-by") or ()]
    own = str(work.get("DOI") or "").lower()
    others = [each for each in work.get("update-to") or () if str(each.get("DOI") or "").lower() != own]
    told = [_notice(update, _UPDATED.get(_update_of(update), "")) for update in others]
    return [notice for notice in (*since, *told) if notice["type"]]


def _update_of(update: Mapping[str, Any]) -> str:
    return UPDATES.get(str(update.get("type") or "").lower().replace("-", "_").replace(" ", "_"), "")


def _notice(update: Mapping[str, Any], name: str) -> dict[str, str]:
    year = str((((update.get("updated") or {}).get("date-parts") or [[""]])[0] or [""])[0] or "")
    text = f"{update.get('label') or name} {year}".strip()
    return {"type": name, "pmid": "", "doi": str(update.get("DOI") or "").lower(), "text": text}


def _is_of(work: Mapping[str, Any], doi: str) -> bool:
    try:
        return parse_doi(str(work.get("DOI") or "")) == parse_doi(doi)
    except ValueError:
        return False


def _server() -> Server:
    identity = {"mailto": settings.CONTACT_EMAIL} if settings.CONTACT_EMAIL else {}
    return Server("Crossref", settings.CROSSREF_URL, _PER_SECOND, _pace, identity)


def _title(work: Mapping[str, Any]) -> str:
    title, subtitle = _marked(_first(work, "title")), _marked(_first(work, "subtitle"))
    return f"{title}: {subtitle}" if subtitle and subtitle.casefold() not in title.casefold() else title


def _series_and_container(work: Mapping[str, Any]) -> tuple[str, str]:
    """The titles of a series and of what a work stands in; of a part of a book in a series Crossref has both, so."""
    titles = work.get("container-title")
    if _TYPES.get(str(work.get("type") or "")) in {"chapter", "paper-conference"} and isinstance(titles, list):
        return (_text(titles[0]) if len(titles) > 1 else "", _text(titles[-1]) if titles else "")
    return "", _first(work, "container-title")


def _first(work: Mapping[str, Any], name: str) -> str:
    value = work.get(name)
    first = value[0] if isinstance(value, list) and value else value
    return _text(first.get("name") if isinstance(first, Mapping) else first)


def _text(value: Any) -> str:
    """A text of a work without entities, which Crossref keeps as its members sent them, some escaped twice."""
    return unescape(unescape(str(value or "")))


def _people(people: Any) -> list[dict[str, str]]:
    named = [
        {
            "family": _text(each.get("family")),
            "given": _text(each.get("given")),
            "suffix": _text(each.get("suffix")),
            "literal": "" if each.get("family") else _text(each.get("name") or each.get("given")),
        }
        for each in people or ()
    ]
    return [{part: text for part, text in each.items() if text} for each in named]


def _address(work: Mapping[str, Any]) -> str:
    resource = (work.get("resource") or {}).get("primary") or {}
    return str(resource.get("URL") or "")


def _marked(text: str) -> str:
    """A title with the marks that an entry keeps; Crossref has titles in face mark-up of several kinds."""

    def kept(match: re.Match[str]) -> str:
        name = _KEPT_TAGS.get(match[2].lower())
        return f"<{match[1]}{name}>" if name else ""

    return unescape(_TAGS.sub(kept, text)).strip().removesuffix(".")


def _plain(text: Any) -> str:
    return unescape(_TAGS.sub(" ", str(text))).strip() if text else ""


def _without_lists_of_others(work: Mapping[str, Any]) -> dict[str, Any]:
    """The words that are kept: without the works that this one cites, which can be thousands."""
    return {name: value for name, value in work.items() if name not in {"reference", "relation", "indexed"}}
