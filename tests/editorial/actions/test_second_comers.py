"""Two people at once, on two real connections, in an order that is known: who comes second finds what the first did.

The first has checked and written, and commits once the second waits for it. In test_races neither has written.
"""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import _record
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.verification.rows import rows_of
from alstrom_site.editorial.workflow import ActionRefused, Busy
from tests.cast import NOW, Cast, make_cast
from tests.documents import (
    PROVEN,
    STEP,
    approved,
    draft,
    fresh,
    in_review,
    next_edition,
    published,
    signed,
    submitted,
    yes_to_all,
)
from tests.editorial.actions.test_due_at_once import Hold, in_a_thread
from tests.editorial.policies_of_tests import asked

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "A sentence in it no longer holds."
Act = Callable[..., Any]


def approve(cast: Cast, edition: Edition, **step: Any) -> Any:
    return actions.approve(edition, by=cast.reviewer, said=yes_to_all(edition), **step)


def request_changes(cast: Cast, edition: Edition, **step: Any) -> Any:
    return actions.request_changes(edition, by=cast.second_reviewer, comment="Shorter.", said=PROVEN, **step)


def decline(cast: Cast, edition: Edition, *, at: Any, **_: Any) -> Any:
    return actions.decline(edition.review_requests.get(), reason="No time.", by=cast.second_reviewer, at=at)


def find_a_fault(cast: Cast, edition: Edition, **step: Any) -> Any:
    return actions.comment(edition, actions.Words(REASON, must_fix=True), by=cast.second_reviewer, **step)


def discard(cast: Cast, edition: Edition, **step: Any) -> Any:
    return actions.discard(edition, by=cast.editor, comment="Not needed.", **step)


def submit(cast: Cast, edition: Edition, **step: Any) -> Any:
    return actions.submit(edition, by=cast.editor, **step)


def schedule(cast: Cast, edition: Edition, *, at: Any, seen: str) -> Any:
    return actions.schedule(edition, actions.Window(at + STEP), by=cast.publisher, at=at, seen=seen)


def schedule_for_later(cast: Cast, edition: Edition, *, at: Any, seen: str) -> Any:
    return actions.schedule(edition, actions.Window(at + 2 * STEP), by=cast.everything, at=at, seen=seen)


def publish(cast: Cast, edition: Edition, **step: Any) -> Any:
    return actions.publish(edition, by=cast.publisher, **step)


def publish_in_emergency(cast: Cast, edition: Edition, **step: Any) -> Any:
    return actions.publish_in_emergency(edition, by=cast.publisher, reason=REASON, **step)


def publish_the_next(cast: Cast, live: Edition, *, at: Any, **_: Any) -> Any:
    edition = Document.objects.get(pk=live.document_id).open_edition
    assert edition is not None
    return publish(cast, edition, at=at, seen=edition.text.digest)


def reaffirm(cast: Cast, live: Edition, **step: Any) -> Any:
    return actions.reaffirm(live, by=cast.second_reviewer, said=yes_to_all(live), **step)


def reaffirm_by_a_clock_behind(cast: Cast, live: Edition, *, at: Any, seen: str) -> Any:
    return actions.reaffirm(live, by=cast.reviewer, said=yes_to_all(live), at=at - STEP, seen=seen)


def propose(cast: Cast, live: Edition, **step: Any) -> Any:
    return actions.propose(live, actions.Retirement("unpublish", REASON), by=cast.everything, **step)


def unpublish(cast: Cast, live: Edition, **step: Any) -> Any:
    return actions.unpublish(live, by=cast.publisher, reason=REASON, **step)


def with_a_request(cast: Cast) -> Edition:
    edition = in_review(cast)
    asked(cast, edition, cast.second_reviewer)
    return edition


def with_the_next_ready(cast: Cast) -> Edition:
    """Return a live edition that is proposed to go, while the next one is approved."""
    live = published(cast)
    following = next_edition(cast, live.document, at=NOW + 5 * STEP, volume="88")
    signed(cast, submitted(cast, following, at=NOW + 6 * STEP), at=NOW + 7 * STEP)
    propose(cast, live, at=NOW + 8 * STEP, seen=live.text.digest)
    return live


MEETINGS: list[tuple[Callable[[Cast], Edition], Act, Act, bool, str]] = [
    (approved, publish, request_changes, False, "published"),
    (approved, request_changes, publish, False, "changes requested"),
    (approved, find_a_fault, publish, False, "approved"),
    (approved, schedule, schedule_for_later, True, "scheduled"),
    (draft, submit, discard, True, "discarded"),
    (draft, discard, submit, False, "discarded"),
    (in_review, approve, discard, True, "discarded"),
    (in_review, discard, approve, False, "discarded"),
    (in_review, publish_in_emergency, approve, False, "published"),
    (in_review, publish_in_emergency, request_changes, False, "published"),
    (in_review, request_changes, publish_in_emergency, False, "changes requested"),
    (with_a_request, approve, decline, False, "approved"),
    (published, propose, propose, False, "published"),
    (published, reaffirm, reaffirm_by_a_clock_behind, True, "published"),
    (with_the_next_ready, unpublish, publish_the_next, False, "unpublished"),
    (with_the_next_ready, publish_the_next, unpublish, False, "superseded"),
    (with_the_next_ready, publish_the_next, reaffirm, False, "superseded"),
]
"""What there is, who comes first, who comes second, whether the second comes through, and what the edition is then."""


def named(row: Any) -> str:
    return f"{row[1].__name__} / {row[2].__name__}"


def until_it_waits_for_a_lock_or_ends(thread: Any) -> None:
    """Return when a step waits in the database for the one that is held, or is through."""
    waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute(waits)
            if cursor.fetchone() != (0,) or not thread.is_alive():
                return
            time.sleep(0.02)


def first_to_come_waits_before_its_event(monkeypatch: pytest.MonkeyPatch) -> Hold:
    """Have the first step from now on wait when all of it is written but its event."""
    hold, take_turn = Hold(), _record.take_turn

    def wait_and_take_turn() -> None:
        hold.wait()
        take_turn()

    monkeypatch.setattr(_record, "take_turn", wait_and_take_turn)
    return hold


@pytest.mark.parametrize("row", MEETINGS, ids=named)
def test_who_comes_second_finds_what_the_first_did(row: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    prepare, first, second, comes_through, state = row
    edition = prepare(cast)
    step = {"at": NOW + 20 * STEP, "seen": edition.text.digest}
    hold = first_to_come_waits_before_its_event(monkeypatch)

    one, came_of_one = in_a_thread(lambda: first(cast, fresh(edition), **step))
    assert hold.reached.wait(timeout=30), came_of_one
    two, came_of_two = in_a_thread(lambda: second(cast, fresh(edition), **step))
    until_it_waits_for_a_lock_or_ends(two)
    hold.go_on.set()
    for thread in (one, two):
        thread.join(timeout=60)

    refused = isinstance(came_of_two[0], ActionRefused) and not isinstance(came_of_two[0], Busy)
    assert not isinstance(came_of_one[0], Exception), came_of_one
    assert comes_through or refused, came_of_two
    assert not (comes_through and isinstance(came_of_two[0], Exception)), came_of_two
    assert fresh(edition).status == state
    # Each column says what the last event about it says: nothing of the one is left under the other.
    assert [str(fault) for fault in rows_of([edition.document_id])] == []
