"""Submitting a text and giving a verdict on it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial.actions._transitions import Taking, comment_for, taking
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition, Review, Verdict
from alstrom_site.editorial.requirements import unanswered
from alstrom_site.editorial.workflow import APPROVE, REQUEST_CHANGES, SUBMIT

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

REVIEW_WITHIN = timedelta(days=14)

APPROVAL_MEANS = (
    "I have read this whole text and checked it against its sources. "
    "In my professional judgement it is accurate, and safe for its readers, as it stands."
)
REQUEST_MEANS = "I have read this text and ask for the changes in my comment before it can be approved."

Checklist = Sequence[tuple[str, bool]]


@transaction.atomic
def submit(edition: Edition, *, by: "User", at: datetime, seen: str) -> Edition:
    """Begin a round of review on the text that was seen. Raises as every step does."""
    with taking(SUBMIT, edition, by=by, at=at, seen=seen) as step:
        step.changes.update(
            round=step.edition.round + 1,
            submitted_at=at,
            submitted_by=by,
            review_due_on=(at.astimezone(UTC) + REVIEW_WITHIN).date(),
        )
    return step.edition


@transaction.atomic
def approve(
    edition: Edition, *, by: "User", at: datetime, seen: str, comment: str = "", checklist: Checklist = ()
) -> Review:
    """Sign exactly the text that was seen, and return the review.

    Raises as every step does, and NotReady unless every statement of the kind's checklist is answered with yes.
    """
    comment = comment_for(APPROVE, comment, ask="")
    lacking = unanswered(kind_named(edition.document.kind).checklist, checklist)
    with taking(APPROVE, edition, by=by, at=at, seen=seen, lacking=lacking) as step:
        review = _sign(step, Verdict.APPROVE, by=by, at=at, comment=comment, checklist=checklist)
        step.changes["approved_at"] = at
    return review


@transaction.atomic
def request_changes(edition: Edition, *, by: "User", at: datetime, seen: str, comment: str) -> Review:
    """Send the text that was seen back with a comment, and return the review. Raises as every step does."""
    comment = comment_for(REQUEST_CHANGES, comment, ask="Say in a comment what has to change.")
    with taking(REQUEST_CHANGES, edition, by=by, at=at, seen=seen) as step:
        review = _sign(step, Verdict.REQUEST_CHANGES, by=by, at=at, comment=comment, checklist=())
        step.changes["approved_at"] = None
    return review


def _sign(step: Taking, verdict: Verdict, *, by: "User", at: datetime, comment: str, checklist: Checklist) -> Review:
    """Freeze the verdict with the reviewer's details as they are now."""
    step.review = Review.objects.create(
        edition=step.edition,
        revision=step.edition.text,
        round=step.edition.round,
        revision_digest=step.edition.text.digest,
        reviewer=by,
        reviewer_name=str(by),
        role=MEDICAL_REVIEWER.name,
        professional_title=by.professional_title,
        credentials=by.credentials,
        affiliation=by.affiliation,
        orcid=by.orcid,
        interests=by.interests,
        interests_declared_on=by.interests_declared_on,
        is_demonstration=by.is_demonstration,
        verdict=verdict,
        meaning=APPROVAL_MEANS if verdict is Verdict.APPROVE else REQUEST_MEANS,
        comment=comment,
        checklist=[[statement, answer] for statement, answer in checklist],
        at=at,
    )
    return step.review
