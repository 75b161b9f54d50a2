"""What a record of Crossref says happened to its work, in the terms of PubMed.

"updated-by" of a record names the notices about its own work; "update-to" makes the record itself such a notice, and
says nothing of the standing of its own work (Crossref REST API, "works").
"""

from collections.abc import Iterator, Mapping
from typing import Any

from alstrom_site.partial_dates import PartialDate
from references.identifiers import parse_doi
from references.standing import Notice

SOURCE = "Crossref"
_KINDS = {
    "retraction": "Retraction",
    "withdrawal": "Retraction",
    "removal": "Retraction",
    "partial_retraction": "PartialRetraction",
    "expression_of_concern": "ExpressionOfConcern",
    "correction": "Erratum",
    "corrigendum": "Erratum",
    "erratum": "Erratum",
    "addendum": "Erratum",
    "clarification": "Erratum",
    "new_version": "Update",
    "new_edition": "Update",
}
"""The types of updates that Crossref registers, compared exactly."""
_FIELDS = {"updated-by": "In", "update-to": "Of"}
_ENDINGS = {"ErratumOf": "ErratumFor", "ExpressionOfConcernOf": "ExpressionOfConcernFor"}


def notices_of(record: Mapping[str, Any]) -> tuple[Notice, ...]:
    """Return the notices in the record of a work ("message" of the reply), whatever else is in it."""
    return tuple(notice for field, ending in _FIELDS.items() for notice in _notices(record.get(field), ending))


def _notices(updates: object, ending: str) -> Iterator[Notice]:
    for update in updates if isinstance(updates, list) else ():
        if isinstance(update, Mapping) and (kind := _KINDS.get(str(update.get("type", "")).casefold())):
            name = _ENDINGS.get(f"{kind}{ending}", f"{kind}{ending}")
            yield Notice(name, _date(update.get("updated")), doi=_doi(update.get("DOI")))


def _date(value: object) -> str:
    try:
        return str(PartialDate.from_csl(value)) if isinstance(value, Mapping) else ""
    except (ValueError, TypeError):
        return ""


def _doi(value: object) -> str:
    try:
        return parse_doi(value) if isinstance(value, str) else ""
    except ValueError:
        return ""
