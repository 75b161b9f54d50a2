"""Asking people for a review: by name, claimed from the queue, or declined with a reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial import policies
from alstrom_site.editorial.actions._record import remark
from alstrom_site.editorial.actions._transitions import CHANGED_MEANWHILE, lock, patience
from alstrom_site.editorial.actions.reviewing import REVIEW_WITHIN
from alstrom_site.editorial.content import not_said, unseen_characters
from alstrom_site.editorial.models import Answer, Edition, ReviewRequest
from alstrom_site.editorial.rounds import StepStanding, open_step_for, standing
from alstrom_site.editorial.workflow import Issue, NotPermitted, NotReady, OutOfDate, Status, WrongState

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

MOST_DAYS = 366
NOT_IN_REVIEW = "No round of review runs on this edition, so nobody is asked or awaited."
WHY_DECLINE = "Say why you decline. Whoever asked you reads it."
TAKEN = "As many people as must sign have taken this on. It comes back to the queue when one of them declines."
CLAIMED_ALREADY = "You are asked to review this text already."


@dataclass(frozen=True)
class Wanted:
    """Whom somebody asks, for which step of the round (its number), by which day, and what they say to them."""

    reviewer: "User"
    step: int
    due_on: date
    note: str = ""


@patience()
@transaction.atomic
def ask(edition: Edition, wanted: Wanted, *, by: "User", at: datetime, seen: str) -> ReviewRequest:
    """Ask a person by name to fill a step of the round that runs, and return the request.

    Who declined in this round can be asked again. Raises NotPermitted, WrongState, OutOfDate, NotReady or Busy.
    """
    refused = policies.may_ask(by)
    if refused is not None:
        raise refused
    if unseen := unseen_characters("note", "The note", wanted.note):
        raise NotReady(unseen)
    with _round_of(edition, seen) as current:
        step = _incomplete_step(current, wanted.step)
        reason = policies.cannot_be_asked(wanted.reviewer, step.step.role, policies.engaged_in(current))
        if reason:
            raise NotReady([Issue("reviewer", reason, "cannot-be-asked")])
        if unfit := _unfit_day(wanted.due_on, today=at.astimezone(UTC).date()):
            raise NotReady([Issue("due_on", unfit, "unfit")])
        request = _asked(current, wanted, by=by, at=at)
        details = _details(request, comment=wanted.note.strip())
        remark(current, "ask", by=by, at=at, **details)
    return request


@patience()
@transaction.atomic
def claim(edition: Edition, *, by: "User", at: datetime, seen: str) -> ReviewRequest:
    """Take a step of the round from the queue, due when the round is, and return the request. Raises as `ask` does."""
    with _round_of(edition, seen) as current:
        step = open_step_for(current, by)
        reason = claim_refusal(current, step, by)
        if step is None or reason:
            raise NotPermitted(reason)
        today = at.astimezone(UTC).date()
        due_on = max(current.review_due_on or today + REVIEW_WITHIN, today)
        request = _asked(current, Wanted(by, step.number, due_on), by=by, at=at)
        remark(current, "claim", by=by, at=at, **_details(request))
    return request


@patience()
@transaction.atomic
def decline(wanted: ReviewRequest, *, reason: str, by: "User", at: datetime) -> None:
    """Say that one will not review, and why; the place is free for somebody else. Raises as `ask` does.

    Whoever asked learns it from the record.
    """
    if unsaid := not_said("reason", "The reason", reason, ask=WHY_DECLINE):
        raise NotReady(unsaid)
    if wanted.reviewer_id != by.pk:
        raise NotPermitted("Only who was asked can decline.")
    with patience():
        current = lock(wanted.edition)
    declined = current.review_requests.standing().filter(pk=wanted.pk)
    details = _details(wanted, comment=reason.strip(), asked_by_id=wanted.asked_by_id)
    if declined.update(answer=Answer.DECLINED, answered_at=at, reason=reason.strip()) != 1:
        raise WrongState("This request does not wait for you any more.")
    remark(current, "decline", by=by, at=at, **details)


def _unfit_day(due_on: date, *, today: date) -> str:
    if due_on < today:
        return "Give a day that is still to come, or today."
    return "Give a day within a year." if due_on > today + timedelta(days=MOST_DAYS) else ""


def claim_refusal(edition: Edition, step: StepStanding | None, person: "User") -> str:
    """Return in a sentence why `person` cannot claim that step of the round, or ""; None is a step for nobody."""
    if step is None:
        return "No step that waits now is for your role."
    reason = policies.cannot_be_asked(person, step.step.role, policies.engaged_in(edition))
    if reason:
        return CLAIMED_ALREADY if person.pk in policies.engaged_in(edition).asked else reason
    waiting = edition.review_requests.standing().filter(step=step.number).count()
    return TAKEN if waiting >= step.awaited else ""


@contextmanager
def _round_of(edition: Edition, seen: str) -> Iterator[Edition]:
    """Give the edition, locked, in a round of review on the text that the person had on the screen."""
    with patience():
        current = lock(edition)
    if current.state is not Status.IN_REVIEW:
        raise WrongState(NOT_IN_REVIEW)
    if current.text.digest != seen:
        raise OutOfDate(CHANGED_MEANWHILE)
    yield current


def _incomplete_step(edition: Edition, number: int) -> StepStanding:
    for each in standing(edition):
        if each.number == number and not each.is_complete:
            return each
    raise WrongState("This step of the review is signed, or there is no such step.")


def _asked(edition: Edition, wanted: Wanted, *, by: "User", at: datetime) -> ReviewRequest:
    """Write the request; one that was declined in this round becomes the new one, the record keeps both."""
    request, _ = ReviewRequest.objects.update_or_create(
        edition=edition,
        round=edition.round,
        reviewer=wanted.reviewer,
        defaults={
            "step": wanted.step,
            "asked_by": by,
            "asked_at": at,
            "due_on": wanted.due_on,
            "answer": Answer.WAITING,
            "answered_at": None,
            "reason": "",
        },
    )
    return request


def _details(wanted: ReviewRequest, **more: object) -> dict[str, object]:
    """What the event says of a request."""
    return {
        "reviewer": str(wanted.reviewer),
        "reviewer_id": wanted.reviewer_id,
        "step": wanted.step,
        "due_on": wanted.due_on.isoformat(),
        **more,
    }
