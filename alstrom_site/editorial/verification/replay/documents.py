"""What each step makes of the document itself."""

from datetime import datetime

from alstrom_site.editorial.medical_review import reviewed_at
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.verification.replay.editions import is_minor
from alstrom_site.editorial.verification.replay.told import UNKNOWN, Happened, Told
from alstrom_site.editorial.workflow import Status

BEGUN = dict.fromkeys(
    (
        "review_months",
        "review_policy",
        "live_edition_id",
        "first_published_at",
        "last_published_at",
        "last_updated_at",
        "last_reviewed_at",
    )
)


def begin(told: Told, event: Happened) -> None:
    """Begin the document with its first edition; whoever does it owns it."""
    if len(told.of(Edition)) == 1:
        kind = event.said.get("kind", UNKNOWN)
        told.document.update(BEGUN, kind=kind, owner_id=event.by, created_at=event.at, moved_to="")


def hand_over(told: Told, event: Happened) -> None:
    """Change the owner."""
    told.document["owner_id"] = event.said["to_id"]


def set_policy(told: Told, event: Happened) -> None:
    """Set who must sign and how often it is reviewed."""
    now = event.said["now"]
    told.document.update(review_policy=now["steps"] or None, review_months=now["months"])


def go_live(told: Told, event: Happened) -> None:
    """Point to the edition, with the dates that follow."""
    document, edition = told.document, told.edition(event)
    document["live_edition_id"] = event.edition
    document["first_published_at"] = document["first_published_at"] or event.at
    document["last_published_at"] = event.at
    if not is_minor(edition) or document["last_updated_at"] is None:
        document["last_updated_at"] = event.at
    document["moved_to"] = ""
    # What goes out in an emergency keeps the date of the review before it.
    document["last_reviewed_at"] = _newest(told, event) or document["last_reviewed_at"]


def emergency(told: Told, event: Happened) -> None:
    """Go live without an approval, whatever was signed on the way."""
    told.signed[event.edition].clear()
    go_live(told, event)


def review(told: Told, event: Happened) -> None:
    """Move the date of the last review, when the whole live text is signed."""
    if event.source == Status.PUBLISHED:
        told.document["last_reviewed_at"] = _newest(told, event)


def reaffirm(told: Told, event: Happened) -> None:
    """Sign the live text as it stands."""
    told.signed[event.edition].append(event)
    review(told, event)


def _newest(told: Told, event: Happened) -> datetime | None:
    """When the text was reviewed last; of two who sign at once, the one with the later clock may come first."""
    return reviewed_at(told.signed[event.edition])


def go_away(told: Told, event: Happened) -> None:
    """Take the page away, and lead readers elsewhere if there is a place."""
    told.document.update(live_edition_id=None, moved_to=event.said["moved_to"])
