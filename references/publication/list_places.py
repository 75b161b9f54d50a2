"""Where the list of the bibliography shows an entry: once of its own, and once under each page that cites it."""

from collections.abc import Mapping, Sequence
from typing import Any

from alstrom_site.editorial.models import ListPlace
from alstrom_site.editorial.models.list_place import LONGEST_HEADING_ORDER, LONGEST_ORDER
from alstrom_site.folding import fold


def places(card: Mapping[str, Any]) -> Sequence[ListPlace]:
    """Return the places of an entry, unsaved and without their page, from what the list shows of it."""
    order = card["order"][:LONGEST_ORDER]
    known = {"kind": "reference", "order": order, "year": card["year"], "type": card["type"]}
    under = [
        ListPlace(heading=topic["path"], heading_order=fold(topic["title"])[:LONGEST_HEADING_ORDER], **known)
        for topic in card["topics"]
    ]
    return [ListPlace(**known), *under]
