"""What the document's page says of an urgent fix: that there is one, may be one, or what it left to do."""

from dataclasses import dataclass
from datetime import datetime

from alstrom_site.editorial import policies
from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.admin.waiting import first_call
from alstrom_site.editorial.models import Document, Edition


@dataclass(frozen=True)
class Waiting:
    """What the fix wants of who looks at a page about the edition beside it, and where they do it."""

    wanted: str
    url: str


@dataclass(frozen=True)
class Behind:
    """An edition that has to take over what went live, and where that is done."""

    edition: Edition
    url: str


def panel(visit: Visit, at: datetime) -> Panel | None:
    """Return the part of the document's page about an urgent fix: that there is one, may be one, or what it left."""
    document = visit.document
    opened = [edition for edition in (document.open_edition, document.urgent_edition) if edition is not None]
    for edition in opened:
        edition.document = document
    urgent = next((edition for edition in opened if edition.is_urgent), None)
    waiting = _waiting(visit, urgent, at) if urgent is not None and urgent != visit.edition else None
    content = {
        "urgent": urgent,
        "waiting": waiting,
        "beside": next((edition for edition in opened if not edition.is_urgent), None),
        "behind": [Behind(each, edition_url(each, "up-to-date")) for each in opened if each.is_behind],
        "url": visit.url("urgent") if _may_begin(visit, document) else "",
    }
    is_said = content["urgent"] or content["behind"] or content["url"]
    return Panel("_urgent", content, is_alarm=waiting is not None) if is_said else None


def _waiting(visit: Visit, urgent: Edition, at: datetime) -> Waiting | None:
    call = first_call(urgent, visit.person, at.date())
    return None if call is None else Waiting(call.wanted, edition_url(urgent, call.page))


def _may_begin(visit: Visit, document: Document) -> bool:
    beside = document.open_edition is not None and document.urgent_edition is None
    return beside and document.live_edition is not None and policies.may_open_edition(visit.person) is None
