"""Publication at a time that was set before: setting it, taking it back, and publishing what is due."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.accounts.roles import PUBLISHER
from alstrom_site.editorial import notifications
from alstrom_site.editorial.actions._faults import in_words, is_passing
from alstrom_site.editorial.actions._record import Happening, record
from alstrom_site.editorial.actions._transitions import UNSCHEDULED, compare_and_set, patience, taking
from alstrom_site.editorial.actions.publishing import publish
from alstrom_site.editorial.canonical import moment_in_utc
from alstrom_site.editorial.models import Document, Edition, Proposal, Reminder
from alstrom_site.editorial.notifications.letters import letters
from alstrom_site.editorial.notifications.recipients import holders_of, owner_and
from alstrom_site.editorial.workflow import (
    CANCEL_SCHEDULE,
    FAIL,
    PUBLISH_PERMISSION,
    SCHEDULE,
    ActionRefused,
    Busy,
    Issue,
    NotReady,
    OutOfDate,
    Status,
)

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

logger = logging.getLogger(__name__)
IN_THE_PAST = "This time has passed already. Choose a later one, or publish now."
GIVE_UP_AFTER = timedelta(hours=1)
"""How long after its time a text that the database keeps from going live is tried again at every run."""
HELD = "Something else has its document locked: a step that takes long, or one that hangs."
PROPOSED = (
    "{waits.by} has proposed to {waits.verb} what readers see: “{waits.reason}” Decide on that first; then publish it"
    " or choose another time."
)
ENDS_TOO_EARLY = "The last moment must come after the time of publication. Choose a later one, or leave it empty."


@dataclass(frozen=True)
class Window:
    """When a text is to go live, and after which moment it must not any more."""

    publish_at: datetime
    until: datetime | None = None


class Result(StrEnum):
    """What came of a scheduled text whose time had come."""

    PUBLISHED = "published"
    FAILED = "failed"
    LEFT = "left for the next run"


@dataclass(frozen=True)
class Outcome:
    """One scheduled text of a run: what came of it and, unless it was published, why."""

    edition: Edition
    result: Result
    reason: str = ""


@patience()
@transaction.atomic
def schedule(edition: Edition, window: Window, *, by: "User", at: datetime, seen: str) -> Edition:
    """Have exactly the approved text that was seen go live by itself within the window, in the name of `by`.

    A text that is scheduled already gets another time. Raises as every step does, and NotReady when the window lies in
    the past.
    """
    with taking(SCHEDULE, edition, by=by, at=at, seen=seen, lacking=window_issues(window, at=at)) as step:
        step.changes.update(
            UNSCHEDULED, publish_at=window.publish_at, publish_until=window.until, scheduled_by=by, failure=""
        )
        step.details["publish_at"] = moment_in_utc(window.publish_at)
        if window.until is not None:
            step.details["until"] = moment_in_utc(window.until)
    return step.edition


def window_issues(window: Window, *, at: datetime) -> list[Issue]:
    """Return what is wrong with the times."""
    issues = []
    if window.publish_at <= at:
        issues.append(Issue("publish_at", IN_THE_PAST, "in-the-past"))
    if window.until is not None and window.until <= window.publish_at:
        issues.append(Issue("publish_until", ENDS_TOO_EARLY, "ends-too-early"))
    return issues


@patience()
@transaction.atomic
def cancel_schedule(edition: Edition, *, by: "User", at: datetime, seen: str) -> Edition:
    """Take the text off the schedule; it stays approved. Raises as every step does."""
    with taking(CANCEL_SCHEDULE, edition, by=by, at=at, seen=seen) as step:
        step.changes.update(UNSCHEDULED)
    return step.edition


def publish_due(at: datetime, *, clock: Callable[[], datetime] | None = None) -> list[Outcome]:
    """Publish what is due, each text in a transaction of its own, and return what came of each.

    A run may take minutes: with a `clock` each text goes live at the moment of its turn, if that is not too late.

    Safe to run late, twice, or on two workers at once: who finds a text in another's hands leaves it to them, and names
    it once it was due an hour ago. What must not go live any more gets the state for that, with the reason, and so does
    what fails in a way nobody expected. What says nothing of the text (a lock, a lost connection) leaves it for the
    next run, for an hour.
    """
    due = Edition.objects.due_to_publish(at).select_related("document").order_by("publish_at", "pk")
    outcomes = [_publish_one(edition, clock() if clock else at) for edition in list(due)]
    return [outcome for outcome in outcomes if outcome is not None]


def _publish_one(edition: Edition, at: datetime) -> Outcome | None:
    """Publish one scheduled text or note why not; None when somebody else was quicker."""
    try:
        with transaction.atomic():
            current = _taken_in_hand(edition, at)
            if current is None:
                return None
            _publish_as_scheduled(current, at)
    except Busy as refusal:
        return _tried_again(edition, at, str(refusal))
    except ActionRefused as refusal:
        return _failed(edition, at, _in_words(refusal))
    except Exception as error:  # whatever it is, it is about this text alone
        logger.exception("%s could not be published by its schedule.", edition)
        return (_tried_again if is_passing(error) else _failed)(edition, at, in_words(error))
    return Outcome(edition, Result.PUBLISHED)


def _tried_again(edition: Edition, at: datetime, reason: str) -> Outcome | None:
    """Leave it for the next run, but not for ever: who scheduled it relies on being told."""
    if _is_given_up(edition, at):
        return _failed(edition, at, f"{reason} It was tried until {_said(at)}.")
    return Outcome(edition, Result.LEFT, reason)


def _is_given_up(edition: Edition, at: datetime) -> bool:
    return edition.publish_at is not None and at - edition.publish_at > GIVE_UP_AFTER


def _taken_in_hand(edition: Edition, at: datetime) -> Edition | None:
    """Return the edition with its document locked, if it still is due and nobody else has it in hand.

    Raises Busy when somebody has had it in hand for longer than another run takes.
    """
    still_due = Edition.objects.due_to_publish(at).filter(pk=edition.pk)
    document = Document.objects.select_for_update(skip_locked=True).filter(pk=edition.document_id).first()
    if document is None:
        if _is_given_up(edition, at) and still_due.exists():
            raise Busy(HELD)
        return None
    current = still_due.select_related("head", "scheduled_by").first()
    if current is not None:
        current.document = document
    return current


class _CannotFire(ActionRefused):
    """What was scheduled does not hold any more."""


def _publish_as_scheduled(edition: Edition, at: datetime) -> None:
    scheduler = edition.scheduled_by
    if scheduler is None:
        raise _CannotFire("Nobody is known to have scheduled it.")
    if edition.publish_until is not None and edition.publish_until < at:
        raise _CannotFire(f"It was not to go live after {_said(edition.publish_until)}, and it was that late already.")
    if not scheduler.is_active:
        raise _CannotFire(f"The account of {scheduler}, who scheduled it, has been closed.")
    if not scheduler.has_perm(PUBLISH_PERMISSION):
        raise _CannotFire(f"{scheduler}, who scheduled it, is no publisher any more.")
    if (waits := Proposal.objects.waiting_on(edition.document).select_related("by").first()) is not None:
        raise _CannotFire(PROPOSED.format(waits=waits))
    publish(edition, by=scheduler, at=at, seen=_pinned(edition))


def _pinned(edition: Edition) -> str:
    """Return the digest of the text that was scheduled: nothing else may go live by that schedule."""
    event = edition.events.filter(verb=SCHEDULE.verb).order_by("-position").first()
    if event is None:
        raise _CannotFire("The record does not say which text was scheduled.")
    if event.revision_digest != edition.text.digest:
        raise _CannotFire("Its text is another one than the one that was scheduled.")
    return event.revision_digest


def _failed(edition: Edition, at: datetime, reason: str) -> Outcome | None:
    """Note why a scheduled text did not go live, whoever may do what by now; None when its schedule is gone."""
    try:
        with transaction.atomic():
            current = _taken_in_hand(edition, at)
            if current is None or current.scheduled_by is None:
                return None
            changes = {"status": FAIL.target, "failure": reason}
            compare_and_set(current, source=Status.SCHEDULED, seen=current.text.digest, changes=changes)
            by, details = current.scheduled_by, {"comment": reason}
            record(Happening(current, FAIL.verb, Status.SCHEDULED, FAIL.target, by, at, details=details))
    except Busy:
        return _held(edition, at, reason)
    except Exception:  # the others of this run are to be published whatever happens here
        logger.exception("Why %s was not published could not be noted; the next run tries again.", edition)
        return Outcome(edition, Result.LEFT, reason)
    return Outcome(current, Result.FAILED, reason)


def _held(edition: Edition, at: datetime, reason: str) -> Outcome:
    """Leave what is locked, so that not even a state can be written, and mail that once to whoever relies on it."""
    logger.error("%s is due and was left: %s", edition, reason)
    try:
        with transaction.atomic():
            _mail_that_it_is_held(edition, at, reason)
    except Exception:  # as above: it is about this text alone
        logger.exception("Nobody could be told that %s was left.", edition)
    return Outcome(edition, Result.LEFT, reason)


def _mail_that_it_is_held(edition: Edition, at: datetime, reason: str) -> None:
    people = [*owner_and(edition, edition.scheduled_by), *holders_of(PUBLISHER)]
    subject = f"schedule of edition {edition.pk} for {edition.publish_at:%Y-%m-%dT%H:%M:%S}: held"
    told = [each for each in people if _is_new(each, subject, at)]
    notifications.post(letters("schedule_held", told, edition.document, edition=edition, reason=reason))


def _is_new(person: "User", subject: str, at: datetime) -> bool:
    return Reminder.objects.get_or_create(person=person, subject=subject, defaults={"sent_at": at})[1]


def _in_words(refusal: ActionRefused) -> str:
    if isinstance(refusal, NotReady):
        return " ".join(issue.message for issue in refusal.issues)
    if isinstance(refusal, OutOfDate):
        return "Its text is another one than the one that was scheduled."
    return str(refusal)


def _said(moment: datetime) -> str:
    in_zone = moment.astimezone(UTC)
    return f"{in_zone.day} {in_zone:%B %Y, %H:%M} UTC"
