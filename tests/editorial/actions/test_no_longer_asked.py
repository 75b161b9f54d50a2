"""Who was asked and is not needed any more is told so; a place that nobody fills is told to the publishers."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Answer, Edition, ReviewRequest
from alstrom_site.editorial.reminders import send_due
from alstrom_site.editorial.review_policy import ALL_WHO_ARE_ASKED, ReviewStep
from alstrom_site.editorial.rounds import standing
from alstrom_site.editorial.workflow import (
    APPROVE,
    APPROVE_IN_PART,
    BRING_UP_TO_DATE,
    DISCARD,
    PUBLISH_IN_EMERGENCY,
    RECOMMEND,
    REQUEST_CHANGES,
    TAKE_BACK,
    TRANSITIONS,
    Status,
    Transition,
)
from tests.cast import Cast
from tests.documents import PROVEN, fresh, in_review, submitted, yes_to_all
from tests.editorial.actions.test_urgent_fix import beside_a_draft, live_fix
from tests.editorial.admin.desk_visits import page
from tests.editorial.policies_of_tests import TURN, asked, attempt, declined, under
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db
ALL = ReviewStep(1, MEDICAL_REVIEWER, ALL_WHO_ARE_ASKED)
STUCK = "Nobody’s absence approves a text"


def all_but_one(cast: Cast) -> Edition:
    """Return a round in which all who are asked must sign, and one of the two has."""
    edition = under(cast, ALL)
    for who in (cast.reviewer, cast.second_reviewer):
        asked(cast, edition, who)
    attempt(edition, cast.reviewer)
    forget_mails()
    return edition


def told(subject: str) -> set[str]:
    """Who is mailed under such a subject."""
    return {mail.to for mail in queued_mails() if mail.subject.startswith(subject)}


def test_the_last_signature_lets_off_who_was_asked_beside_it(cast: Cast) -> None:
    edition = in_review(cast)
    for who in (cast.reviewer, cast.second_reviewer):
        asked(cast, edition, who)
    forget_mails()

    attempt(edition, cast.reviewer)

    answers = dict(edition.review_requests.values_list("reviewer__username", "answer"))
    assert answers == {"reviewer": Answer.GIVEN, "second_reviewer": Answer.NOT_NEEDED}
    assert told("Your review is no longer needed") == {"second_reviewer"}
    assert edition.events.get(verb="approve").fields["no_longer_asked"] == [cast.second_reviewer.pk]


def two_signatures(cast: Cast) -> Edition:
    """Return a round that waits for two at once."""
    return under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2))


def behind(cast: Cast) -> Edition:
    """Return an edition in review beside which an urgent fix went live."""
    edition = submitted(cast, beside_a_draft(cast), at=TURN + timedelta(hours=6))
    live_fix(cast, edition, title="A title mended for tests")
    return fresh(edition)


def approve(edition: Edition, **step: Any) -> None:
    """Sign it."""
    actions.approve(edition, said=yes_to_all(edition), **step)


def take_back(edition: Edition, **step: Any) -> None:
    """Save another text over it."""
    actions.save(edition, {**edition.text.fields, "volume": "9"}, take_back=True, **step)


def take_over(edition: Edition, **step: Any) -> None:
    """Bring it up to date."""
    live = fresh(edition).document.live_edition
    assert live is not None
    actions.bring_up_to_date(edition, edition.text.fields, live_seen=live.text.digest, **step)


request_changes = partial(actions.request_changes, comment="Say it shorter.", said=PROVEN)
recommend = partial(actions.recommend, comment="Say it shorter.")
discard = partial(actions.discard, comment="Begun anew.")
publish_in_emergency = partial(actions.publish_in_emergency, reason="It cannot wait.")

# By each step that begins in review: a round, who takes the step, and whether somebody who was asked beside them is
# awaited on, is told that they are not, or hears of it in the mail that the step itself sends to reviewers.
ROUNDS: dict[Transition, tuple[Callable[[Cast], Edition], str, Callable[..., Any], str]] = {
    APPROVE: (in_review, "reviewer", approve, "told"),
    APPROVE_IN_PART: (two_signatures, "reviewer", approve, "awaited"),
    REQUEST_CHANGES: (in_review, "reviewer", request_changes, "told"),
    RECOMMEND: (in_review, "reviewer", recommend, "awaited"),
    TAKE_BACK: (in_review, "editor", take_back, "told"),
    BRING_UP_TO_DATE: (behind, "editor", take_over, "told"),
    DISCARD: (in_review, "editor", discard, "told"),
    PUBLISH_IN_EMERGENCY: (in_review, "publisher", publish_in_emergency, "hears of it"),
}


def test_somebody_has_decided_it_of_every_step_that_begins_in_review() -> None:
    assert set(ROUNDS) == {step for step in TRANSITIONS if Status.IN_REVIEW in step.sources}


@pytest.mark.parametrize("taken", ROUNDS, ids=lambda step: f"{step.verb} to {step.target}")
def test_who_was_asked_is_told_when_the_round_ends_in_whatever_way(cast: Cast, taken: Transition) -> None:
    prepare, who, act, becomes = ROUNDS[taken]
    edition = prepare(cast)
    asked(cast, edition, cast.second_reviewer)
    forget_mails()

    act(fresh(edition), by=getattr(cast, who), at=TURN + timedelta(days=2), seen=edition.text.digest)

    assert fresh(edition).status == taken.target
    answer = edition.review_requests.get(reviewer=cast.second_reviewer).answer
    assert answer == (Answer.WAITING if becomes == "awaited" else Answer.NOT_NEEDED)
    assert told("Your review is no longer needed") == ({"second_reviewer"} if becomes == "told" else set())
    assert ("second_reviewer" in {mail.to for mail in queued_mails()}) == (becomes != "awaited")


def test_a_step_that_is_complete_lets_off_its_own_and_keeps_those_of_the_next(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, EDITOR), ReviewStep(2, MEDICAL_REVIEWER))
    for who, step in ((cast.second_editor, 1), (cast.everything, 1), (cast.reviewer, 2)):
        asked(cast, edition, who, step=step)
    forget_mails()

    attempt(edition, cast.second_editor)

    assert set(ReviewRequest.objects.standing().values_list("reviewer__username", flat=True)) == {"reviewer"}
    assert told("Your review is no longer needed") == {"everything"}
    assert told("Review wanted") == {"reviewer"}


def test_who_was_let_off_is_reminded_of_nothing_and_can_be_asked_again_in_the_next_round(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, EDITOR), ReviewStep(2, MEDICAL_REVIEWER))
    for who in (cast.second_editor, cast.everything):
        asked(cast, edition, who)
    attempt(edition, cast.second_editor)
    forget_mails()

    send_due(at=TURN + timedelta(days=30))

    assert "everything" not in {mail.to for mail in queued_mails() if "Test second editor" in mail.text}
    assert asked(cast, edition, cast.everything, step=2).answer == Answer.WAITING


def test_publishers_are_told_when_the_last_who_is_awaited_declines(cast: Cast) -> None:
    edition = all_but_one(cast)
    assert STUCK not in page(cast.publisher, edition)

    declined(edition, cast.second_reviewer, reason="I am on leave.")

    assert told("Somebody else must sign") == {"publisher", "everything"}
    assert all("I am on leave." in mail.text for mail in queued_mails())
    assert STUCK in page(cast.publisher, edition)


def test_nobody_is_told_of_a_place_while_others_are_awaited(cast: Cast) -> None:
    edition = under(cast, ALL)
    for who in (cast.reviewer, cast.second_reviewer, cast.everything):
        asked(cast, edition, who)
    attempt(edition, cast.reviewer)
    forget_mails()

    declined(edition, cast.second_reviewer)

    assert told("Somebody else must sign") == set()
    assert STUCK not in page(cast.publisher, edition)


def test_publishers_are_told_once_of_who_left_without_a_word(cast: Cast) -> None:
    edition = all_but_one(cast)
    User.objects.filter(pk=cast.second_reviewer.pk).update(is_active=False)

    send_due(at=TURN + timedelta(hours=1))
    send_due(at=TURN + timedelta(days=1))

    letters = [mail.to for mail in queued_mails() if mail.subject.startswith("Somebody else must sign")]
    assert sorted(letters) == ["everything", "publisher"]
    asked(cast, edition, cast.everything)
    assert not any(step.lacks_a_stand_in for step in standing(fresh(edition)))
    assert STUCK not in page(cast.publisher, edition)
