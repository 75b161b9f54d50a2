"""What the event that begins an edition says of it."""

from typing import Any

from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition


def as_begun(edition: Edition) -> dict[str, Any]:
    """Return the details from which the record is replayed: no later event tells them.

    `two_people_for`: the steps on a live text that take two people. Since beginnings say so, each such step does.
    """
    kind = edition.document.kind
    two_people_for = sorted(kind_named(kind).second_person)
    return {
        "kind": kind,
        "urgent": edition.is_urgent,
        "based_on": edition.based_on_id,
        "two_people_for": two_people_for,
    }
