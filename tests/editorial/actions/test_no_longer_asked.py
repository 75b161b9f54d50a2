"""Who was asked and is not needed any more is told so; a place that nobody fills is told to the publishers."""

from datetime import timedelta

import pytest

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial.models import Answer, Edition, ReviewRequest
from alstrom_site.editorial.reminders import send_due
from alstrom_site.editorial.review_policy import ALL_WHO_ARE_ASKED, ReviewStep
from alstrom_site.editorial.rounds import standing
from tests.cast import Cast
from tests.documents import fresh, in_review
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
