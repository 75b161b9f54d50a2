"""Who must sign, in which order, and when a round is complete: the whole table, through the actions."""

from collections.abc import Sequence

import pytest
from django.contrib.auth.models import Group

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial import actions, policies
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.review_policy import ALL_WHO_ARE_ASKED, ReviewStep
from alstrom_site.editorial.rounds import is_complete, open_step_for, policy_of, standing
from alstrom_site.editorial.workflow import APPROVE, ActionRefused, NotPermitted
from tests.cast import NOW, Cast, person
from tests.documents import PROVEN, STEP, draft, fresh, made_live, signed, submitted, yes_to_all
from tests.editorial.policies_of_tests import asked, attempt, declined, under

pytestmark = pytest.mark.django_db

LATER = NOW + 9 * STEP
ONE = ReviewStep(1, MEDICAL_REVIEWER)
TWO = ReviewStep(1, MEDICAL_REVIEWER, 2)
ALL = ReviewStep(1, MEDICAL_REVIEWER, ALL_WHO_ARE_ASKED)
AN_EDITOR = ReviewStep(1, EDITOR)

# Each policy with who signs in turn, and where the edition is after that; "no" is a refusal that writes nothing.
# "second_editor" holds the role of an editor and wrote nothing; "everything" holds both roles.
TABLE: dict[str, tuple[Sequence[ReviewStep], Sequence[tuple[str, str]]]] = {
    "one": ([ONE], [("second_editor", "no"), ("reviewer", "approved"), ("second_reviewer", "no")]),
    "two": ([TWO], [("reviewer", "in review"), ("reviewer", "no"), ("second_reviewer", "approved")]),
    "three": (
        [ReviewStep(1, MEDICAL_REVIEWER, 3)],
        [("reviewer", "in review"), ("everything", "in review"), ("second_reviewer", "approved")],
    ),
    "editor, then reviewer": (
        [AN_EDITOR, ReviewStep(2, MEDICAL_REVIEWER)],
        [("reviewer", "no"), ("second_editor", "in review"), ("second_editor", "no"), ("reviewer", "approved")],
    ),
    "reviewer, then editor, written the other way round": (
        [ReviewStep(2, EDITOR), ONE],
        [("second_editor", "no"), ("reviewer", "in review"), ("reviewer", "no"), ("second_editor", "approved")],
    ),
    "side by side, the editor first": (
        [AN_EDITOR, ONE],
        [("second_editor", "in review"), ("reviewer", "approved")],
    ),
    "side by side, the reviewer first": (
        [AN_EDITOR, ONE],
        [("reviewer", "in review"), ("second_reviewer", "no"), ("second_editor", "approved")],
    ),
    "one person of two roles fills one step": (
        [AN_EDITOR, ReviewStep(2, MEDICAL_REVIEWER)],
        [("everything", "in review"), ("everything", "no"), ("reviewer", "approved")],
    ),
    "two side by side with an editor, then one more": (
        [TWO, AN_EDITOR, ReviewStep(2, MEDICAL_REVIEWER)],
        [
            ("reviewer", "in review"),
            ("second_reviewer", "in review"),
            ("everything", "in review"),
            ("second_reviewer", "no"),
            ("third", "approved"),
        ],
    ),
    "all, and nobody was asked": ([ALL], [("second_editor", "no"), ("reviewer", "approved")]),
    "the author never, whatever the policy": ([AN_EDITOR, ONE], [("editor", "no"), ("reviewer", "in review")]),
}


@pytest.mark.parametrize("policy", TABLE)
def test_a_text_is_approved_by_exactly_the_signatures_that_its_policy_asks_for(cast: Cast, policy: str) -> None:
    steps, turns = TABLE[policy]
    people = {**vars(cast), "third": person("third", MEDICAL_REVIEWER)}
    edition = under(cast, *steps)

    for name, expected in turns:
        before = fresh(edition).status
        offered = policies.refusal(APPROVE, fresh(edition), people[name]) is None
        waits = {who for who in people if before == "in review" and _waits(edition, people[who])}
        assert waits == {who for who in people if policies.refusal(APPROVE, fresh(edition), people[who]) is None}
        outcome = attempt(edition, people[name])
        assert outcome == expected, f"{policy}: {name}"
        assert offered == (expected != "no"), f"{policy}: what is offered to {name}"
        if expected == "no":
            assert fresh(edition).status == before


