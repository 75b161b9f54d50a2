"""What the database keeps from going live: tried again soon when it says nothing of the text, else told to people."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError, connection
from psycopg import errors

from alstrom_site.editorial import actions, notifications, projection
from alstrom_site.editorial.actions.scheduling import Result
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import Status
from tests.cast import Cast, make_cast
from tests.documents import fresh
from tests.editorial.actions.scheduled import TIME, results, scheduled
from tests.outbox import forget_mails, queued_mails

SHORTLY = TIME + timedelta(minutes=1)
TOO_LATE = TIME + timedelta(minutes=61)
BUSY = "Somebody else is at work on this just now. Nothing was written. Try again in a moment."
AWAY = "The database was busy or away."


def trouble_with(edition: Edition, trouble: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have something happen in the middle of the publication of this text, and of no other."""
    refresh = projection.refresh

    def refresh_unless(document: Document, *, at_once: bool) -> None:
        if document.pk == edition.document_id:
            trouble()
        refresh(document, at_once=at_once)

    monkeypatch.setattr(projection, "refresh", refresh_unless)


def breaking_off(cause: Exception, wrapper: type[Exception] = OperationalError) -> Callable[[], None]:
    """Return what raises such an error as Django does."""

    def break_off() -> None:
        raise wrapper("It broke off.") from cause

    return break_off


PASSING: dict[str, tuple[Callable[[], None], str]] = {
    "a lock": (breaking_off(errors.LockNotAvailable()), BUSY),
    "a deadlock": (breaking_off(errors.DeadlockDetected()), BUSY),
    "a server that ends": (breaking_off(errors.AdminShutdown()), AWAY),
    "too many connections": (breaking_off(errors.TooManyConnections()), AWAY),
    "a broken connection": (breaking_off(errors.ConnectionFailure()), AWAY),
    "a connection that is gone": (breaking_off(psycopg.OperationalError()), AWAY),
    "a closed connection": (breaking_off(psycopg.InterfaceError(), InterfaceError), AWAY),
}
LASTING: dict[str, tuple[Callable[[], None], str]] = {
    "too long a query": (breaking_off(errors.QueryCanceled()), "The database took longer over it than it may."),
    "a full disk": (breaking_off(errors.DiskFull()), "The disk of the database is full."),
    "too little memory": (breaking_off(errors.OutOfMemory()), "The database has too little memory for it."),
}


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", PASSING)
def test_what_says_nothing_of_the_text_is_tried_again_at_the_next_run(
    trouble: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _first, troubled, _last = (scheduled(cast, key=f"sample200{number}") for number in (1, 2, 3))
    with monkeypatch.context() as patch:
        trouble_with(troubled, PASSING[trouble][0], patch)
        forget_mails()
        outcomes = actions.publish_due(TIME)

    assert results(outcomes) == [Result.PUBLISHED, Result.LEFT, Result.PUBLISHED]
    assert (outcomes[1].reason, fresh(troubled).state) == (PASSING[trouble][1], Status.SCHEDULED)
    assert not any(mail.subject.startswith("Failed") for mail in queued_mails())
    assert results(actions.publish_due(SHORTLY)) == [Result.PUBLISHED]


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", LASTING)
def test_what_would_come_again_is_a_failure_with_a_mail(
    trouble: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubled, _last = (scheduled(cast, key=f"sample200{number}") for number in (1, 2))
    trouble_with(troubled, LASTING[trouble][0], monkeypatch)
    forget_mails()

    outcomes = actions.publish_due(TIME)

    assert results(outcomes) == [Result.FAILED, Result.PUBLISHED]
    troubled = fresh(troubled)
    assert (troubled.state, troubled.failure) == (Status.FAILED_TO_PUBLISH, LASTING[trouble][1])
    assert (troubled.publish_at, troubled.scheduled_by) == (TIME, cast.publisher)
    told = {mail.to for mail in queued_mails() if LASTING[trouble][1] in mail.text}
    assert told >= {"publisher", "editor"}


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", ["a lock", "a connection that is gone"])
def test_nobody_waits_for_ever_to_be_told_of_what_is_tried_again(
    trouble: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = scheduled(cast)
    trouble_with(edition, PASSING[trouble][0], monkeypatch)
    forget_mails()

    (outcome,) = actions.publish_due(TOO_LATE)

    assert outcome.result is Result.FAILED
    assert fresh(edition).failure == f"{PASSING[trouble][1]} It was tried until 3 March 2026, 06:01 UTC."
    assert "publisher" in {mail.to for mail in queued_mails()}


@pytest.mark.django_db
def test_a_failure_of_which_nobody_can_be_told_stops_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    troubled, _last = (scheduled(cast, key=f"sample200{number}") for number in (1, 2))
    trouble_with(troubled, LASTING["a full disk"][0], monkeypatch)
    after = notifications.after

    def cannot_tell(event: Any) -> None:
        if event.verb == "fail to publish":
            raise RuntimeError("This mail cannot be written.")
        after(event)

    monkeypatch.setattr(notifications, "after", cannot_tell)

    assert results(actions.publish_due(TIME)) == [Result.LEFT, Result.PUBLISHED]
    assert fresh(troubled).state is Status.SCHEDULED


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_cut_costs_one_run_of_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    troubled, _last = (scheduled(cast, key=f"sample200{number}") for number in (1, 2))

    def cut() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with monkeypatch.context() as patch:
        trouble_with(troubled, cut, patch)
        assert results(actions.publish_due(TIME)) == [Result.LEFT, Result.PUBLISHED]

    assert results(actions.publish_due(SHORTLY)) == [Result.PUBLISHED]


@pytest.mark.django_db
def test_a_query_that_takes_too_long_is_a_failure(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = scheduled(cast)

    def dawdle() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(1)")

    trouble_with(edition, dawdle, monkeypatch)

    (outcome,) = actions.publish_due(TIME)

    assert (outcome.result, outcome.reason) == (Result.FAILED, "The database took longer over it than it may.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("troubles", "code"),
    [
        (["a lock"], 75),
        (["a full disk"], 1),
        (["a lock", "a full disk"], 1),
    ],
)
def test_the_command_says_by_its_exit_code_whether_the_next_run_may_do_it(
    troubles: list[str], code: int, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, trouble in enumerate(troubles, start=1):
        edition = scheduled(cast, key=f"sample200{number}")
        trouble_with(edition, {**PASSING, **LASTING}[trouble][0], monkeypatch)
    monkeypatch.setattr("django.utils.timezone.now", lambda: TIME)
    out = StringIO()

    with pytest.raises(CommandError) as told:
        call_command("publish_due", stdout=out)

    assert told.value.returncode == code
    assert ("left for the next run" in str(told.value)) == ("a lock" in troubles)
    assert out.getvalue().count("\n") == len(troubles)
