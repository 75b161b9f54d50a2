"""Who wrote part of a change, asked of the events alone: as `policies.contributor_ids` was to ask it at that moment."""

from alstrom_site.editorial.models import Edition, Revision
from alstrom_site.editorial.verification.replay.told import Happened, Row, Told
from alstrom_site.editorial.workflow import OPEN


def contributors(told: Told, event: Happened) -> set[int]:
    """Return who wrote the text of an event, or any text of the change that its edition came to, by their numbers.

    That are the editions since the last one that was approved and published, what was discarded among them; and all
    that was taken over from a text that went out unapproved.
    """
    texts = told.of(Revision)
    change = _editions_of_the_change(told, event)
    written = {number for number, text in texts.items() if text["edition_id"] in change}
    return {texts[number]["author_id"] for number in written | _taken_over(told, event)}


def _editions_of_the_change(told: Told, event: Happened) -> set[object]:
    own = told.edition(event)["number"]
    earlier = {key: row for key, row in told.of(Edition).items() if row["number"] < own}
    since = max((row["number"] for row in earlier.values() if _went_live_approved(row)), default=0)
    # What is open beside it, such as the edition that an urgent fix overtakes, is another change.
    ended = {key for key, row in earlier.items() if row["number"] > since and row["status"] not in OPEN}
    return {event.edition, *ended}


def _taken_over(told: Told, event: Happened) -> set[object]:
    """The text and those it goes back to, as far as the ones that went live approved."""
    texts, editions = told.of(Revision), told.of(Edition)
    found: set[object] = set()
    waiting: list[object] = [event.revision]
    while waiting:
        number = waiting.pop()
        # Of an older site it may be unknown what an edition was begun from.
        if number in found or number not in texts:
            continue
        text = texts[number]
        edition = editions[text["edition_id"]]
        is_approved = text["edition_id"] != event.edition and edition["head_id"] == number
        if not (is_approved and _went_live_approved(edition)):
            found.add(number)
            waiting += [text["parent_id"], edition["based_on_id"]]
    return found


def _went_live_approved(edition: Row) -> bool:
    unapproved = edition["emergency_reason"] and edition["approved_afterwards_at"] is None
    return edition["published_at"] is not None and not unapproved