def test_who_comes_too_early_is_told_whose_turn_it_is(cast: Cast) -> None:
    edition = under(cast, AN_EDITOR, ReviewStep(2, MEDICAL_REVIEWER))

    assert _told(edition, cast.reviewer) == "It is the turn of an editor to sign. Yours comes after that."
    attempt(edition, cast.second_editor)
    other = person("third_editor", EDITOR)
    assert _told(edition, other) == "What your role signs is signed. It is the turn of a medical reviewer to sign."


def test_each_signature_names_the_step_and_the_role_that_it_fills(cast: Cast) -> None:
    edition = under(cast, AN_EDITOR, ReviewStep(2, MEDICAL_REVIEWER))
    for who in (cast.second_editor, cast.reviewer):
        attempt(edition, who)

    given = [(review.step, review.role) for review in edition.reviews.order_by("pk")]
    assert given == [(1, "editor"), (2, "medical reviewer")]


def test_of_two_steps_side_by_side_a_person_fills_the_one_they_were_asked_for(cast: Cast) -> None:
    edition = under(cast, AN_EDITOR, ONE)
    asked(cast, edition, cast.everything, step=2)

    step = open_step_for(fresh(edition), cast.everything)

    assert step is not None
    assert step.number == 2


# All who are asked


def test_everybody_who_was_asked_signs(cast: Cast) -> None:
    edition = under(cast, ALL)
    for who in (cast.reviewer, cast.second_reviewer):
        asked(cast, edition, who)

    assert [attempt(edition, who) for who in (cast.reviewer, cast.second_reviewer)] == ["in review", "approved"]


def test_who_was_not_asked_stands_in_for_nobody_who_was(cast: Cast) -> None:
    edition = under(cast, ALL)
    asked(cast, edition, cast.reviewer)

    assert attempt(edition, cast.everything) == "in review"
    assert _waits(edition, cast.reviewer)
    assert attempt(edition, cast.reviewer) == "approved"


def gone(who: User) -> None:
    """The account is closed."""
    User.objects.filter(pk=who.pk).update(is_active=False)


def without_the_role(who: User) -> None:
    """The role is taken away."""
    who.groups.remove(Group.objects.get(name=MEDICAL_REVIEWER.name))


@pytest.mark.parametrize("happens", [gone, without_the_role])
def test_who_left_or_lost_the_role_before_signing_is_awaited_no_more(cast: Cast, happens: object) -> None:
    edition = under(cast, ALL)
    for who in (cast.reviewer, cast.second_reviewer):
        asked(cast, edition, who)
    assert callable(happens)
    happens(cast.second_reviewer)

    assert attempt(edition, cast.reviewer) == "approved"


@pytest.mark.parametrize("happens", [gone, without_the_role, None])
def test_when_the_last_one_drops_out_after_the_others_signed_somebody_signs_in_their_place(
    cast: Cast, happens: object
) -> None:
    edition = under(cast, ALL)
    for who in (cast.reviewer, cast.second_reviewer):
        asked(cast, edition, who)
    attempt(edition, cast.reviewer)

    if callable(happens):
        happens(cast.second_reviewer)
    else:
        declined(edition, cast.second_reviewer)

    # Nobody's absence approves a text.
    assert fresh(edition).status == "in review"
    assert [step.awaited for step in standing(fresh(edition))] == [1]
    assert not _waits(edition, cast.reviewer)
    assert _waits(edition, cast.everything)
    assert attempt(edition, cast.reviewer) == "no"
    assert attempt(edition, cast.everything) == "approved"


