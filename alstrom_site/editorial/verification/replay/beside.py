"""What is asked, proposed and flagged beside the text, and what became of it."""

from datetime import date

from alstrom_site.editorial.models import Answer, Flag, Proposal, ReviewRequest
from alstrom_site.editorial.verification.replay.told import UNKNOWN, Happened, Told
from alstrom_site.editorial.workflow import Status


def ask(told: Told, event: Happened) -> None:
    """Ask a person for a step of the round, or let them claim it; who declined can be asked again."""
    number = told.edition(event)["round"]
    told.of(ReviewRequest)[event.edition, number, event.said["reviewer_id"]] = {
        "step": event.said["step"],
        "asked_by_id": event.by,
        "asked_at": event.at,
        "due_on": date.fromisoformat(event.said["due_on"]),
        "answer": Answer.WAITING,
        "answered_at": None,
        "reason": "",
    }


def decline(told: Told, event: Happened) -> None:
    """Note that the person will not review, and why."""
    _answered(told, event, Answer.DECLINED, event.said["comment"])


def give(told: Told, event: Happened) -> None:
    """Note that a verdict was given, when the person was asked for it."""
    if event.source != Status.PUBLISHED:
        _answered(told, event, Answer.GIVEN, "")


def let_off(told: Told, event: Happened) -> None:
    """Note whom a step spares theirs, whichever it was."""
    for spared in event.said.get("no_longer_asked", ()):
        request = told.of(ReviewRequest)[event.edition, told.edition(event)["round"], spared]
        request.update(answer=Answer.NOT_NEEDED, answered_at=event.at)


def _answered(told: Told, event: Happened, answer: Answer, reason: str) -> None:
    request = told.of(ReviewRequest).get((event.edition, told.edition(event)["round"], event.by))
    if request is not None and request["answer"] == Answer.WAITING:
        request.update(answer=answer, answered_at=event.at, reason=reason)


def propose(told: Told, event: Happened) -> None:
    """Propose a step."""
    if "proposal" not in event.said:
        told.not_named.add(Proposal)
        return
    told.of(Proposal)[event.said["proposal"]] = {
        "edition_id": event.edition,
        "verb": event.said["step"],
        "reason": event.said["comment"],
        "moved_to": event.said["moved_to"],
        "into_id": event.said.get("into"),
        "by_id": event.by,
        "at": event.at,
        "decided_by_id": None,
        "decided_at": None,
        "was_taken": None,
        "answer": "",
    }


def take(told: Told, event: Happened) -> None:
    """Decide a proposal by taking the step, when it was proposed."""
    if "proposal" in event.said:
        decided = {"decided_by_id": event.by, "decided_at": event.at, "was_taken": True}
        told.named(Proposal, event.said["proposal"]).update(decided)


def turn_down(told: Told, event: Happened) -> None:
    """Decide that a proposal is not taken, or has lapsed."""
    if "proposal" in event.said:
        decided = {"decided_by_id": event.by, "decided_at": event.at, "was_taken": False}
        told.named(Proposal, event.said["proposal"]).update(decided, answer=event.said["comment"])


def flag(told: Told, event: Happened) -> None:
    """Raise a flag, or add to the statement of one that stands."""
    if "flag" not in event.said:
        told.not_named.add(Flag)
        return
    flags, number = told.of(Flag), event.said["flag"]
    if number not in flags:
        # One of an older site may have been raised before, by somebody else, and said more.
        is_new = Flag not in told.not_named
        flags[number] = {
            "document_id": event.document,
            "reason": event.said["reason"],
            "about_id": event.said["about"],
            "asked_id": event.said.get("asked_id"),
            "statement": "" if is_new else UNKNOWN,
            "raised_by_id": event.by if is_new else UNKNOWN,
            "settled_at": None,
            "settled_by_id": None,
        }
    if flags[number]["statement"] is not UNKNOWN:
        flags[number]["statement"] = f"{flags[number]['statement']}\n{event.said['comment']}".strip()
    flags[number]["raised_at"] = event.at


def settle(told: Told, event: Happened) -> None:
    """Settle flags."""
    for number in event.said.get("flags", ()):
        told.named(Flag, number).update(settled_at=event.at, settled_by_id=event.by)
