"""The database itself refuses an approval that a review policy does not bear."""

import pytest

from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.review_policy import ALL_WHO_ARE_ASKED, ReviewStep
from tests.breaking import is_sentence, refused_by, run, triggers_off
from tests.cast import Cast
from tests.documents import fresh
from tests.editorial.policies_of_tests import attempt, under

pytestmark = pytest.mark.django_db

APPROVED = "UPDATE editorial_edition SET status = 'approved', approved_at = now() WHERE id = %s"
REVIEW = "UPDATE editorial_review SET {} WHERE reviewer_id = %s"
ONE, TWO = ReviewStep(1, MEDICAL_REVIEWER), ReviewStep(1, MEDICAL_REVIEWER, 2)
AN_EDITOR = ReviewStep(1, EDITOR)
BY_POLICY = "editorial_edition_is_approved_by_policy"


@pytest.mark.parametrize(
    ("steps", "signers"),
    [
        ([TWO], ["reviewer"]),
        ([AN_EDITOR, ReviewStep(2, MEDICAL_REVIEWER)], ["second_editor"]),
        ([AN_EDITOR, ONE], ["reviewer"]),
        ([AN_EDITOR, ONE], ["second_editor"]),
        ([ONE, ReviewStep(2, MEDICAL_REVIEWER, ALL_WHO_ARE_ASKED)], ["reviewer"]),
        ([TWO, ReviewStep(2, EDITOR)], ["reviewer", "second_reviewer"]),
    ],
)
def test_no_edition_becomes_approved_while_a_step_of_its_policy_is_open(
    cast: Cast, steps: list[ReviewStep], signers: list[str]
) -> None:
    edition = under(cast, *steps)
    for name in signers:
        assert attempt(edition, getattr(cast, name)) == "in review"

    rule, sentence = refused_by(APPROVED, edition.pk)

    assert rule == BY_POLICY
    assert is_sentence(sentence)


@pytest.mark.parametrize("change", ["step = 2", "role = 'editor'", "round = 0"])
@pytest.mark.breaks_the_record
def test_a_signature_counts_for_its_own_step_role_and_round_only(cast: Cast, change: str) -> None:
    edition = under(cast, TWO)
    attempt(edition, cast.reviewer)
    attempt(edition, cast.second_reviewer)
    with triggers_off("editorial_edition", "editorial_review"):
        run("UPDATE editorial_edition SET status = 'in review' WHERE id = %s", edition.pk)
        run(REVIEW.format(change), cast.reviewer.pk)

    assert refused_by(APPROVED, edition.pk)[0] == BY_POLICY


@pytest.mark.breaks_the_record
def test_the_signatures_that_a_policy_asks_for_satisfy_the_guard(cast: Cast) -> None:
    edition = under(cast, AN_EDITOR, ReviewStep(2, MEDICAL_REVIEWER, 2))
    for who in (cast.second_editor, cast.reviewer, cast.second_reviewer):
        attempt(edition, who)
    with triggers_off("editorial_edition"):
        run("UPDATE editorial_edition SET status = 'in review' WHERE id = %s", edition.pk)

    run(APPROVED, edition.pk)

    assert fresh(edition).status == "approved"


@pytest.mark.parametrize("policy", ["[]", '[{"place": 1, "role": "medical reviewer", "needed": 1}]'])
def test_the_policy_of_a_round_that_runs_is_not_made_easier(cast: Cast, policy: str) -> None:
    edition = under(cast, TWO)

    rule, _ = refused_by("UPDATE editorial_edition SET policy = %s::jsonb WHERE id = %s", policy, edition.pk)

    assert rule == "editorial_edition_keeps_what_was_submitted"
    assert Edition.objects.get(pk=edition.pk).policy[0]["needed"] == 2
