"""Nobody with a real account approves a text or sends it back without proving at that moment who they are."""

from collections.abc import Callable
from typing import Any

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Edition, Review
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import NotReady
from tests.cast import NOW, Cast
from tests.documents import STEP, all_true, fresh, in_review, published

pytestmark = pytest.mark.django_db

LATER = NOW + 20 * STEP


def approve(edition: Edition, **step: Any) -> None:
    """Approve it, and prove nothing."""
    actions.approve(edition, said=actions.Said(checklist=all_true(edition)), **step)


def request_changes(edition: Edition, **step: Any) -> None:
    """Send it back, and prove nothing."""
    actions.request_changes(edition, comment="Please shorten it.", **step)


def reaffirm(edition: Edition, **step: Any) -> None:
    """Say that it needs no change, and prove nothing."""
    actions.reaffirm(edition, said=actions.Said(checklist=all_true(edition)), **step)


Made = Callable[[Cast], Edition]
Act = Callable[..., None]
VERDICTS = [(in_review, approve), (in_review, request_changes), (published, reaffirm)]
EVERY_VERDICT = pytest.mark.parametrize(("prepare", "act"), VERDICTS, ids=lambda each: each.__name__)


@EVERY_VERDICT
def test_no_verdict_is_given_without_proof_of_who_gives_it(cast: Cast, prepare: Made, act: Act) -> None:
    edition = prepare(cast)
    reviews = Review.objects.count()

    with pytest.raises(NotReady, match="password or a passkey"):
        act(edition, by=cast.second_reviewer, at=LATER, seen=edition.text.digest)

    assert fresh(edition).status == edition.status
    assert Review.objects.count() == reviews


@EVERY_VERDICT
def test_a_demonstration_account_gives_it_without_and_the_record_says_so(cast: Cast, prepare: Made, act: Act) -> None:
    edition = prepare(cast)
    cast.second_reviewer.is_demonstration = True
    cast.second_reviewer.save()

    act(edition, by=cast.second_reviewer, at=LATER, seen=edition.text.digest)

    assert edition.reviews.get(reviewer=cast.second_reviewer).is_demonstration
    assert list(faults()) == []


def test_advice_takes_no_signature(cast: Cast) -> None:
    edition = in_review(cast)

    actions.recommend(edition, by=cast.reviewer, at=LATER, seen=edition.text.digest, comment="Say it shorter.")

    assert edition.reviews.get().signed_with == ""
