"""Who may take which step on a live text, and what else people may do at the desk: the rest of the whole table."""

from collections.abc import Callable

import pytest

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions, comment_rules, policies
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import (
    APPROVE_AFTERWARDS,
    UNPUBLISH,
    WITHDRAW,
    ActionRefused,
    NotPermitted,
    Status,
    Transition,
)
from tests.cast import NOW, Cast, person
from tests.documents import STEP, draft, published
from tests.editorial.test_policies import PEOPLE, POSSIBLE, PUBLISHERS, REVIEWERS, WRITERS

pytestmark = pytest.mark.django_db
LATER = NOW + 10 * STEP
AT_WORK = WRITERS | REVIEWERS | PUBLISHERS


def allowed(step: Transition, edition: Edition, cast: Cast) -> dict[str, set[str]]:
    """Return by state who may take the step in it."""
    found: dict[str, set[str]] = {}
    for status in Status:
        edition.status = status
        found[status] = {name for name in PEOPLE if policies.refusal(step, edition, getattr(cast, name)) is None}
    return found


def only_in(states: set[str], people: set[str]) -> dict[str, set[str]]:
    """Return the table in which these people may take the step in these states, and nobody in any other."""
    return {status: people if status in states else set() for status in Status}


@pytest.mark.parametrize("by", ["publisher", "everything"])
def test_what_went_out_in_an_emergency_is_approved_by_a_reviewer_who_did_not_publish_it(by: str, cast: Cast) -> None:
    edition = draft(cast)
    seen, who = edition.text.digest, getattr(cast, by)
    live = actions.publish_in_emergency(edition, by=who, at=LATER, seen=seen, reason="It cannot wait.")

    assert allowed(APPROVE_AFTERWARDS, live, cast) == only_in({"published"}, REVIEWERS - {by})


@pytest.mark.parametrize("step", [WITHDRAW, UNPUBLISH], ids=lambda step: step.verb)
@pytest.mark.parametrize("by", ["editor", "everything", "publisher"])
def test_a_live_text_is_taken_away_by_a_publisher_who_did_not_propose_it(by: str, step: Transition, cast: Cast) -> None:
    live = published(cast)
    assert allowed(step, live, cast) == only_in(set(), set())
    live.status = Status.PUBLISHED
    wanted, who = actions.Retirement(step.verb, "It was made up."), getattr(cast, by)
    actions.propose(live, wanted, by=who, at=LATER, seen=live.text.digest)

    assert allowed(step, live, cast) == only_in(POSSIBLE[step.verb], PUBLISHERS - {by})


@pytest.mark.parametrize("step", [WITHDRAW, UNPUBLISH], ids=lambda step: step.verb)
def test_who_works_on_texts_may_propose_to_take_one_away(step: Transition, cast: Cast) -> None:
    live = published(cast)
    found: dict[str, set[str]] = {}
    for status in Status:
        live.status = status
        found[status] = {name for name in PEOPLE if policies.why_not_propose(step, live, getattr(cast, name)) is None}

    assert found == only_in(POSSIBLE[step.verb], AT_WORK)


BESIDE: dict[Callable[[User], ActionRefused | None], set[str]] = {
    policies.may_open_edition: WRITERS,
    policies.may_ask: WRITERS | PUBLISHERS,
    policies.may_set_policy: PUBLISHERS | {"administrator"},
    comment_rules.may_share: AT_WORK,
}


@pytest.mark.parametrize("rule", BESIDE, ids=lambda rule: rule.__name__)
def test_what_needs_no_edition_is_for_exactly_these_roles(
    rule: Callable[[User], ActionRefused | None], cast: Cast
) -> None:
    assert {name for name in PEOPLE if rule(getattr(cast, name)) is None} == BESIDE[rule]
    closed = person("closed", superuser=True, active=False)
    assert isinstance(rule(closed), NotPermitted)
