"""Who may take which step in which state: the whole table."""

import pytest
from django.contrib.auth.models import Group

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER, PUBLISHER
from alstrom_site.editorial import actions, policies
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import (
    APPROVE_AFTERWARDS,
    TRANSITIONS,
    NotPermitted,
    Status,
    Transition,
    WrongState,
)
from tests.breaking import drop_constraint
from tests.cast import NOW, Cast, person
from tests.documents import (
    STEP,
    approved,
    changes_requested,
    draft,
    fresh,
    in_review,
    made_live,
    next_edition,
    published,
    signed,
    submitted,
    yes_to_all,
)

pytestmark = pytest.mark.django_db

WRITERS = {"editor", "second_editor", "everything", "superuser"}
# A superuser may do everything at the desk and still is no medical reviewer.
REVIEWERS = {"reviewer", "second_reviewer", "everything"}
PUBLISHERS = {"publisher", "everything", "superuser"}
ENTITLED = {
    "revise": WRITERS,
    "take back": WRITERS,
    "bring up to date": WRITERS,
    "submit": WRITERS,
    "discard": WRITERS,
    "request changes": REVIEWERS,
    "recommend": REVIEWERS,
    "approve": REVIEWERS,
    "reaffirm": REVIEWERS,
    "schedule": PUBLISHERS,
    "cancel schedule": PUBLISHERS,
    "fail to publish": PUBLISHERS,
    "publish": PUBLISHERS,
    "publish in emergency": PUBLISHERS,
    # Two people: see the tests of proposals.
    "withdraw": set(),
    "unpublish": set(),
    "supersede": PUBLISHERS,
}
READY = {"approved", "scheduled", "failed to publish"}
OPEN = {"draft", "changes requested", "in review", *READY}
POSSIBLE = {
    "revise": {"draft", "changes requested"},
    "take back": {"in review", *READY},
    "bring up to date": OPEN,
    "submit": {"draft", "changes requested"},
    "discard": OPEN,
    "request changes": {"in review", *READY},
    "recommend": {"in review"},
    # After its publication only what went out in an emergency: see the tests of emergencies.
    "approve": {"in review"},
    "reaffirm": {"published"},
    "schedule": READY,
    "cancel schedule": {"scheduled", "failed to publish"},
    "fail to publish": {"scheduled"},
    "publish": READY,
    "publish in emergency": {"draft", "changes requested", "in review"},
    "withdraw": {"published"},
    "unpublish": {"published", "withdrawn"},
    "supersede": {"published", "withdrawn"},
}
# The cast members who wrote nothing; "editor" is the author of every text of the factories.
PEOPLE = sorted(Cast.__dataclass_fields__)


def test_every_step_of_the_workflow_is_in_the_table() -> None:
    assert {step.verb for step in TRANSITIONS} == set(ENTITLED) == set(POSSIBLE)


@pytest.mark.parametrize("name", PEOPLE)
def test_a_step_is_allowed_exactly_where_role_and_state_allow_it(cast: Cast, name: str) -> None:
    edition = draft(cast)
    who = getattr(cast, name)
    for step in TRANSITIONS:
        for status in Status:
            edition.status = status
            refused = policies.refusal(step, edition, who)
            expected = name in ENTITLED[step.verb] and status.value in POSSIBLE[step.verb]
            # See the tests of emergencies.
            expected = expected and step is not APPROVE_AFTERWARDS
            assert (refused is None) == expected, f"{name} / {step.verb} / {status}: {refused}"


@pytest.mark.parametrize("step", TRANSITIONS, ids=lambda step: step.verb)
def test_a_closed_account_may_take_no_step(cast: Cast, step: Transition) -> None:
    closed = person("closed", EDITOR, MEDICAL_REVIEWER, PUBLISHER, active=False)
    edition = draft(cast)
    edition.status = next(iter(step.sources))

    assert isinstance(policies.refusal(step, edition, closed), NotPermitted)


def test_the_state_is_named_when_it_is_what_refuses(cast: Cast) -> None:
    steps = {each.transition.verb: each for each in policies.steps_for(draft(cast), cast.editor)}

    assert isinstance(steps["revise"].refusal, type(None))
    assert not steps["approve"].allowed
    wrong = {each.transition.verb: each for each in policies.steps_for(draft(cast, key="b2"), cast.reviewer)}["approve"]
    assert isinstance(wrong.refusal, WrongState)
    assert "while the edition is draft" in str(wrong.refusal)


def test_who_wrote_one_of_the_texts_may_not_approve_whoever_wrote_the_last(cast: Cast) -> None:
    author = person("author_and_reviewer", EDITOR, MEDICAL_REVIEWER)
    other = person("other_author_and_reviewer", EDITOR, MEDICAL_REVIEWER)
    edition = draft(cast)
    for turn, who in enumerate([author, other, author, cast.editor], start=1):
        edition = _saved(edition, who, turn)
    edition = submitted(cast, edition, at=NOW + 9 * STEP)

    for who in (author, other):
        assert isinstance(policies.refusal(_step("approve"), edition, who), NotPermitted)
        assert isinstance(policies.refusal(_step("request changes"), edition, who), NotPermitted)
    assert policies.refusal(_step("approve"), edition, cast.reviewer) is None


def test_a_superuser_who_wrote_the_text_may_not_approve_it(cast: Cast) -> None:
    cast.superuser.groups.add(Group.objects.get(name=MEDICAL_REVIEWER.name))
    edition = submitted(cast, _saved(draft(cast), cast.superuser, 1), at=NOW + 2 * STEP)

    refused = policies.refusal(_step("approve"), edition, cast.superuser)

    assert isinstance(refused, NotPermitted)
    assert "You wrote part of this change" in str(refused)


