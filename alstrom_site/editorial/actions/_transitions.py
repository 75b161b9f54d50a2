"""The one primitive by which an edition changes its state: lock, check, compare and set, write the event."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import OperationalError, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

from alstrom_site.editorial import policies, requirements, traits
from alstrom_site.editorial.actions._record import Happening, record
from alstrom_site.editorial.content import not_said, unseen_characters
from alstrom_site.editorial.models import Answer, Document, Edition, Review
from alstrom_site.editorial.rounds import standing
from alstrom_site.editorial.workflow import Busy, Issue, NotReady, OutOfDate, Status, Transition

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

WAITED_TOO_LONG = "Somebody else is at work on this just now. Nothing was written. Try again in a moment."
CHANGED_MEANWHILE = "Somebody changed this text since you opened it. Nothing was written. Look at what is there now."


UNSCHEDULED: dict[str, Any] = {"publish_at": None, "publish_until": None, "scheduled_by": None, "failure": ""}
"""What an edition that leaves the schedule loses."""


@dataclass
class Taking:
    """A step being taken on a locked edition; the action adds what belongs to it before the state is set."""

    edition: Edition
    changes: dict[str, Any] = field(default_factory=dict)
    """Fields of the edition that change with its status."""
    details: dict[str, Any] = field(default_factory=dict)
    """What the event says beside who, when and what."""
    review: Review | None = None
    before_its_event: Callable[[], None] | None = None
    """What follows from the new state and belongs into the event, such as the digest of a page."""


@contextmanager
def taking(
    transition: Transition, edition: Edition, *, by: "User", at: datetime, seen: str, lacking: Sequence[Issue] = ()
) -> Iterator[Taking]:
    """Take one step, whole or not at all; `seen` is the digest of the text that the person had on the screen.

    `lacking` is what the person did not bring along; they are told together with all that the text lacks.

    Raises NotPermitted, WrongState, OutOfDate, NotReady or Busy, and then nothing was written. The edition that was
    passed in is left as it was; the one to go on with is `Taking.edition`.
    """
    with patience(), transaction.atomic():
        step = Taking(lock(edition))
        check(transition, step.edition, by=by, seen=seen, lacking=lacking)
        source = step.edition.status
        yield step
        if source == Status.IN_REVIEW:
            _let_off(step, at=at, round_ends=transition.target is not Status.IN_REVIEW)
        step.changes["status"] = transition.target
        compare_and_set(step.edition, source=source, seen=seen, changes=step.changes)
        traits.release(step.edition.document)
        if step.before_its_event is not None:
            step.before_its_event()
        record(Happening(step.edition, transition.verb, source, transition.target, by, at, step.review, step.details))


def _let_off(step: Taking, *, at: datetime, round_ends: bool) -> None:
    """Close the requests of filled steps, and all when the round ends in any way; the event names whom that spares."""
    waiting = step.edition.review_requests.filter(round=step.edition.round, answer=Answer.WAITING)
    if not round_ends:
        waiting = waiting.filter(step__in=[each.number for each in standing(step.edition) if each.is_complete])
    spared = sorted(waiting.values_list("reviewer_id", flat=True))
    if spared:
        waiting.update(answer=Answer.NOT_NEEDED, answered_at=at)
        step.details["no_longer_asked"] = spared


@contextmanager
def patience() -> Iterator[None]:
    """Turn a lock that did not come in time, or that two waited for crosswise, into a refusal, Busy.

    Stands around the whole transaction of an action.
    """
    try:
        yield
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
            raise
        raise Busy(WAITED_TOO_LONG) from error


def lock(edition: Edition) -> Edition:
    """Return the edition as it is now, its document locked until the transaction ends, so that steps queue."""
    document = Document.objects.select_for_update().get(pk=edition.document_id)
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    locked.document = document
    return locked


def check(transition: Transition, edition: Edition, *, by: "User", seen: str, lacking: Sequence[Issue] = ()) -> None:
    """Raise the first refusal that holds: who and state, then what was seen, then what is missing."""
    refused = policies.refusal(transition, edition, by)
    if refused is not None:
        raise refused
    if edition.text.digest != seen:
        raise OutOfDate(CHANGED_MEANWHILE)
    issues = [*requirements.missing(transition, edition), *lacking]
    if issues:
        raise NotReady(issues)


def comment_for(transition: Transition, comment: str, *, ask: str) -> str:
    """Return the comment as it is kept; raise NotReady, with `ask`, when the step needs one and there is none."""
    label = "The comment"
    needed = transition.needs_comment
    unfit = not_said("comment", label, comment, ask=ask) if needed else unseen_characters("comment", label, comment)
    if unfit:
        raise NotReady(unfit)
    return comment.strip()


def compare_and_set(edition: Edition, *, source: str, seen: str, changes: dict[str, Any]) -> None:
    """Write the changes if the row still is what was checked; raise OutOfDate when it is not."""
    still_there = Edition.objects.filter(pk=edition.pk, status=source, head__digest=seen)
    if still_there.update(**changes) != 1:
        raise OutOfDate(CHANGED_MEANWHILE)
    for name, value in changes.items():
        setattr(edition, name, value)
