"""The way past the review for what cannot wait: with a reason, told to every reviewer, flagged until made good."""

from dataclasses import replace
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
from alstrom_site.editorial.workflow import APPROVE_AFTERWARDS, PUBLISH_IN_EMERGENCY, Status

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

WHY = "Say why this cannot wait for its review. Readers and every reviewer read it, and it stays in the record."


@patience()
@transaction.atomic
def publish_in_emergency(
    edition: Edition, *, by: "User", at: datetime, seen: str, reason: str, note: str = ""
) -> Edition:
    """Make the text that was seen public before anybody has approved it, and return its edition.

    Every reviewer is told, a flag stands until a second person has approved it, and the page says that its review is
    pending. Readers who know the page are told of a major change by `note`, or by the note that was submitted with just
    this text. Raises as every step does.
    """
    reason = comment_for(PUBLISH_IN_EMERGENCY, reason, ask=WHY)
    current = lock(edition)
    told = note.strip() or submitted_note(current)
    known = current.document.first_published_at is not None
    lacking = announcement_issues(Change.MAJOR, told) if known else []
    with taking(PUBLISH_IN_EMERGENCY, edition, by=by, at=at, seen=seen, lacking=lacking) as step:
        supersede(step, by=by, at=at)
        step.changes.update(published_at=at, published_by=by, emergency_reason=reason)
        step.changes.update(change=Change.MAJOR if known else "", change_note=told if known else "")
        step.changes["policy"] = step.edition.policy or review_policy.written(policy_of(step.edition.document))
        step.details["comment"] = reason
        step.details.update({name: step.changes[name] for name in ("policy", "change", "change_note")})
    after_publication(step.edition, at=at)
    tell_new_standing(step.edition, at=at)
    raise_flag(step.edition.document, Reason.EMERGENCY, about=None, statement=reason, by=by, at=at)
    return step.edition


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
