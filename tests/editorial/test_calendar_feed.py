"""The calendar of a person: what is in it, for whom, and at which address."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from alstrom_site.accounts.models import User
from alstrom_site.editorial.actions.personal import new_calendar_address
from alstrom_site.editorial.calendar_feed import calendar_of
from alstrom_site.editorial.models import CalendarAddress, Edition, ReviewRequest
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, in_review, next_edition, published
from tests.editorial.admin.desk_visits import signed_in

pytestmark = pytest.mark.django_db


def entries(person: User) -> dict[str, Any]:
    """Read the calendar as a program does: the start of every entry by its summary."""
    calendar = Calendar.from_ical(calendar_of(person, at=NOW))
    return {str(entry["summary"]): entry.start for entry in calendar.events}


def asked(cast: Cast, reviewer: User) -> ReviewRequest:
    """Ask a reviewer for a verdict within ten days."""
    edition = in_review(cast, key="asked2002")
    return ReviewRequest.objects.create(
        edition=edition,
        round=edition.round,
        reviewer=reviewer,
        asked_by=cast.editor,
        asked_at=NOW,
        due_on=NOW.date() + timedelta(days=10),
    )


def test_it_holds_what_the_person_must_look_at_and_nobody_elses(cast: Cast) -> None:
    live = published(cast)
    request = asked(cast, cast.reviewer)

    assert entries(cast.editor) == {f"Due for review: {live.document.title}": live.document.review_due_on}
    assert entries(cast.reviewer) == {f"Review wanted: {request.edition.document.title}": request.due_on}
    assert entries(cast.second_reviewer) == {}


def test_publishers_see_everything_that_goes_live_by_itself(cast: Cast) -> None:
    edition = approved(cast)
    Edition.objects.filter(pk=edition.pk).update(
        status="scheduled", publish_at=NOW + 9 * STEP, scheduled_by=cast.publisher
    )

    assert entries(cast.publisher) == {f"Goes live: {edition.document.title}": NOW + 9 * STEP}
    assert entries(cast.editor) == entries(cast.publisher)
    assert entries(cast.second_editor) == {}
    Edition.objects.filter(pk=edition.pk).update(status="approved", publish_at=None, scheduled_by=None)


def test_a_due_date_names_the_text_as_readers_know_it_beside_a_draft_that_renames_it(cast: Cast) -> None:
    live = published(cast, "term", term="An old name")
    draft = next_edition(cast, live.document, term="A new name", at=NOW + 5 * STEP)

    assert draft.document.title == "A new name"
    assert list(entries(cast.editor)) == ["Due for review: An old name"]


def test_a_title_on_several_lines_cannot_add_an_entry_of_its_own(cast: Cast) -> None:
    published(cast, "term", term="One\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Two")

    assert list(entries(cast.editor)) == ["Due for review: One END:VEVENT BEGIN:VEVENT SUMMARY:Two"]


def test_the_private_address_gives_the_calendar_without_a_cookie(cast: Cast) -> None:
    published(cast)
    secret = new_calendar_address(cast.editor, at=NOW)

    response = Client().get(reverse("calendar-feed", args=[secret]))

    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert b"BEGIN:VCALENDAR" in response.content


def test_only_the_digest_of_the_secret_is_kept(cast: Cast) -> None:
    secret = new_calendar_address(cast.editor, at=NOW)

    kept = CalendarAddress.objects.get(person=cast.editor)

    assert secret not in (kept.secret_digest, str(kept))
    assert Client().get(reverse("calendar-feed", args=[kept.secret_digest])).status_code == 404


def test_a_new_address_ends_the_old_one(cast: Cast) -> None:
    old = new_calendar_address(cast.editor, at=NOW)
    new = new_calendar_address(cast.editor, at=NOW)

    answers = [Client().get(reverse("calendar-feed", args=[secret])).status_code for secret in (old, new)]

    assert answers == [404, 200]


def test_the_address_of_somebody_who_left_gives_nothing(cast: Cast) -> None:
    secret = new_calendar_address(cast.editor, at=NOW)
    User.objects.filter(pk=cast.editor.pk).update(is_active=False)

    assert Client().get(reverse("calendar-feed", args=[secret])).status_code == 404


def test_the_address_of_somebody_who_lost_every_role_gives_nothing(cast: Cast) -> None:
    secret = new_calendar_address(cast.editor, at=NOW)
    cast.editor.groups.clear()

    assert Client().get(reverse("calendar-feed", args=[secret])).status_code == 404


def test_ten_times_as_much_takes_no_more_queries(cast: Cast) -> None:
    published(cast, key="one2001")
    person = User.objects.get(pk=cast.editor.pk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            calendar_of(User.objects.get(pk=person.pk), at=NOW)
        return len(seen)

    few = queries()
    for number in range(5):
        published(cast, key=f"more200{number}")

    assert queries() == few


def test_a_person_makes_an_address_at_the_desk_and_sees_it_once(cast: Cast) -> None:
    client = signed_in(cast.reviewer)
    page = reverse("admin:editorial-calendar-address")

    made = client.post(page)

    assert "no-store" in made["Cache-Control"]
    assert "/calendar/" in made.content.decode()
    assert ".ics" not in client.get(page).content.decode()


def test_a_person_takes_the_address_away(cast: Cast) -> None:
    secret = new_calendar_address(cast.reviewer, at=NOW)

    signed_in(cast.reviewer).post(reverse("admin:editorial-calendar-address"), {"drop": "yes"})

    assert Client().get(reverse("calendar-feed", args=[secret])).status_code == 404
