"""Who has to wait too long, or crosswise, in any action is told so in a sentence and never shown a fault."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any
from unittest.mock import MagicMock

import pytest
from django.db import OperationalError, transaction
from psycopg.errors import ConnectionTimeout, DeadlockDetected, LockNotAvailable

from alstrom_site.editorial import actions
from alstrom_site.editorial.workflow import Busy

READS = {
    *("own_policy", "policy_issues", "window_issues", "announcement_issues", "claim_refusal", "meaning_of"),
    *("can_own", "may_hand_over", "link_behind", "name_of", "copies_of", "copies_anew", "others_in", "unfit"),
    *("takes_the_step", "why_not_merge", "submitted_note", "to_flag", "requests_for_changes"),
    *("can_be_asked", "waiting"),
}
"""They write nothing."""
PARTS = {
    *("sign", "answer_request", "void_proposals", "supersede", "go_live", "take_review_dates", "say", "fit"),
    *("flag_dependents", "after_publication", "lock_dependents", "settle_seen_flags", "tell_new_standing"),
    *("refuse_unseen_flags", "refuse_unseen_submission"),
}
"""They are called inside an action, which is what waits."""
EACH_BY_ITSELF = {"publish_due"}
"""Tells of each text what came of it; see the tests of what is due."""
NO_ACTION = {"patience"}
"""What other rooms put around the transactions of their own."""


def _functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in pkgutil.iter_modules(actions.__path__, f"{actions.__name__}."):
        if not module.name.rpartition(".")[2].startswith("_"):
            for name, function in inspect.getmembers(import_module(module.name), inspect.isfunction):
                if function.__module__ == module.name and not name.startswith("_"):
                    yield name, function


ACTIONS = {name: function for name, function in _functions() if name not in READS | PARTS | EACH_BY_ITSELF}


def called(act: Callable[..., Any]) -> Any:
    """Call it with anything in the place of each argument."""
    given = {name: MagicMock(name=name) for name in inspect.signature(act).parameters}
    return act(**given)


def begin_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every transaction break off with this error of the database."""

    def break_off(_: transaction.Atomic) -> None:
        raise OperationalError("It broke off.") from error

    monkeypatch.setattr(transaction.Atomic, "__enter__", break_off)


@pytest.mark.parametrize("act", ACTIONS.values(), ids=ACTIONS)
def test_a_wait_that_was_too_long_or_crosswise_is_a_refusal_in_every_action(
    act: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for error in (LockNotAvailable(), DeadlockDetected()):
        with monkeypatch.context() as patch:
            begin_with(error, patch)
            with pytest.raises(Busy, match="Somebody else is at work on this just now"):
                called(act)


def test_another_fault_of_the_database_is_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    begin_with(ConnectionTimeout(), monkeypatch)

    with pytest.raises(OperationalError):
        called(actions.approve)


def test_every_action_there_is_was_looked_at() -> None:
    assert {name for name in actions.__all__ if name[0].islower()} - NO_ACTION <= set(ACTIONS) | READS | EACH_BY_ITSELF
    assert {name for name, _ in _functions()} >= READS | PARTS | EACH_BY_ITSELF
