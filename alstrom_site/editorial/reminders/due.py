"""Reminders of reviews that are wanted of somebody and of texts that fall due; a closed round reminds nobody."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import PUBLISHER
from alstrom_site.editorial import notifications, review_policy
from alstrom_site.editorial.models import Document, Edition, Reminder, ReviewRequest
from alstrom_site.editorial.notifications import letters
from alstrom_site.editorial.notifications.recipients import holders_of, reviewers, who_may_take
from alstrom_site.editorial.policies import refusal
from alstrom_site.editorial.reminders.stages import Stage, stage_on
from alstrom_site.editorial.review_policy import ALL_WHO_ARE_ASKED
from alstrom_site.editorial.rounds import standing, unasked
from alstrom_site.editorial.workflow import APPROVE_AFTERWARDS, Status

logger = logging.getLogger(__name__)

NOTICE_OF_A_REQUEST = 3
NOTICE_OF_A_REVIEW_DATE = 30
"""Days before the due date on which the first reminder goes out."""
REQUEST_ESCALATES = 1
REVIEW_DATE_ESCALATES = 2
"""Weeks after the due date from which the publishers are told too."""


@dataclass(frozen=True)
class Wanted:
    """The review that a letter is about: of what, for which steps, and who was asked (None: it waits in the queue).

    Without steps, everybody who must sign is asked. `is_part`: somebody has signed or is asked, for others of them.
    """

    edition: Edition
    steps: Sequence[str]
    request: ReviewRequest | None = None
    is_part: bool = False


@dataclass(frozen=True)
class Due:
    """Something that is due: `name` tells it apart for good, `people` are told by the letter `template`."""

    name: str
    document: Document
    stage: Stage
    people: tuple[User, ...]
    template: str
    due_on: date
    review: Wanted | None = None
    edition: Edition | None = None
    page: str = ""
    """Where its link leads: to which page of the document, about which edition."""


def send_due(*, at: datetime) -> int:
    """Queue every reminder that is due and did not go out yet, and return how many mails that are.

    Each thing is a transaction of its own: one that fails is logged and costs no other its reminder. Safe to run often,
    late, or on two workers at once.
    """
    day = at.astimezone(UTC).date()
    return sum(
        _reminded(due, at) for find in (_requests, _unasked_rounds, _stuck_rounds, _review_dates) for due in find(day)
    )


def _reminded(due: Due, at: datetime) -> int:
    try:
        with transaction.atomic():
            told = [person for person in due.people if _is_new(person, due, at)]
            said: dict[str, Any] = {"due_on": due.due_on, "stage": due.stage, "review": due.review, "page": due.page}
            notifications.post(letters.letters(due.template, told, due.document, edition=due.edition, **said))
            return len(told)
    except Exception:
        logger.exception("No reminder of %s went out.", due.name)
        return 0


def _is_new(person: User, due: Due, at: datetime) -> bool:
    subject = f"{due.name}, due {due.due_on.isoformat()}: {due.stage.name}"
    _, created = Reminder.objects.get_or_create(person=person, subject=subject, defaults={"sent_at": at})
    return created


def _requests(day: date) -> Iterator[Due]:
    """What was asked of somebody by name."""
    soon = ReviewRequest.objects.standing().filter(due_on__lte=day + timedelta(days=NOTICE_OF_A_REQUEST))
    of_these = soon.select_related("reviewer", "asked_by", "edition__document", "edition__head")
    for request in of_these.order_by("pk"):
        stage = stage_on(day, request.due_on, notice=NOTICE_OF_A_REQUEST)
        if stage is not None:
            step = review_policy.read(request.edition.policy)[request.step - 1]
            wanted = Wanted(request.edition, [step.role.name], request)
            yield from _of_a_review(f"request {request.pk}", wanted, stage, [request.reviewer], request.due_on)


def _unasked_rounds(day: date) -> Iterator[Due]:
    """What of a round waits in the queue: who may take it is reminded once it is due.

    The publishers are told of a late round even where everybody is asked, but for later days.
    """
    waiting = Edition.objects.filter(status=Status.IN_REVIEW, review_due_on__lte=day)
    for edition in waiting.select_related("document", "head", "submitted_by").order_by("pk"):
        due_on, lacking = edition.review_due_on, unasked(edition)
        asked = edition.review_requests.standing()
        # Of who was asked for this day, or one before it, their own request tells.
        stage = stage_on(day, due_on, notice=0) if due_on else None
        if due_on and stage and (lacking or not asked.filter(due_on__lte=due_on).exists()):
            is_part = asked.exists() or any(each.signed for each in standing(edition))
            wanted = Wanted(edition, [each.step.role.name for each in lacking], is_part=is_part)
            name = f"round {edition.round} of edition {edition.pk}"
            yield from _of_a_review(name, wanted, stage, who_may_take(edition, lacking), due_on)


def _of_a_review(name: str, wanted: Wanted, stage: Stage, people: Sequence[User], due_on: date) -> Iterator[Due]:
    """The reviewers' own letter, and in the end one to the publishers, which says who is late."""
    edition = wanted.edition
    own = Due(name, edition.document, stage, tuple(people), "reminder_request", due_on, wanted, edition, letters.REVIEW)
    yield own
    if stage.weeks_late >= REQUEST_ESCALATES:
        others = tuple(person for person in holders_of(PUBLISHER) if person not in people)
        yield replace(own, people=others, template="late_review", page="")


