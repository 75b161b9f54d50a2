"""A schedule pins one approved text, is checked again when it fires, and never loses what it could not publish."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from alstrom_site.editorial import actions
from alstrom_site.editorial.actions.scheduling import Result
from alstrom_site.editorial.models import Edition, PublishedPage
from alstrom_site.editorial.workflow import NotPermitted, NotReady, OutOfDate, Status
from tests.cast import Cast
from tests.documents import STEP, approved, changes_requested, fresh, made_live
from tests.editorial.actions.scheduled import LATE, SET_AT, TIME, put_on, results, scheduled
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db


def test_a_scheduled_text_goes_live_at_its_time_in_the_name_of_who_scheduled_it(cast: Cast) -> None:
    edition = scheduled(cast)

    assert actions.publish_due(TIME - timedelta(seconds=1)) == []
    assert results(actions.publish_due(TIME)) == [Result.PUBLISHED]

    edition = fresh(edition)
    assert (edition.state, edition.published_by, edition.published_at) == (Status.PUBLISHED, cast.publisher, TIME)
    assert (edition.publish_at, edition.scheduled_by) == (None, None)
    assert PublishedPage.objects.filter(document=edition.document).exists()


def test_the_record_names_the_text_that_was_scheduled_and_the_times(cast: Cast) -> None:
    edition = put_on(cast, approved(cast), until=LATE)

    event = edition.events.get(verb="schedule")

    assert event.revision_digest == edition.text.digest
    assert event.fields == {"publish_at": "2026-03-03T05:00:00+00:00", "until": "2026-03-03T15:00:00+00:00"}


def test_a_run_that_takes_long_publishes_each_text_at_its_own_moment_and_none_too_late(cast: Cast) -> None:
    first, second, third = (put_on(cast, approved(cast, key=f"sample200{number}"), until=LATE) for number in (1, 2, 3))
    moments = iter([TIME, TIME + STEP, LATE + STEP])

    outcomes = actions.publish_due(TIME, clock=lambda: next(moments))

    assert results(outcomes) == [Result.PUBLISHED, Result.PUBLISHED, Result.FAILED]
    assert [fresh(each).published_at for each in (first, second, third)] == [TIME, TIME + STEP, None]


def test_a_second_run_does_nothing(cast: Cast) -> None:
    edition = scheduled(cast)
    actions.publish_due(TIME)
    events = edition.events.count()

    assert actions.publish_due(LATE) == []
    assert edition.events.count() == events


def test_a_run_that_comes_late_publishes_what_was_due(cast: Cast) -> None:
    edition = scheduled(cast)

    assert results(actions.publish_due(LATE)) == [Result.PUBLISHED]
    assert fresh(edition).published_at == LATE


@pytest.mark.parametrize(
    ("window", "sentence"),
    [
        ({"publish_at": SET_AT}, "This time has passed already. Choose a later one, or publish now."),
        ({"publish_at": SET_AT - STEP}, "This time has passed already. Choose a later one, or publish now."),
        ({"until": TIME}, "The last moment must come after the time of publication. Choose a later one, or leave it"),
    ],
)
def test_a_window_that_is_none_is_refused_with_what_to_do(window: dict[str, Any], sentence: str, cast: Cast) -> None:
    edition = approved(cast)

    with pytest.raises(NotReady) as refused:
        put_on(cast, edition, **window)

    assert str(refused.value).startswith(sentence)
    assert fresh(edition).state is Status.APPROVED


def test_a_schedule_is_taken_by_who_could_publish_and_from_the_text_that_was_seen(cast: Cast) -> None:
    edition = approved(cast)
    window = actions.Window(TIME)

    with pytest.raises(NotPermitted):
        actions.schedule(edition, window, by=cast.editor, at=SET_AT, seen=edition.text.digest)
    with pytest.raises(OutOfDate):
        actions.schedule(edition, window, by=cast.publisher, at=SET_AT, seen="0" * 64)

    assert fresh(edition).state is Status.APPROVED


def test_another_time_takes_the_place_of_the_first(cast: Cast) -> None:
    edition = put_on(cast, scheduled(cast), publish_at=LATE)

    assert actions.publish_due(TIME) == []
    assert results(actions.publish_due(LATE)) == [Result.PUBLISHED]
    assert fresh(edition).state is Status.PUBLISHED


def test_a_cancelled_schedule_fires_no_more_and_the_text_stays_approved(cast: Cast) -> None:
    edition = scheduled(cast)

    actions.cancel_schedule(edition, by=cast.publisher, at=SET_AT + STEP, seen=edition.text.digest)

    assert actions.publish_due(LATE) == []
    edition = fresh(edition)
    assert (edition.state, edition.publish_at, edition.scheduled_by) == (Status.APPROVED, None, None)


def request_changes(cast: Cast, edition: Edition) -> None:
    changes_requested(cast.second_reviewer, edition, at=SET_AT + STEP)


def take_back(cast: Cast, edition: Edition) -> None:
    content, seen = {**edition.text.fields, "title": "Another"}, edition.text.digest
    actions.save(edition, content, by=cast.editor, at=SET_AT + STEP, seen=seen, take_back=True)


def discard(cast: Cast, edition: Edition) -> None:
    seen = edition.text.digest
    actions.discard(edition, by=cast.editor, at=SET_AT + STEP, seen=seen, comment="Not needed.")


@pytest.mark.parametrize("leave", [request_changes, take_back, discard], ids=lambda leave: leave.__name__)
def test_a_text_whose_approval_was_undone_loses_its_schedule_at_once(
    leave: Callable[[Cast, Edition], None], cast: Cast
) -> None:
    edition = scheduled(cast)

    leave(cast, edition)

    out = StringIO()
    call_command("publish_due", stdout=out)
    assert out.getvalue() == ""
    edition = fresh(edition)
    assert (edition.publish_at, edition.publish_until, edition.scheduled_by) == (None, None, None)
    assert edition.document.live_edition is None


@pytest.mark.parametrize("act", ["schedule", "cancel", "publish"])
def test_a_step_whose_last_write_fails_has_not_happened(act: str, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = approved(cast) if act == "schedule" else scheduled(cast)
    state, events = edition.state, edition.events.count()
    forget_mails()

    def break_off(*_: Any, **__: Any) -> None:
        raise ConnectionResetError("The power is gone.")

    last = (
        "alstrom_site.editorial.projection.refresh"
        if act == "publish"
        else "alstrom_site.editorial.notifications.after"
    )
    monkeypatch.setattr(last, break_off)
    acts: dict[str, Callable[[], object]] = {
        "schedule": lambda: put_on(cast, edition),
        "cancel": lambda: actions.cancel_schedule(edition, by=cast.publisher, at=SET_AT, seen=edition.text.digest),
        "publish": lambda: made_live(cast, edition, at=SET_AT),
    }

    with pytest.raises(ConnectionResetError):
        acts[act]()

    assert (fresh(edition).state, edition.events.count(), queued_mails()) == (state, events, [])
