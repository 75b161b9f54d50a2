"""What is due is published if everything still holds, each text alone; what does not go live is not lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.actions.scheduling import Result
from alstrom_site.editorial.kinds import compose
from alstrom_site.editorial.models import Edition, PublishedPage
from alstrom_site.editorial.workflow import Status
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, fresh, made_live, next_edition, published, signed
from tests.editorial.actions.scheduled import (
    FAULTS,
    LATE,
    TIME,
    find_a_fault,
    leave_until_it_is_too_late,
    put_on,
    scheduled,
    take_source_down,
)
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db


def run_with_failure(sentence: str) -> str:
    """Run the command, which is to end with 1 and this sentence, and return what it wrote."""
    out = StringIO()
    with pytest.raises(CommandError, match=re.escape(sentence)) as failed:
        call_command("publish_due", stdout=out)
    assert failed.value.returncode == 1
    return out.getvalue()


@pytest.mark.parametrize("happens", FAULTS, ids=lambda happens: happens.__name__)
def test_the_command_keeps_back_what_does_not_hold_any_more_and_publishes_all_others(
    happens: Callable[[Cast, Edition], None], cast: Cast
) -> None:
    first = put_on(cast, approved(cast, key="sample2001"), by=cast.everything)
    edition = scheduled(cast, key="sample2002")
    last = put_on(cast, approved(cast, key="sample2003"), by=cast.everything)
    happens(cast, edition)
    forget_mails()

    out = run_with_failure(f"sample2002, edition 1: failed. {FAULTS[happens]}")

    edition = fresh(edition)
    assert (edition.state, edition.failure) == (Status.FAILED_TO_PUBLISH, FAULTS[happens])
    assert edition.document.live_edition is None
    assert not PublishedPage.objects.filter(document=edition.document).exists()
    assert {"editor", "everything"} <= {mail.to for mail in queued_mails() if FAULTS[happens] in mail.text}
    for number, other in ((1, first), (3, last)):
        assert f"sample200{number}, edition 1: published.\n" in out
        assert fresh(other).state is Status.PUBLISHED


def test_an_article_whose_source_is_gone_by_then_does_not_go_live(cast: Cast) -> None:
    edition = scheduled(cast, "article")
    take_source_down(cast, edition)

    (outcome,) = actions.publish_due(TIME)

    assert outcome.result is Result.FAILED
    assert "sample2001" in fresh(edition).failure


def test_a_text_that_was_overtaken_by_an_urgent_fix_does_not_go_live(cast: Cast) -> None:
    live = published(cast)
    planned = next_edition(cast, live.document, at=NOW + 4 * STEP, title="Planned")
    planned = put_on(cast, signed(cast, submitted_major(cast, planned, NOW + 5 * STEP), at=NOW + 6 * STEP))
    urgent = actions.open_edition(live.document, by=cast.editor, at=NOW + 11 * STEP, urgent=True)
    saved = actions.save(
        urgent, {**urgent.text.fields, "title": "Urgent"}, by=cast.editor, at=NOW + 12 * STEP, seen=urgent.text.digest
    ).edition
    made_live(
        cast,
        signed(cast, submitted_major(cast, saved, NOW + 13 * STEP), at=NOW + 14 * STEP),
        at=NOW + 15 * STEP,
    )

    (outcome,) = actions.publish_due(TIME)

    assert outcome.reason == "Another text went live since this one was begun. Bring this one up to date first."
    assert PublishedPage.objects.get(document=live.document).title == "Urgent"


def submitted_major(cast: Cast, edition: Edition, at: Any) -> Edition:
    """Submit a next edition, whose change is a major one."""
    actions.submit(edition, by=cast.editor, at=at, seen=edition.text.digest, change="major", note="It changed.")
    return fresh(edition)


def test_who_scheduled_it_is_mailed_about_the_failure_too(cast: Cast) -> None:
    edition = scheduled(cast)
    find_a_fault(cast, edition)
    forget_mails()

    actions.publish_due(TIME)

    assert "publisher" in {mail.to for mail in queued_mails()}


def test_one_that_fails_in_an_unexpected_way_stops_and_loses_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, broken, last = (scheduled(cast, key=f"sample200{number}") for number in (1, 2, 3))

    def fail_once(live: Any) -> Any:
        if live.document == broken.document:
            raise ZeroDivisionError("Nobody expected this.")
        return compose(live)

    monkeypatch.setattr(projection, "compose", fail_once)

    sentence = "Something went wrong that nobody expected (ZeroDivisionError). The log of the site says more."
    run_with_failure(f"sample2002, edition 1: failed. {sentence}")

    assert [fresh(each).state for each in (first, last)] == [Status.PUBLISHED] * 2
    broken = fresh(broken)
    assert broken.state is Status.FAILED_TO_PUBLISH
    assert broken.failure == sentence
    assert broken.publish_at == TIME
    assert "Nobody expected this." in caplog.text


def test_a_text_that_failed_can_be_published_again_rescheduled_or_taken_off(cast: Cast) -> None:
    published_again, rescheduled, taken_off = (scheduled(cast, key=f"sample200{number}") for number in (1, 2, 3))
    for each in (published_again, rescheduled, taken_off):
        leave_until_it_is_too_late(cast, each)
    actions.publish_due(TIME)

    made_live(cast, fresh(published_again), at=LATE)
    later = actions.Window(LATE + STEP)
    actions.schedule(rescheduled, later, by=cast.publisher, at=LATE, seen=rescheduled.text.digest)
    actions.cancel_schedule(taken_off, by=cast.publisher, at=LATE, seen=taken_off.text.digest)

    states = [fresh(each).state for each in (published_again, rescheduled, taken_off)]
    assert states == [Status.PUBLISHED, Status.SCHEDULED, Status.APPROVED]
    assert [fresh(each).failure for each in (published_again, rescheduled, taken_off)] == ["", "", ""]


def test_the_command_says_nothing_when_nothing_is_due(cast: Cast) -> None:
    put_on(cast, approved(cast), publish_at=timezone.now() + timedelta(days=2))
    out = StringIO()

    call_command("publish_due", stdout=out)

    assert out.getvalue() == ""