def _stuck_rounds(day: date) -> Iterator[Due]:
    """What waits for somebody in the place of who dropped out: the publishers are told once, long before it is due."""
    asks_all = Edition.objects.filter(status=Status.IN_REVIEW, policy__contains=[{"needed": ALL_WHO_ARE_ASKED}])
    for edition in asks_all.select_related("document", "head").order_by("pk"):
        if any(step.lacks_a_stand_in for step in standing(edition)):
            name = f"stand-in in round {edition.round} of edition {edition.pk}"
            people, due_on = tuple(holders_of(PUBLISHER)), edition.review_due_on or day
            yield Due(name, edition.document, Stage("wanted"), people, "stand_in", due_on, edition=edition)


def _review_dates(day: date) -> Iterator[Due]:
    """Live texts whose next review is near or late."""
    soon = Document.objects.due_for_review(day + timedelta(days=NOTICE_OF_A_REVIEW_DATE))
    for document in soon.select_related("owner", "live_edition__head").order_by("pk").iterator(chunk_size=500):
        due_on, live = document.review_due_on, document.live_edition
        is_pending = live is not None and live.review_is_pending
        # All were mailed the emergency a week before its date: no notice of a month can come before that.
        notice = NOTICE_OF_A_REQUEST if is_pending else NOTICE_OF_A_REVIEW_DATE
        stage = stage_on(day, due_on, notice=notice) if due_on else None
        if due_on and stage is not None:
            late = stage.weeks_late >= REVIEW_DATE_ESCALATES or not document.owner.is_active
            people = _with_publishers([document.owner], late)
            own = Due(f"document {document.pk}", document, stage, people, "reminder_review_date", due_on)
            yield from _of_an_emergency(own, live) if live and is_pending else [own]


def _of_an_emergency(own: Due, live: Edition) -> Iterator[Due]:
    """Letters about a text that readers see and nobody has approved: to who may sign it, and to whom else it concerns.

    The publishers are among these from the first where nobody may sign it.
    """
    live.document = own.document
    signers = [person for person in reviewers() if refusal(APPROVE_AFTERWARDS, live, person) is None]
    others = [each for each in _with_publishers(own.people, not signers) if each not in signers]
    letter = replace(own, template="reminder_emergency", edition=live)
    yield replace(letter, people=tuple(signers), page=letters.APPROVE_AFTERWARDS)
    yield replace(letter, people=tuple(others))


def _with_publishers(people: Iterable[User], too: bool) -> tuple[User, ...]:
    everybody = (*people, *(holders_of(PUBLISHER) if too else ()))
    return tuple({person.pk: person for person in everybody}.values())
