"""Jobs live and die with the transaction that asked for them, and the worker runs each of them."""

import contextlib
from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMessage
from django.db import connection, transaction
from procrastinate.contrib.django import app

from alstrom_site.editorial import actions, deferring, projection
from alstrom_site.editorial.kinds import LiveDocument, Page, compose
from alstrom_site.editorial.models import PublishedPage
from references.jobs import CHECK_LINKS
from tests.cast import NOW, Cast, make_cast
from tests.documents import STEP, draft, next_edition, published, signed, submitted
from tests.outbox import queued, queued_mails
from tests.working import work

TASKS = {
    deferring.REFRESH_STALE_PAGES,
    deferring.SEND_MAIL,
    deferring.PUBLISH_DUE,
    deferring.SEND_REMINDERS,
    deferring.SEND_DIGESTS,
    deferring.TAKE_UP_AGAIN,
    CHECK_LINKS,
}


def test_every_job_that_can_be_queued_has_its_task() -> None:
    assert {name for name in app.tasks if not name.startswith(("builtin", "procrastinate"))} == TASKS


class Stop(Exception):
    """Ends a transaction."""


@pytest.mark.django_db
def test_a_job_is_gone_with_the_transaction_that_queued_it(cast: Cast) -> None:
    edition = draft(cast)

    with contextlib.suppress(Stop), transaction.atomic():
        actions.submit(edition, by=cast.editor, at=NOW + STEP, seen=edition.text.digest)
        assert queued_mails()
        raise Stop

    assert queued_mails() == []


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_the_pages_anew_that_show_what_was_published(mailoutbox: list[EmailMessage]) -> None:
    cast = make_cast()
    article = published(cast, "article")
    source = article.document.__class__.objects.get(kind="reference")
    later = submitted(cast, next_edition(cast, source, at=NOW + 9 * STEP, title="Another title"), at=NOW + 10 * STEP)
    approved = signed(cast, later, at=NOW + 11 * STEP)
    actions.publish(approved, by=cast.publisher, at=NOW + 12 * STEP, seen=approved.text.digest)
    page = PublishedPage.objects.get(document=article.document)
    assert page.is_stale
    assert b"Another title" not in bytes(page.body)

    work()

    page.refresh_from_db()
    assert not page.is_stale
    assert b"Another title" in bytes(page.body)
    assert queued(deferring.REFRESH_STALE_PAGES) == queued_mails() == []
    assert {to for mail in mailoutbox for to in mail.to} >= {"editor@test.invalid", "reviewer@test.invalid"}


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_the_server_refuses_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    edition = draft(cast)
    actions.hand_over(edition.document, to=cast.second_editor, by=cast.editor, at=NOW + STEP)

    def refuse(*_: object) -> None:
        raise OSError("The mail server is away.")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    work()

    with connection.cursor() as cursor:
        # A full minute brings jobs of its own.
        mails = "SELECT status, attempts, scheduled_at FROM procrastinate_jobs WHERE task_name = %s"
        cursor.execute(mails, [deferring.SEND_MAIL])
        ((status, attempts, again_at),) = cursor.fetchall()
    assert (status, attempts) == ("todo", 1)
    assert again_at > datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_left_half_done_is_queued_again(mailoutbox: list[EmailMessage]) -> None:
    cast = make_cast()
    actions.hand_over(draft(cast).document, to=cast.second_editor, by=cast.editor, at=NOW + STEP)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
            " RETURNING id) UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead)"
        )
    app.configure_task(deferring.TAKE_UP_AGAIN).defer(timestamp=0)

    work()
    # A worker that finds nothing to do may end before that job has queued the other one again.
    work()

    assert [mail.to for mail in mailoutbox] == [["second_editor@test.invalid"]]


@pytest.mark.django_db(transaction=True)
def test_two_killed_runs_of_one_job_keep_no_other_from_being_taken_up() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        (dead,) = cursor.fetchone()
        for task in (deferring.PUBLISH_DUE, deferring.PUBLISH_DUE, deferring.SEND_REMINDERS):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (task_name, queue_name, queueing_lock, args, status, worker_id)"
                " VALUES (%s, 'default', %s, %s, 'doing', %s)",
                [task, task, '{"timestamp": 0}', dead],
            )
    app.configure_task(deferring.TAKE_UP_AGAIN).defer(timestamp=0)

    work()

    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs ORDER BY id LIMIT 3")
        assert [status for (status,) in cursor.fetchall()].count("doing") == 0


@pytest.mark.django_db
def test_one_page_that_cannot_be_made_keeps_no_other_from_being_made(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = published(cast, "term", slug="first"), published(cast, "term", slug="second")
    PublishedPage.objects.update(is_stale=True)

    def fail_once(live: LiveDocument) -> Page:
        if live.document == first.document:
            raise RuntimeError("This page cannot be made.")
        return compose(live)

    monkeypatch.setattr(projection, "compose", fail_once)

    with pytest.raises(projection.PagesNotMade, match="/first/"):
        projection.refresh_stale()

    stale = PublishedPage.objects.filter(is_stale=True)
    assert [page.document for page in stale] == [first.document]
    assert not PublishedPage.objects.get(document=second.document).is_stale