def test_who_can_sign_again_after_the_round_closed_undoes_no_approval(cast: Cast) -> None:
    edition = under(cast, ALL)
    for who in (cast.reviewer, cast.second_reviewer):
        asked(cast, edition, who)
    gone(cast.second_reviewer)
    attempt(edition, cast.reviewer)
    User.objects.filter(pk=cast.second_reviewer.pk).update(is_active=True)

    assert is_complete(standing(fresh(edition)))
    assert made_live(cast, fresh(edition), at=LATER).status == "published"


@pytest.mark.parametrize("happens", [gone, without_the_role])
def test_a_signature_stands_when_its_signer_leaves_or_loses_the_role(cast: Cast, happens: object) -> None:
    edition = under(cast, TWO)
    attempt(edition, cast.reviewer)
    assert callable(happens)
    happens(cast.reviewer)

    assert attempt(edition, cast.second_reviewer) == "approved"


# Rounds


def test_a_request_for_changes_voids_every_approval_of_its_round(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER, 3))
    attempt(edition, cast.reviewer)
    attempt(edition, cast.second_reviewer)

    actions.request_changes(
        fresh(edition), by=cast.everything, at=LATER, seen=edition.text.digest, comment="Name the source.", said=PROVEN
    )

    assert [step.signed for step in standing(fresh(edition))] == [()]
    again = submitted(cast, fresh(edition), at=LATER + STEP)
    assert again.round == 2
    assert [step.awaited for step in standing(again)] == [3]
    turns = [attempt(edition, who) for who in (cast.reviewer, cast.second_reviewer, cast.everything)]
    assert turns == ["in review", "in review", "approved"]


def test_a_text_taken_back_and_submitted_again_begins_with_no_signature(cast: Cast) -> None:
    edition = under(cast, TWO)
    attempt(edition, cast.reviewer)
    for volume in ("99", edition.text.fields["volume"]):
        now = fresh(edition)
        content = {**now.text.fields, "volume": volume}
        actions.save(now, content, by=cast.editor, at=LATER, seen=now.text.digest, take_back=now.status == "in review")

    # The very text that was signed before, in another round.
    again = submitted(cast, fresh(edition), at=LATER + STEP)

    assert again.text.digest == edition.text.digest
    assert [step.awaited for step in standing(again)] == [2]


def test_a_policy_that_is_changed_meanwhile_holds_from_the_next_round_on(cast: Cast) -> None:
    edition = under(cast, ONE)
    now = actions.own_policy(fresh(edition).document)
    actions.set_policy(edition.document, actions.OwnPolicy([TWO]), by=cast.publisher, at=NOW, seen=now.digest)

    assert attempt(edition, cast.reviewer) == "approved"
    assert policy_of(fresh(edition).document) == (TWO,)


def test_the_policy_of_a_kind_is_taken_in_the_order_of_its_places(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (ReviewStep(2, MEDICAL_REVIEWER), ReviewStep(1, EDITOR))
    monkeypatch.setattr(type(kind_named("reference")), "review_policy", steps)
    edition = submitted(cast, draft(cast), at=NOW + STEP)

    turns = [attempt(edition, who) for who in (cast.reviewer, cast.second_editor, cast.reviewer)]

    assert turns == ["no", "in review", "approved"]


def test_the_default_is_one_medical_reviewer_and_then_a_publisher(cast: Cast) -> None:
    edition = signed(cast, submitted(cast, draft(cast), at=NOW + STEP), at=NOW + 2 * STEP)

    with pytest.raises(NotPermitted):
        actions.publish(edition, by=cast.reviewer, at=LATER, seen=edition.text.digest)
    assert made_live(cast, edition, at=LATER).status == "published"


def _waits(edition: Edition, who: User) -> bool:
    return Edition.objects.waiting_for(User.objects.get(pk=who.pk)).filter(pk=edition.pk).exists()


def _told(edition: Edition, who: User) -> str:
    now = fresh(edition)
    with pytest.raises(ActionRefused) as refused:
        actions.approve(now, by=who, at=LATER, seen=now.text.digest, said=yes_to_all(now))
    return str(refused.value)
