"""The way past the review for what cannot wait: with a reason, told to every reviewer, flagged until made good."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.accounts.roles import MEDICAL_REVIEWER, Role
from alstrom_site.editorial import projection, review_policy
from alstrom_site.editorial.actions._transitions import comment_for, lock, patience, taking
from alstrom_site.editorial.actions.flagging import after_publication, raise_flag, settle_seen_flags
from alstrom_site.editorial.actions.observing import tell_new_standing
from alstrom_site.editorial.actions.publishing import DATE_COLUMNS, supersede, take_review_dates
from alstrom_site.editorial.actions.reviewing import announcement_issues
from alstrom_site.editorial.actions.signing import NOTHING_SAID, Said, sign
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Change, Edition, Reason, Review, Verdict
from alstrom_site.editorial.requirements import unanswered
from alstrom_site.editorial.rounds import policy_of
from alstrom_site.editorial.workflow import APPROVE_AFTERWARDS, PUBLISH_IN_EMERGENCY, Issue, Status

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

UNKNOWN = (
    "{name} requested changes to this text. Nothing was written. Read what was asked for, and confirm that you know it."
)
WHY = "Say why this cannot wait for its review. Readers and every reviewer read it, and it stays in the record."


@dataclass(frozen=True)
class Besides:
    """What goes with the reason: what readers are told, and which requests for changes the person knows of, by id."""

    note: str = ""
    despite: Collection[int] = ()


NOTHING_BESIDE = Besides()


@patience()
@transaction.atomic
def publish_in_emergency(
    edition: Edition, *, by: "User", at: datetime, seen: str, reason: str, besides: Besides = NOTHING_BESIDE
) -> Edition:
    """Make the text that was seen public before anybody has approved it, and return its edition.

    Every reviewer is told, a flag stands until a second person has approved it, and the page says that its review is
    pending. Readers who know the page are told of a major change by the note, or by the one that was submitted with
    just this text. A text that was sent back goes out only despite every request for changes of its round, and the
    event says so. Raises as every step does.
    """
    reason = comment_for(PUBLISH_IN_EMERGENCY, reason, ask=WHY)
    current = lock(edition)
    told = besides.note.strip() or submitted_note(current)
    sent_back = requests_for_changes(current)
    known = current.document.first_published_at is not None
    lacking = [*(announcement_issues(Change.MAJOR, told) if known else []), *_unknown(sent_back, besides.despite)]
    with taking(PUBLISH_IN_EMERGENCY, edition, by=by, at=at, seen=seen, lacking=lacking) as step:
        supersede(step, by=by, at=at)
        step.changes.update(published_at=at, published_by=by, emergency_reason=reason)
        step.changes.update(change=Change.MAJOR if known else "", change_note=told if known else "")
        step.changes["policy"] = step.edition.policy or review_policy.written(policy_of(step.edition.document))
        step.details["comment"] = reason
        step.details.update({name: step.changes[name] for name in ("policy", "change", "change_note")})
        if sent_back:
            step.details["despite"] = [{"reviewer": each.reviewer_name, "asked": each.comment} for each in sent_back]
    after_publication(step.edition, at=at)
    tell_new_standing(step.edition, at=at)
    raise_flag(step.edition.document, Reason.EMERGENCY, about=None, statement=reason, by=by, at=at)
    return step.edition


def requests_for_changes(edition: Edition) -> list[Review]:
    """Return who asked for which changes since the text was submitted last, the oldest first; none while in review."""
    asked = edition.reviews.filter(verdict=Verdict.REQUEST_CHANGES, round=edition.round)
    return list(asked.select_related("revision").order_by("at", "pk"))


def _unknown(sent_back: Iterable[Review], despite: Collection[int]) -> list[Issue]:
    return [
        Issue(f"despite-{each.pk}", UNKNOWN.format(name=each.reviewer_name), "sent-back")
        for each in sent_back
        if each.pk not in despite
    ]


def submitted_note(edition: Edition) -> str:
    """Return the note to readers that stands with the text in review, else "": an old one tells of an old text."""
    return edition.change_note if edition.state is Status.IN_REVIEW else ""


@patience()
@transaction.atomic
def approve_afterwards(
    edition: Edition, *, by: "User", at: datetime, seen: str, said: Said = NOTHING_SAID, known: int | None = None
) -> Review:
    """Sign the live text that went out in an emergency, and return the review: its flags are settled, its dates follow.

    `known` is the place in the chain of the newest event that the person could see: a flag raised after it refuses the
    signature, which would settle it unseen. Raises as every step does, and NotReady unless every statement of the
    kind's checklist is answered with yes.
    """
    said = replace(said, comment=comment_for(APPROVE_AFTERWARDS, said.comment, ask=""))
    lacking = unanswered(kind_named(edition.document.kind).checklist, said.checklist)
    with taking(APPROVE_AFTERWARDS, edition, by=by, at=at, seen=seen, lacking=lacking) as step:
        review = sign(step, Verdict.APPROVE, by=by, at=at, said=said, place=_place(step.edition))
        step.changes.update(approved_at=at, approved_afterwards_at=at)
    document = step.edition.document
    take_review_dates(document, step.edition)
    document.save(update_fields=DATE_COLUMNS)
    settle_seen_flags(document, by=by, at=at, known=known)
    projection.refresh(document)
    return review


def _place(edition: Edition) -> tuple[int, Role]:
    """The step of the policy that a medical reviewer fills; every policy has one."""
    steps = review_policy.read(edition.policy)
    number = next(number for number, step in enumerate(steps, start=1) if step.role is MEDICAL_REVIEWER)
    return number, MEDICAL_REVIEWER
