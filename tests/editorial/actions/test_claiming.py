"""Claiming a review from the queue: by whoever could sign it, once for each signature that is awaited."""

import contextlib
import threading
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import asking
from alstrom_site.editorial.models import Edition, Event, ReviewRequest
from alstrom_site.editorial.reminders import send_due
from alstrom_site.editorial.review_policy import ReviewStep
from alstrom_site.editorial.workflow import ActionRefused, NotPermitted
from tests.cast import NOW, Cast, make_cast
from tests.documents import fresh, in_review
from tests.editorial.policies_of_tests import TURN, asked, under
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db


def claim(edition: Edition, by: User) -> ReviewRequest:
    return actions.claim(edition, by=by, at=TURN, seen=edition.text.digest)


def close(who: User) -> None:
    User.objects.filter(pk=who.pk).update(is_active=False)


def take_the_roles(who: User) -> None:
    who.groups.clear()


def test_a_reviewer_claims_what_nobody_was_asked_for(cast: Cast) -> None:
    edition = in_review(cast)

    request = claim(edition, cast.reviewer)

    assert (request.was_claimed, request.due_on) == (True, edition.review_due_on)
    assert Event.objects.latest("position").verb == "claim"


@pytest.mark.parametrize("name", ["editor", "second_editor", "publisher", "administrator", "superuser", "stranger"])
def test_nobody_claims_what_they_cannot_sign(cast: Cast, name: str) -> None:
    with pytest.raises(NotPermitted, match="for your role"):
        claim(in_review(cast), getattr(cast, name))


@pytest.mark.parametrize("leaves", [close, take_the_roles])
def test_the_place_of_who_left_or_lost_the_role_is_free_again(cast: Cast, leaves: Callable[[User], object]) -> None:
    edition = in_review(cast)
    asked(cast, edition, cast.reviewer)
    leaves(cast.reviewer)
    forget_mails()

    assert edition.review_due_on is not None
    send_due(at=datetime.combine(edition.review_due_on, time(12), tzinfo=UTC))
    assert {mail.to for mail in queued_mails()} == {"second_reviewer", "everything"}
    assert claim(edition, cast.second_reviewer).was_claimed
    assert set(ReviewRequest.objects.standing().values_list("reviewer__username", flat=True)) == {"second_reviewer"}


def test_a_claim_late_in_a_round_is_due_on_the_day_itself(cast: Cast) -> None:
    edition = in_review(cast)

    request = actions.claim(edition, by=cast.reviewer, at=NOW + timedelta(days=40), seen=edition.text.digest)

    assert request.due_on == (NOW + timedelta(days=40)).date()


def test_what_somebody_took_on_is_not_claimed_by_another(cast: Cast) -> None:
    edition = in_review(cast)
    claim(edition, cast.reviewer)

    with pytest.raises(NotPermitted, match="taken this on"):
        claim(edition, cast.second_reviewer)
    with pytest.raises(NotPermitted, match="You are asked to review this text already"):
        claim(edition, cast.reviewer)


def test_two_can_claim_where_two_must_sign(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2))

    claim(edition, cast.reviewer)
    claim(edition, cast.second_reviewer)

    with pytest.raises(NotPermitted, match="taken this on"):
        claim(edition, cast.everything)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_locked", [True, False])
def test_of_two_who_claim_at_once_one_has_it(is_locked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    edition = in_review(cast)
    meeting = threading.Barrier(2)
    refusal = asking.claim_refusal

    def meet(*arguments: Any) -> str:
        found = refusal(*arguments)
        with contextlib.suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=1 if is_locked else 20)
        return found

    monkeypatch.setattr(asking, "claim_refusal", meet)
    if not is_locked:
        # So that the first half of this test is known to look at the right place.
        monkeypatch.setattr(asking, "lock", fresh)
    outcomes = _both_claim(edition, [cast.reviewer, cast.second_reviewer])

    refused = [outcome for outcome in outcomes if isinstance(outcome, ActionRefused)]
    assert (len(refused), ReviewRequest.objects.count()) == ((1, 1) if is_locked else (0, 2))


def _both_claim(edition: Edition, people: list[User]) -> list[Exception | None]:
    outcomes: list[Exception | None] = []

    def run(who: User) -> None:
        try:
            claim(fresh(edition), who)
            outcomes.append(None)
        except Exception as error:  # whatever it is, it is the outcome
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes
