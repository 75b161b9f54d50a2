"""Two people at once, on two real connections.

Each pair meets after both have been checked and before either has written, if nothing keeps them apart. What keeps
them apart is the lock on the document; without lock and compare-and-set the same meeting does harm, which the second
test shows, so that the first one is known to look at the right place.
"""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import _transitions
from alstrom_site.editorial.models import Edition, Event, PublishedPage, Review
from alstrom_site.editorial.workflow import ActionRefused, Busy
from tests.cast import NOW, Cast, make_cast
from tests.documents import (
    STEP,
    approved,
    changes_requested,
    draft,
    fresh,
    in_review,
    next_edition,
    published,
    signed,
    submitted,
    yes_to_all,
)
from tests.editorial.actions.test_due_at_once import first_to_come_waits, in_a_thread
from tests.invariants import hold_the_laws

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + 20 * STEP
Act = Callable[[Cast, Edition], Any]


def _approve(cast: Cast, edition: Edition) -> Any:
    return actions.approve(edition, by=cast.reviewer, at=LATER, seen=edition.text.digest, said=yes_to_all(edition))


def _approve_too(cast: Cast, edition: Edition) -> Any:
    return actions.approve(
        edition, by=cast.second_reviewer, at=LATER, seen=edition.text.digest, said=yes_to_all(edition)
    )


def _request_changes(cast: Cast, edition: Edition) -> Any:
    return changes_requested(cast.second_reviewer, edition, at=LATER)


def _save(cast: Cast, edition: Edition) -> Any:
    content = {**edition.text.fields, "volume": "88"}
    return actions.save(edition, content, by=cast.editor, at=LATER, seen=edition.text.digest)


def _save_too(cast: Cast, edition: Edition) -> Any:
    content = {**edition.text.fields, "volume": "99"}
    return actions.save(edition, content, by=cast.second_editor, at=LATER, seen=edition.text.digest)


def _take_back(cast: Cast, edition: Edition) -> Any:
    content = {**edition.text.fields, "volume": "77"}
    return actions.save(edition, content, by=cast.editor, at=LATER, seen=edition.text.digest, take_back=True)


def _submit(cast: Cast, edition: Edition) -> Any:
    return actions.submit(edition, by=cast.editor, at=LATER, seen=edition.text.digest)


def _publish(cast: Cast, edition: Edition) -> Any:
    return actions.publish(edition, by=cast.publisher, at=LATER, seen=edition.text.digest)


def _discard(cast: Cast, edition: Edition) -> Any:
    return actions.discard(edition, by=cast.editor, at=LATER, seen=edition.text.digest, comment="Not needed.")


PAIRS: dict[str, tuple[Callable[..., Edition], Act, Act]] = {
    "approve / approve": (in_review, _approve, _approve_too),
    "one reviewer approves twice": (in_review, _approve, _approve),
    "save / save": (draft, _save, _save_too),
    "save / submit": (draft, _save, _submit),
    "submit / submit": (draft, _submit, _submit),
    "publish / publish": (approved, _publish, _publish),
    "publish / take back": (approved, _publish, _take_back),
    "publish / discard": (approved, _publish, _discard),
}
EVERY_PAIR = pytest.mark.parametrize("pair", PAIRS)


def meet_after_the_check(monkeypatch: pytest.MonkeyPatch, *, patience: float) -> None:
    """Let the first step wait after its check until the second is there too, or until it is kept away for so long.

    To be called when all is prepared: steps taken before would wait for nobody.
    """
    barrier = threading.Barrier(2)
    check = _transitions.check

    def check_and_wait(*arguments: Any, **options: Any) -> None:
        check(*arguments, **options)
        try:
            barrier.wait(timeout=patience)
        except threading.BrokenBarrierError:
            return

    monkeypatch.setattr(_transitions, "check", check_and_wait)