def test_nobody_signs_as_a_medical_reviewer_without_being_one(cast: Cast) -> None:
    edition = in_review(cast)

    with pytest.raises(NotPermitted, match="Only a medical reviewer signs"):
        actions.approve(edition, by=cast.superuser, at=NOW + 5 * STEP, seen=edition.text.digest)


@pytest.mark.breaks_the_record
def test_a_discarded_edition_marked_as_published_hides_nobody_who_wrote_it(cast: Cast) -> None:
    both = person("both", EDITOR, MEDICAL_REVIEWER)
    thrown = _saved(draft(cast), both, 1)
    actions.discard(thrown, by=cast.editor, at=NOW + 2 * STEP, seen=thrown.text.digest, comment="Begun anew.")
    drop_constraint("editorial_edition", "editorial_edition_only_published_has_its_time")
    Edition.objects.filter(pk=thrown.pk).update(published_at=NOW)

    edition = actions.open_edition(thrown.document, by=cast.editor, at=NOW + 3 * STEP)

    assert both.pk in policies.contributor_ids(edition)


def test_who_wrote_a_discarded_edition_since_the_live_one_may_not_approve_the_next(cast: Cast) -> None:
    both = person("both", EDITOR, MEDICAL_REVIEWER)
    live = published(cast)
    thrown = _saved(next_edition(cast, live.document, at=NOW + 10 * STEP, volume="8"), both, 11)

    actions.discard(thrown, by=cast.editor, at=NOW + 12 * STEP, seen=thrown.text.digest, comment="Begun anew.")
    edition = next_edition(cast, live.document, at=NOW + 13 * STEP, volume="9")
    edition = submitted(cast, edition, at=NOW + 14 * STEP)

    assert isinstance(policies.refusal(_step("approve"), edition, both), NotPermitted)


def test_who_wrote_an_edition_that_went_live_before_may_approve_the_next(cast: Cast) -> None:
    both = person("both", EDITOR, MEDICAL_REVIEWER)
    first = submitted(cast, _saved(draft(cast), both, 1), at=NOW + 2 * STEP)

    live = made_live(cast, signed(cast, first, at=NOW + 3 * STEP), at=NOW + 4 * STEP)
    edition = submitted(cast, next_edition(cast, live.document, at=NOW + 5 * STEP, volume="8"), at=NOW + 6 * STEP)

    assert policies.refusal(_step("approve"), edition, both) is None


def test_who_approved_may_not_publish(cast: Cast) -> None:
    edition = in_review(cast)

    actions.approve(
        edition,
        by=cast.everything,
        at=NOW + 5 * STEP,
        seen=edition.text.digest,
        said=yes_to_all(edition),
    )

    assert isinstance(policies.refusal(_step("publish"), fresh(edition), cast.everything), NotPermitted)
    assert policies.refusal(_step("publish"), fresh(edition), cast.publisher) is None


def test_an_approved_edition_waits_for_the_publisher_and_not_for_its_approver(cast: Cast) -> None:
    edition = approved(cast)

    assert list(Edition.objects.waiting_for(cast.publisher)) == [edition]
    assert list(Edition.objects.waiting_for(cast.reviewer)) == []


def test_an_edition_waits_for_exactly_those_who_may_approve_or_publish_it(cast: Cast) -> None:
    both = person("both", EDITOR, MEDICAL_REVIEWER)
    signs_and_publishes = person("signs_and_publishes", MEDICAL_REVIEWER, PUBLISHER)
    _after_a_discarded_one(cast, both)
    _asked_for_changes_and_approved_by_another(cast, signs_and_publishes)
    second = submitted(cast, _saved(draft(cast, key="c3"), both, 1), at=NOW + 2 * STEP)
    actions.approve(second, by=signs_and_publishes, at=NOW + 3 * STEP, seen=second.text.digest, said=yes_to_all(second))
    everybody = [*(getattr(cast, name) for name in PEOPLE), both, signs_and_publishes]

    for who in everybody:
        may = {
            edition
            for edition in Edition.objects.all()
            for step in ("approve", "publish")
            if policies.refusal(_step(step), edition, who) is None
        }
        assert set(Edition.objects.waiting_for(who)) == may, who.username


def _after_a_discarded_one(cast: Cast, author: User) -> Edition:
    live = published(cast, key="a1")
    thrown = _saved(next_edition(cast, live.document, at=NOW + 10 * STEP, volume="8"), author, 11)
    actions.discard(thrown, by=cast.editor, at=NOW + 12 * STEP, seen=thrown.text.digest, comment="Begun anew.")
    return submitted(cast, next_edition(cast, live.document, at=NOW + 13 * STEP, volume="9"), at=NOW + 14 * STEP)


def _asked_for_changes_and_approved_by_another(cast: Cast, reviewer: User) -> Edition:
    edition = in_review(cast, key="b2")
    edition = changes_requested(reviewer, edition, at=NOW + 3 * STEP)
    return signed(cast, submitted(cast, edition, at=NOW + 4 * STEP), at=NOW + 5 * STEP)


def _step(verb: str) -> Transition:
    return next(step for step in TRANSITIONS if step.verb == verb)


def _saved(edition: Edition, who: User, turn: int) -> Edition:

    content = {**edition.text.fields, "volume": str(100 + turn)}
    return actions.save(edition, content, by=who, at=NOW + turn * STEP, seen=edition.text.digest).edition
