"""Random people take random steps, most of them theirs to take and some not; after each one the laws hold."""

import os
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.editorial.random_moves import Moves

# Where CI is set, they are the same ones in every run; on a desk each run looks for others, after those that failed.
STORIES = int(os.environ.get("RANDOM_STORIES", "2"))
"""How many stories; more of them for whoever has an hour: RANDOM_STORIES=200 pytest -o faulthandler_timeout=0."""
STEPS = 40
"""Few stories and long ones: a text needs a dozen steps to go live, and what goes wrong comes after that."""


class Desk(RuleBasedStateMachine):
    """A story that goes on as Hypothesis says."""

    def __init__(self) -> None:
        super().__init__()
        self.story = Moves()

    # The simplest number comes first in every run, on a desk too; it is 0, and left out.
    @initialize(seed=st.integers(min_value=0, max_value=2**32).filter(bool))
    def begin(self, seed: int) -> None:
        """Hypothesis draws one number for a story: drawn anew for each step, it is often the same one again."""
        self.story.dice = Random(seed)  # noqa: S311 nothing is kept secret by it

    @rule()
    def somebody_acts(self) -> None:
        """One rule for all moves, because Hypothesis leaves whole rules out of a run, and then no text comes far."""
        self.story.somebody_acts()

    @invariant()
    def the_laws_hold(self) -> None:
        """No text is live without the approvals that its policy asks for, and all the other laws."""
        self.story.check_the_laws()

    def teardown(self) -> None:
        """Verify the whole record and forget it."""
        self.story.end()


@pytest.mark.slow
@pytest.mark.django_db
def test_no_people_and_no_steps_lead_past_the_laws() -> None:
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=STORIES,
            stateful_step_count=STEPS,
            deadline=None,
            # One number tells a whole story; to look for a shorter one takes longer than to read it.
            phases=[Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