def both_at_once(cast: Cast, edition: Edition, acts: tuple[Act, Act]) -> list[Exception | None]:
    """Run both acts on a connection each and return what each raised."""
    outcomes: list[Exception | None] = [None, None]

    def run(place: int) -> None:
        try:
            acts[place](cast, Edition.objects.select_related("document", "head").get(pk=edition.pk))
        except Exception as error:  # whatever it is, it is the outcome
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def one_won_and_one_was_refused(outcomes: list[Exception | None]) -> bool:
    """Whether exactly one act came through and the other got a sentence that says what is there now.

    Busy is none: that two waited for each other crosswise is what the order of locks is there to prevent.
    """
    refused = [each for each in outcomes if isinstance(each, ActionRefused) and not isinstance(each, Busy)]
    return outcomes.count(None) == 1 and len(refused) == 1


@EVERY_PAIR
def test_of_two_steps_at_once_one_is_taken_and_one_refused(pair: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    prepare, first, second = PAIRS[pair]
    edition = prepare(cast)
    before = Event.objects.count(), Review.objects.count()
    meet_after_the_check(monkeypatch, patience=1)

    outcomes = both_at_once(cast, edition, (first, second))

    assert one_won_and_one_was_refused(outcomes), outcomes
    assert Event.objects.count() == before[0] + 1
    assert Review.objects.count() <= before[1] + 1


@pytest.mark.parametrize(("other", "state"), [(_request_changes, "changes requested"), (_take_back, "draft")])
def test_an_approval_never_outlives_what_undoes_it_at_the_same_moment(
    other: Act, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    edition = in_review(cast)
    meet_after_the_check(monkeypatch, patience=1)

    outcomes = both_at_once(cast, edition, (_approve, other))

    # The other step may come first, and the approval is refused, or second, and undoes it.
    assert outcomes[1] is None
    assert Edition.objects.get(pk=edition.pk).status == state


@EVERY_PAIR
@pytest.mark.breaks_the_record
def test_without_lock_and_comparison_the_same_two_steps_do_harm(pair: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    prepare, first, second = PAIRS[pair]
    edition = prepare(cast)
    meet_after_the_check(monkeypatch, patience=20)

    def set_whatever_is_there(edition: Edition, *, changes: dict[str, Any], **_: Any) -> None:
        Edition.objects.filter(pk=edition.pk).update(**changes)
        for name, value in changes.items():
            setattr(edition, name, value)

    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *args, **options: self)
    monkeypatch.setattr(_transitions, "compare_and_set", set_whatever_is_there)

    outcomes = both_at_once(cast, edition, (first, second))

    harmless = one_won_and_one_was_refused(outcomes) and _laws_hold()
    assert not harmless, outcomes


@pytest.mark.parametrize("publishes_first", [True, False])
def test_of_a_withdrawal_and_the_publication_of_what_was_signed_before_it_the_first_keeps_the_other_back(
    publishes_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    live = published(cast)
    seen, wanted = live.text.digest, actions.Retirement("withdraw", "It was made up.")
    following = next_edition(cast, live.document, at=NOW + 5 * STEP, volume="88")
    following = signed(cast, submitted(cast, following, at=NOW + 6 * STEP), at=NOW + 7 * STEP)
    actions.propose(live, wanted, by=cast.everything, at=NOW + 8 * STEP, seen=seen)
    hold = first_to_come_waits(monkeypatch)

    def withdraw() -> Any:
        return actions.withdraw(fresh(live), by=cast.publisher, at=LATER, seen=seen, reason=wanted.reason)

    acts: list[Callable[[], object]] = [lambda: _publish(cast, fresh(following)), withdraw]
    one, _ = in_a_thread(acts[0 if publishes_first else 1])
    assert hold.reached.wait(timeout=30)
    two, came_of_two = in_a_thread(acts[1 if publishes_first else 0])
    # It waits for the lock.
    two.join(timeout=1)
    hold.go_on.set()
    for thread in (one, two):
        thread.join(timeout=60)

    states = ("published", "superseded") if publishes_first else ("approved", "withdrawn")
    assert (fresh(following).status, fresh(live).status) == states
    assert isinstance(came_of_two[0], ActionRefused), came_of_two
    page = PublishedPage.objects.get(document=live.document)
    shown = (following.text.digest, None) if publishes_first else (seen, LATER)
    assert (page.revision_digest, page.withdrawn_at) == shown


def _laws_hold() -> bool:
    try:
        hold_the_laws()
    except AssertionError:
        return False
    return True
