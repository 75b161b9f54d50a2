"""What each step makes of the edition that it is taken on, and of its texts."""

from datetime import date, datetime
from typing import Any

from alstrom_site.editorial.models import Change, Edition, Revision
from alstrom_site.editorial.verification.replay.told import UNKNOWN, Happened, Row, Told
from alstrom_site.editorial.workflow import Status

UNSCHEDULED: Row = {"publish_at": None, "publish_until": None, "scheduled_by_id": None, "failure": ""}
BEGUN: Row = {
    "round": 0,
    "review_due_on": None,
    "submitted_at": None,
    "submitted_by_id": None,
    "approved_at": None,
    "published_at": None,
    "published_by_id": None,
    "ended_at": None,
    "policy": [],
    "change": "",
    "change_note": "",
    "emergency_reason": "",
    "approved_afterwards_at": None,
    "withdrawn_at": None,
    "withdrawal_reason": "",
    **UNSCHEDULED,
}


def begin(told: Told, event: Happened) -> None:
    """Begin an edition with its first text."""
    told.of(Edition)[event.edition] = {
        **BEGUN,
        "document_id": event.document,
        "number": len(told.of(Edition)) + 1,
        "based_on_id": event.said.get("based_on", UNKNOWN),
        "is_urgent": event.said.get("urgent", UNKNOWN),
        "created_at": event.at,
        "created_by_id": event.by,
        "head_id": None,
    }
    write(told, event)


def write(told: Told, event: Happened) -> None:
    """Add a text; an approval of the one before counts no more, nor does its schedule."""
    edition = told.edition(event)
    told.texts[event.edition] += 1
    told.of(Revision)[event.revision] = {
        "edition_id": event.edition,
        "number": told.texts[event.edition],
        "parent_id": edition["head_id"] or edition["based_on_id"],
        "digest": event.revision_digest,
        "author_id": event.by,
        "author_name": event.by_name,
        "created_at": event.at,
    }
    undo(told, event)


def take_over(told: Told, event: Happened) -> None:
    """Write a text that stands on the live one."""
    write(told, event)
    told.edition(event)["based_on_id"] = event.said.get("based_on", UNKNOWN)


def submit(told: Told, event: Happened) -> None:
    """Begin a round."""
    edition = told.edition(event)
    told.signed[event.edition].clear()
    edition.update(
        round=edition["round"] + 1,
        submitted_at=event.at,
        submitted_by_id=event.by,
        review_due_on=_day(event.said.get("wanted_by", UNKNOWN)),
        policy=event.said.get("policy", UNKNOWN),
        change=event.said.get("change", ""),
        change_note=event.said.get("note", ""),
    )


def approve(told: Told, event: Happened) -> None:
    """Note an approval: the last that the policy waits for, one on the way there, or one after publication."""
    told.signed[event.edition].append(event)
    if event.target == Status.IN_REVIEW:
        return
    told.edition(event)["approved_at"] = event.at
    if event.source == Status.PUBLISHED:
        told.edition(event)["approved_afterwards_at"] = event.at


def undo(told: Told, event: Happened) -> None:
    """Let the approvals of a text and its schedule count no more."""
    told.signed[event.edition].clear()
    told.edition(event).update(UNSCHEDULED, approved_at=None)


def schedule(told: Told, event: Happened) -> None:
    """Set a time."""
    until = event.said.get("until")
    told.edition(event).update(
        publish_at=datetime.fromisoformat(event.said["publish_at"]),
        publish_until=datetime.fromisoformat(until) if until else None,
        scheduled_by_id=event.by,
        failure="",
    )


def unschedule(told: Told, event: Happened) -> None:
    """Take the time back."""
    told.edition(event).update(UNSCHEDULED)


def fail(told: Told, event: Happened) -> None:
    """Note why a scheduled text did not go live."""
    told.edition(event)["failure"] = event.said["comment"]


def publish(told: Told, event: Happened) -> None:
    """Note who published it and when."""
    told.edition(event).update(UNSCHEDULED, published_at=event.at, published_by_id=event.by)


def publish_in_emergency(told: Told, event: Happened) -> None:
    """Note the reason, too, and what readers are told."""
    told.edition(event).update(
        published_at=event.at,
        published_by_id=event.by,
        emergency_reason=event.said["comment"],
        policy=event.said.get("policy", UNKNOWN),
        change=event.said.get("change", UNKNOWN),
        change_note=event.said.get("change_note", UNKNOWN),
    )


def withdraw(told: Told, event: Happened) -> None:
    """Note since when it does not hold, and why."""
    told.edition(event).update(withdrawn_at=event.at, withdrawal_reason=event.said["comment"])


def end(told: Told, event: Happened) -> None:
    """Note its end."""
    told.edition(event)["ended_at"] = event.at


def discard(told: Told, event: Happened) -> None:
    """Note its end, and that no schedule holds."""
    told.edition(event).update(UNSCHEDULED, ended_at=event.at)


def is_minor(edition: Row) -> bool:
    """Whether readers are not told of its change as an update."""
    return bool(edition["change"] == Change.MINOR)


def _day(written: Any) -> Any:
    return written if written is UNKNOWN else date.fromisoformat(written)
