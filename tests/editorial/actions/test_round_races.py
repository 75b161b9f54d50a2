"""Two reviewers at once in a round of several signatures, on two real connections; see test_races."""

from typing import Any

import pytest

from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Edition, Event, Review
from alstrom_site.editorial.review_policy import ReviewStep
from tests.cast import Cast, make_cast
from tests.documents import changes_requested, yes_to_all
from tests.editorial.actions.test_races import LATER, both_at_once, meet_after_the_check, one_won_and_one_was_refused
from tests.editorial.policies_of_tests import attempt, under

pytestmark = pytest.mark.django_db(transaction=True)


def approve(name: str) -> Any:
    """Return the act of this member of the cast approving."""

    def act(cast: Cast, edition: Edition) -> Any:
        by = getattr(cast, name)
        return actions.approve(edition, by=by, at=LATER, seen=edition.text.digest, said=yes_to_all(edition))

    return act


def request_changes(cast: Cast, edition: Edition) -> Any:
    """The second reviewer asks for changes."""
    return changes_requested(cast.second_reviewer, edition, at=LATER)


def one_signature_left(cast: Cast) -> Edition:
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2))
    attempt(edition, cast.everything)
    return edition


def test_two_reviewers_at_the_last_signature_are_one_approval_and_one_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    edition = one_signature_left(cast)
    before = Event.objects.count()
    meet_after_the_check(monkeypatch, patience=1)

    outcomes = both_at_once(cast, edition, (approve("reviewer"), approve("second_reviewer")))

    assert one_won_and_one_was_refused(outcomes), outcomes
    assert Edition.objects.get(pk=edition.pk).status == "approved"
    assert (Event.objects.count(), Review.objects.count()) == (before + 1, 2)


@pytest.mark.parametrize(
    ("steps", "names"),
    [
        ([ReviewStep(1, MEDICAL_REVIEWER, 2)], ("reviewer", "second_reviewer")),
        ([ReviewStep(1, EDITOR), ReviewStep(1, MEDICAL_REVIEWER)], ("second_editor", "reviewer")),
    ],
    ids=["two of one step", "two steps side by side"],
)
def test_two_who_are_both_awaited_sign_both_and_exactly_one_of_them_completes_it(
    steps: list[ReviewStep], names: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    edition = under(cast, *steps)
    meet_after_the_check(monkeypatch, patience=1)

    outcomes = both_at_once(cast, edition, (approve(names[0]), approve(names[1])))

    assert outcomes == [None, None]
    assert Edition.objects.get(pk=edition.pk).status == "approved"
    approvals = Event.objects.filter(verb="approve").order_by("position").values_list("target", flat=True)
    assert list(approvals) == ["in review", "approved"]


@pytest.mark.parametrize("name", ["reviewer", "everything"])
def test_an_approval_never_outlives_a_request_for_changes_at_the_same_moment(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2)) if name == "reviewer" else under(cast)
    meet_after_the_check(monkeypatch, patience=1)

    outcomes = both_at_once(cast, edition, (approve(name), request_changes))

    assert outcomes[1] is None
    assert Edition.objects.get(pk=edition.pk).status == "changes requested"
