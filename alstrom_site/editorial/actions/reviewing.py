"""Submitting a text and giving a verdict on it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial.actions._merging import refuse_unseen_merge
from alstrom_site.editorial.actions._record import take_turn
from alstrom_site.editorial.actions._transitions import UNSCHEDULED, comment_for, lock, patience, taking
from alstrom_site.editorial.actions.flagging import refuse_unseen_flags
from alstrom_site.editorial.actions.signing import NOTHING_SAID, Said, refuse_unseen_submission, sign
from alstrom_site.editorial.content import ContentReader
from alstrom_site.editorial.grounds import changes_since
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Answer, Change, Edition, Review, Verdict
from alstrom_site.editorial.requirements import unanswered
from alstrom_site.editorial.review_policy import written
from alstrom_site.editorial.rounds import completes_the_round, open_step_for, policy_of
from alstrom_site.editorial.workflow import (
    APPROVE,
    APPROVE_IN_PART,
    RECOMMEND,
    REQUEST_CHANGES,
    SUBMIT,
    Issue,
    OutOfDate,
)
from alstrom_site.unseen import says_something

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

REVIEW_WITHIN = timedelta(days=14)
LONGEST_NOTE = 400
RESTS_ON_ANOTHER = "Nothing was written. Look at what has changed since you opened the page, then sign: {}"


@patience()
@transaction.atomic
def submit(
    edition: Edition, *, by: "User", at: datetime, seen: str, change: str = Change.MINOR, note: str = ""
) -> Edition:
    """Begin a round of review on the text that was seen, under the review policy as it stands now.

    `change` and the public `note` say what readers will be told of it; a major change needs a note. For a document that
    was never public both are left empty. Raises as every step does.
    """
    known = edition.document.first_published_at is not None
    lacking = announcement_issues(change, note) if known else []
    with taking(SUBMIT, edition, by=by, at=at, seen=seen, lacking=lacking) as step:
        step.changes.update(
            round=step.edition.round + 1,
            submitted_at=at,
            submitted_by=by,
            review_due_on=(at.astimezone(UTC) + REVIEW_WITHIN).date(),
            policy=written(policy_of(step.edition.document)),
            change=change if known else "",
            change_note=note.strip() if known else "",
        )
        step.details["policy"] = step.changes["policy"]
        step.details["wanted_by"] = step.changes["review_due_on"].isoformat()
        if known:
            step.details.update(change=str(change), note=note.strip())
    return step.edition


def announcement_issues(change: str, note: str) -> list[Issue]:
    """Return what is missing from what readers are told of a change."""
    if change not in Change.values:
        return [Issue("change", "Say whether readers must know of this change (major) or not (minor).", "unanswered")]
    reader = ContentReader({"change_note": note})
    reader.line("change_note", "The note to readers", longest=LONGEST_NOTE)
    if reader.issues:
        return reader.issues
    if change == Change.MAJOR and not says_something(note):
        return [Issue("change_note", "Tell readers in a sentence what has changed.", "incomplete")]
    return []


@patience()
@transaction.atomic
def approve(
    edition: Edition, *, by: "User", at: datetime, seen: str, said: Said = NOTHING_SAID, known: int | None = None
) -> Review:
    """Sign exactly the text that was seen, and return the review.

    The edition is approved when the policy waits for nobody else; until then it stays in review. `known` is the place
    in the chain of the newest event that the person could see: a flag raised after it refuses the signature, which
    would settle it unseen once the text goes live, and so does the merge or another change of a source that counts,
    which they have not read, and a new submission. Raises as every step does, and NotReady unless every statement of
    the kind's checklist is answered with yes.
    """
    comment = comment_for(APPROVE, said.comment, ask="")
    lacking = unanswered(kind_named(edition.document.kind).checklist, said.checklist)
    with patience():
        current = lock(edition)
    filled = open_step_for(current, by)
    last = filled is None or completes_the_round(current, filled, by)
    with taking(APPROVE if last else APPROVE_IN_PART, edition, by=by, at=at, seen=seen, lacking=lacking) as step:
        refuse_unseen_submission(step.edition, known)
        refuse_unseen_flags(step.edition.document, known)
        refuse_unseen_merge(step.edition, known)
        step.before_its_event = partial(_refuse_unseen_changes, step.edition, known)
        number = filled.number if filled else 1
        role = filled.step.role if filled else MEDICAL_REVIEWER
        review = sign(step, Verdict.APPROVE, by=by, at=at, said=replace(said, comment=comment), place=(number, role))
        answer_request(step.edition, by=by, at=at)
        if last:
            step.changes["approved_at"] = at
    return review


def _refuse_unseen_changes(edition: Edition, known: int | None) -> None:
    """Raise OutOfDate when what the text rests on changed after that place in the chain; see `changes_since`.

    In the turn of the signature: what changes before it is seen here, and what changes after it keeps the text from
    being published. Who does not say what they saw, such as a program, is asked nothing.
    """
    take_turn()
    if known is not None and (changes := changes_since(edition, known)):
        raise OutOfDate(RESTS_ON_ANOTHER.format(" ".join(each[0].upper() + each[1:] for each in changes)))


@patience()
@transaction.atomic
def request_changes(
    edition: Edition, *, by: "User", at: datetime, seen: str, comment: str, said: Said = NOTHING_SAID
) -> Review:
    """Send the text that was seen back with a comment, and return the review; no approval of this round counts then.

    `said` brings the checklist as far as it was answered, and the proof of who signs. Raises as every step does.
    """
    comment = comment_for(REQUEST_CHANGES, comment, ask="Say in a comment what has to change.")
    with taking(REQUEST_CHANGES, edition, by=by, at=at, seen=seen) as step:
        review = sign(step, Verdict.REQUEST_CHANGES, by=by, at=at, said=replace(said, comment=comment))
        answer_request(step.edition, by=by, at=at)
        step.changes.update(approved_at=None, **UNSCHEDULED)
    return review


@patience()
@transaction.atomic
def recommend(edition: Edition, *, by: "User", at: datetime, seen: str, comment: str) -> Review:
    """Leave advice on the text that was seen, and return it; it decides nothing. Raises as every step does."""
    comment = comment_for(RECOMMEND, comment, ask="Write your advice.")
    with taking(RECOMMEND, edition, by=by, at=at, seen=seen) as step:
        return sign(step, Verdict.RECOMMEND, by=by, at=at, said=Said(comment))


def answer_request(edition: Edition, *, by: "User", at: datetime) -> None:
    """Note on the request to this person, if there is one, that their verdict was given."""
    waiting = edition.review_requests.filter(round=edition.round, reviewer=by, answer=Answer.WAITING)
    waiting.update(answer=Answer.GIVEN, answered_at=at)
