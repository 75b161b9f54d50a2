"""Scheduling at the desk: the form, what it refuses and gives back, the calendar, and the way out of a failure."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.offers import offers_on
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import Status
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, fresh, in_review
from tests.editorial.actions.scheduled import LATE, find_a_fault, put_on, scheduled, take_source_down
from tests.editorial.admin.desk_visits import seen_form, signed_in, take

pytestmark = pytest.mark.django_db
FAR = {"publish_on": "2999-03-04", "publish_time": "09:30"}


def send(person: User, edition: Edition, **fields: Any) -> Any:
    """Send the form of a schedule and return the answer."""
    return signed_in(person).post(document_url(edition.document, "schedule"), seen_form(edition, **{**FAR, **fields}))


def page(person: User, edition: Edition, name: str = "standing") -> str:
    """Return a page of the document as this person sees it."""
    return signed_in(person).get(document_url(edition.document, name)).content.decode()


def test_a_publisher_schedules_an_approved_text_and_sees_when_it_goes_live(cast: Cast) -> None:
    edition = approved(cast)

    answer = send(cast.publisher, edition, until_on="2999-03-05", until_time="10:00")

    assert answer.status_code == 302
    edition = fresh(edition)
    assert edition.state is Status.SCHEDULED
    assert (str(edition.publish_at), str(edition.publish_until)) == (
        "2999-03-04 09:30:00+00:00",
        "2999-03-05 10:00:00+00:00",
    )
    shown = " ".join(page(cast.publisher, edition).split())
    assert '4 March 2999,</span> <span class="nowrap">09:30 <span class="zone">UTC' in shown
    assert "Change the time" in shown
    assert '<button type="submit" class="button">Change the time</button>' in page(cast.publisher, edition, "schedule")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"publish_on": "2001-01-01"}, "This time has passed already. Choose a later one, or publish now."),
        ({"publish_on": ""}, "Give the day, such as 2026-01-31."),
        ({"publish_time": "noon"}, "Give the time, such as 09:30."),
        ({"until_on": "2999-05-01"}, "Give both the day and the time after which it must not go live, or neither."),
        ({"until_on": "2999-01-01", "until_time": "09:00"}, "The last moment must come after the time of publication."),
    ],
)
def test_times_that_cannot_be_are_refused_in_a_sentence_and_stay_in_the_fields(
    fields: dict[str, str], sentence: str, cast: Cast
) -> None:
    edition = approved(cast)

    answer = send(cast.publisher, edition, **fields)

    shown = answer.content.decode()
    assert sentence in shown
    for name, value in {**FAR, **fields}.items():
        assert f'name="{name}" value="{value}"' in shown
    assert fresh(edition).state is Status.APPROVED


def test_what_missed_the_last_moment_that_was_set_at_the_desk_does_not_go_live(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = approved(cast)
    send(cast.publisher, edition, until_on="2999-03-05", until_time="10:00")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2999, 3, 5, 10, 1, tzinfo=UTC))

    with pytest.raises(CommandError, match="It was not to go live after 5 March 2999, 10:00 UTC"):
        call_command("publish_due")

    edition = fresh(edition)
    assert (edition.state, edition.document.live_edition) == (Status.FAILED_TO_PUBLISH, None)


def test_pressing_the_button_twice_schedules_once(cast: Cast) -> None:
    edition = approved(cast)

    for _ in range(2):
        assert send(cast.publisher, edition).status_code == 302

    assert edition.events.filter(verb="schedule").count() == 1


def test_a_schedule_of_a_text_that_was_not_on_the_screen_is_refused(cast: Cast) -> None:
    edition = approved(cast)

    answer = send(cast.publisher, edition, seen="0" * 64)

    assert answer.status_code == 409
    assert "Nothing was written" in answer.content.decode()
    assert fresh(edition).state is Status.APPROVED


@pytest.mark.parametrize("who", ["editor", "reviewer", "administrator"])
def test_who_may_not_publish_is_told_so_and_offered_no_form(who: str, cast: Cast) -> None:
    edition = approved(cast)
    person = getattr(cast, who)

    assert 'name="publish_on"' not in page(person, edition, "schedule")
    assert send(person, edition).status_code == 403
    assert fresh(edition).state is Status.APPROVED


def test_a_text_that_is_not_approved_cannot_be_scheduled(cast: Cast) -> None:
    edition = in_review(cast)

    assert send(cast.publisher, edition).status_code == 409
    assert fresh(edition).state is Status.IN_REVIEW


def test_a_schedule_is_cancelled_from_the_page_of_the_document(cast: Cast) -> None:
    edition = scheduled(cast)

    assert take(cast.publisher, edition, "cancel-schedule").status_code == 302

    assert fresh(edition).state is Status.APPROVED


def test_a_failure_is_shown_first_with_its_reason_and_a_button_that_tries_again(cast: Cast) -> None:
    edition = scheduled(cast)
    find_a_fault(cast, edition)
    with pytest.raises(CommandError):
        call_command("publish_due")

    shown = page(cast.publisher, edition)
    assert "“The dose is wrong.” (Test reviewer) must be fixed: resolve it first." in shown
    assert shown.index("must be fixed: resolve it first.") < shown.index("What you can do now")
    actions.resolve(edition.comments.get(), by=cast.reviewer, at=NOW + 20 * STEP)
    assert take(cast.publisher, edition, "publish").status_code == 302
    assert fresh(edition).state is Status.PUBLISHED


def test_a_text_whose_time_has_passed_says_that_the_worker_is_wanted(cast: Cast) -> None:
    assert "Its time has passed." in page(cast.publisher, scheduled(cast))


def calendar(person: User, month: str = "") -> str:
    """Return the calendar, of this month unless another is named."""
    return signed_in(person).get(reverse("admin:editorial-schedule"), {"month": month}).content.decode()


def test_the_calendar_shows_each_text_on_its_day_with_its_zone(cast: Cast) -> None:
    edition = scheduled(cast)

    shown = " ".join(calendar(cast.editor, "2026-03").split())

    assert "Scheduled in March 2026" in shown
    assert shown.count(edition.document.title) == 2
    assert "All times are in UTC." in shown
    assert '<time datetime="2026-03-03">Tuesday 3 March</time>' in shown
    assert edition.document.title not in calendar(cast.editor, "2026-04")
    assert "Nothing is scheduled in April 2026." in calendar(cast.editor, "2026-04")


@pytest.mark.parametrize("month", ["", "2026-13", "2026-1", "0000-01", "9999-12", "2026-03-01", "März", "²" * 7])
def test_a_month_that_is_none_leads_to_the_one_that_runs(month: str, cast: Cast) -> None:
    assert f"Scheduled in {timezone.now():%B %Y}" in calendar(cast.editor, month)


def test_another_time_is_offered_for_a_text_that_failed_as_soon_as_nothing_else_is_missing(cast: Cast) -> None:
    edition = scheduled(cast)
    find_a_fault(cast, edition)
    actions.publish_due(NOW + 20 * STEP)

    before = page(cast.publisher, edition)
    actions.resolve(edition.comments.get(), by=cast.reviewer, at=NOW + 21 * STEP)
    after = page(cast.publisher, edition)

    notice = before[before.index("failed to go live") : before.index("Readers see what they saw before.")]
    assert (
        notice.count('“The dose is wrong.” (Test reviewer) must be fixed: resolve it first. <a href="#comments">') == 1
    )
    assert ("choose another time</a>" in before, "choose another time</a>" in after) == (False, True)


def test_what_was_not_to_go_live_any_more_is_given_another_time_before_anybody_publishes_it(cast: Cast) -> None:
    edition = put_on(cast, approved(cast), until=LATE)
    find_a_fault(cast, edition)
    actions.publish_due(NOW + 20 * STEP)
    actions.resolve(edition.comments.get(), by=cast.reviewer, at=NOW + 21 * STEP)
    failed = fresh(edition)

    first = [[each.label for each in offers_on(failed, cast.publisher, at)[0] if each.is_next] for at in (NOW, LATE)]
    html = page(cast.publisher, failed)

    assert first == [["Publish"], ["Choose another time"]]
    assert f"It was not to go live after {LATE:%-d %B %Y, %H:%M} UTC. Publish it only if" in html
    assert "Back to approved" in html
    assert "Cancel the schedule" not in html


def test_a_text_whose_source_is_not_live_any_more_leads_to_the_page_of_that_source(cast: Cast) -> None:
    edition = scheduled(cast, "article")
    take_source_down(cast, edition)
    actions.publish_due(NOW + 20 * STEP)

    shown = page(cast.publisher, edition)

    source = document_url(Document.objects.get(kind="reference"))
    assert f'“sample2001” is not live yet. Publish it first. <a href="{source}">Go to its page' in shown


def test_the_calendar_names_what_failed_and_why(cast: Cast) -> None:
    edition = scheduled(cast)
    find_a_fault(cast, edition)
    actions.publish_due(NOW + 20 * STEP)

    shown = calendar(cast.publisher)

    assert "Failed to go live" in shown
    assert "“The dose is wrong.”" in shown


def test_the_calendar_takes_as_many_queries_for_many_texts_as_for_few(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.publisher)
    scheduled(cast)
    few = _queries(client, django_assert_max_num_queries)
    for number in range(2, 7):
        put_on(cast, approved(cast, key=f"sample200{number}"), publish_at=NOW + 20 * STEP + timedelta(days=number))

    assert _queries(client, django_assert_max_num_queries) == few


def _queries(client: Client, limit: Any) -> int:
    with limit(20) as seen:
        client.get(reverse("admin:editorial-schedule"), {"month": "2026-03"})
    return len(seen)
