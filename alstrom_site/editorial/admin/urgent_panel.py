"""What the document's page says of an urgent fix: that there is one, may be one, or what it left to do."""

from dataclasses import dataclass
from datetime import datetime

from alstrom_site.editorial import policies
from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Document, Edition


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
    content = {
        "urgent": next((edition for edition in opened if edition.is_urgent), None),
        "beside": next((edition for edition in opened if not edition.is_urgent), None),
        "behind": [Behind(each, edition_url(each, "up-to-date")) for each in opened if each.is_behind],
        "url": visit.url("urgent") if _may_begin(visit, document) else "",
    }
    return Panel("_urgent", content) if content["urgent"] or content["behind"] or content["url"] else None


def _may_begin(visit: Visit, document: Document) -> bool:
    beside = document.open_edition is not None and document.urgent_edition is None
    return beside and document.live_edition is not None and policies.may_open_edition(visit.person) is None
