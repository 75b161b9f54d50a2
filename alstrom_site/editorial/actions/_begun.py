"""What the event that begins an edition says of it."""

from typing import Any

from alstrom_site.editorial.models import Edition


def as_begun(edition: Edition) -> dict[str, Any]:
    """Return the details from which the record is replayed: no later event tells them."""
    return {"kind": edition.document.kind, "urgent": edition.is_urgent, "based_on": edition.based_on_id}
