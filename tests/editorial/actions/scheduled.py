"""Scheduled texts, and what may happen to one before its time comes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.actions.scheduling import Outcome, Result
from alstrom_site.editorial.models import Document, Edition
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, fresh

SET_AT = NOW + 10 * STEP
TIME = NOW + 20 * STEP
LATE = NOW + 30 * STEP


def scheduled(cast: Cast, kind: str = "reference", **fields: Any) -> Edition:
    """Return an approved edition that the publisher scheduled for TIME."""
    return put_on(cast, approved(cast, kind, **fields))


def put_on(cast: Cast, edition: Edition, *, by: User | None = None, **window: Any) -> Edition:
    """Schedule an approved edition for TIME, as the publisher unless told otherwise, and return it as it is then."""
    chosen = actions.Window(**{"publish_at": TIME, **window})
    actions.schedule(edition, chosen, by=by or cast.publisher, at=SET_AT, seen=edition.text.digest)
    return fresh(edition)


def results(outcomes: list[Outcome]) -> list[Result]:
    """Return what came of each."""
    return [outcome.result for outcome in outcomes]


def close_account(cast: Cast, edition: Edition) -> None:
    cast.publisher.is_active = False
    cast.publisher.save()


def take_role(cast: Cast, edition: Edition) -> None:
    cast.publisher.groups.clear()


def take_source_down(cast: Cast, edition: Edition) -> None:
    source = Document.objects.get(kind="reference")
    reason = "It was made up."
    live = source.live_edition
    assert live is not None
    seen = live.text.digest
    actions.propose(live, actions.Retirement("unpublish", reason), by=cast.everything, at=SET_AT + STEP, seen=seen)
    actions.unpublish(live, by=cast.publisher, at=SET_AT + 2 * STEP, seen=seen, reason=reason)


def leave_until_it_is_too_late(cast: Cast, edition: Edition) -> None:
    Edition.objects.filter(pk=edition.pk).update(publish_until=TIME - timedelta(minutes=1))


def find_a_fault(cast: Cast, edition: Edition) -> None:
    words = actions.Words("The dose is wrong.", must_fix=True)
    actions.comment(edition, words, by=cast.reviewer, at=SET_AT + STEP, seen=edition.text.digest)


FAULTS: dict[Callable[[Cast, Edition], None], str] = {
    close_account: "The account of Test publisher, who scheduled it, has been closed.",
    take_role: "Test publisher, who scheduled it, is no publisher any more.",
    leave_until_it_is_too_late: "It was not to go live after 3 March 2026, 04:59 UTC, and it was that late already.",
    find_a_fault: "“The dose is wrong.” (Test reviewer) must be fixed: resolve it first.",
}
