"""The front page of the desk."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import edition_url, list_url
from alstrom_site.editorial.admin.dashboard import Dashboard, dashboard_for
from alstrom_site.editorial.models import Reason
from alstrom_site.editorial.workflow import WITHDRAW
from tests.cast import Cast
from tests.documents import approved, draft, fresh, in_review, next_edition, published, submitted
from tests.editorial.admin.desk_visits import signed_in

HOUR = timedelta(hours=1)
LONG_AGO = datetime(2020, 1, 6, 9, 0, tzinfo=UTC)
PEOPLE = ("editor", "reviewer", "publisher", "administrator", "everything")


def front_page(client: Client) -> Dashboard:
    """Return what the front page shows this person."""
    dashboard = client.get(reverse("admin:index")).context["dashboard"]
    assert isinstance(dashboard, Dashboard)
    return dashboard


def counted_by(dashboard: Dashboard) -> dict[str, int]:
    """Return every number that the front page shows, by the address to which it leads."""
    picture = dashboard.picture
    bars = [*picture.months, *(bar for each in picture.owners for bar in (each.late, each.coming))]
    cells = [cell for line in picture.table for cell in line.cells if cell.number]
    return {
        **{panel.url: panel.total for panel in dashboard.panels.values()},
        **{each.url: each.number for each in dashboard.counts},
        **{each.url: each.number for each in (*bars, *cells)},
    }


def some_documents(cast: Cast) -> None:
    draft(cast, "term")
    draft(cast, "faq")
    in_review(cast, key="waiting2001")
    approved(cast, key="approved2002")
    published(cast, key="live2003")
    published(cast, key="overdue2004", at=LONG_AGO)


def scheduled_failed_flagged_and_withdrawn(cast: Cast) -> None:
    now = timezone.now()
    for key, at, until in (("later2005", now + HOUR, None), ("missed2006", now - 3 * HOUR, now - 2 * HOUR)):
        edition = approved(cast, key=key, at=now - 9 * HOUR)
        window = actions.Window(at, until)
        actions.schedule(edition, window, by=cast.publisher, at=now - 4 * HOUR, seen=edition.text.digest)
    actions.publish_due(now)
    live = published(cast, key="flagged2007")
    actions.raise_flag(live.document, Reason.SOURCE, about=None, statement="A test.", by=cast.publisher, at=now)
    late = published(cast, key="withdrawn2008", at=LONG_AGO)
    wanted = actions.Retirement(WITHDRAW.verb, reason="A test.")
    actions.propose(late, wanted, by=cast.editor, at=now, seen=late.text.digest)
    actions.withdraw(late, by=cast.publisher, at=now, seen=late.text.digest, reason="A test.")


@pytest.mark.parametrize("name", PEOPLE)
def test_every_count_leads_to_a_list_of_exactly_that_many(cast: Cast, name: str) -> None:
    some_documents(cast)
    client = signed_in(getattr(cast, name))

    dashboard = front_page(client)

    for url, number in counted_by(dashboard).items():
        assert client.get(url).context["cl"].result_count == number, url


def test_what_is_scheduled_failed_or_flagged_is_counted_as_often_as_its_list_holds_it(cast: Cast) -> None:
    scheduled_failed_flagged_and_withdrawn(cast)
    client = signed_in(cast.publisher)

    dashboard = front_page(client)

    numbers = {each.label: each.number for each in dashboard.counts}
    assert {label: numbers[label] for label in ("Scheduled", "Failed", "Flagged")} == {
        "Scheduled": 1,
        "Failed": 1,
        "Flagged": 1,
    }
    for url, number in counted_by(dashboard).items():
        assert client.get(url).context["cl"].result_count == number, url


def test_what_was_withdrawn_falls_due_no_more(cast: Cast) -> None:
    scheduled_failed_flagged_and_withdrawn(cast)
    client = signed_in(cast.publisher)

    withdrawn = client.get(list_url(state="withdrawn")).context["rows"]

    assert [row.document.address for row in withdrawn] == ["withdrawn2008"]
    assert [(row.dates, row.is_late) for row in withdrawn] == [((), False)]
    assert front_page(client).picture.overdue == 0
    assert client.get(list_url(due="overdue")).context["cl"].result_count == 0


def test_what_an_urgent_fix_wants_leads_to_the_page_of_the_fix(cast: Cast) -> None:
    now = timezone.now()
    live = published(cast, at=now - 30 * HOUR)
    next_edition(cast, live.document, at=now - 20 * HOUR, volume="8")
    urgent = actions.open_edition(live.document, by=cast.editor, at=now - 9 * HOUR, urgent=True)
    content = {**urgent.text.fields, "issue": "3"}
    actions.save(urgent, content, by=cast.editor, at=now - 8 * HOUR, seen=urgent.text.digest)
    urgent = submitted(cast, fresh(urgent), at=now - 7 * HOUR)

    (row,) = front_page(signed_in(cast.reviewer)).waiting.rows

    assert row.wanted == "Review this text"
    assert row.wanted_url == edition_url(urgent, "review")
    assert f"edition={urgent.pk}" in row.wanted_url


def test_what_is_public_before_its_review_calls_at_the_top_and_in_no_panel_below(cast: Cast) -> None:
    now = timezone.now()
    waiting = in_review(cast, key="unseen2001", at=now - 3 * HOUR)
    actions.publish_in_emergency(waiting, by=cast.publisher, at=now, seen=waiting.text.digest, reason="A test.")
    in_review(cast, key="waiting2001")

    page = signed_in(cast.reviewer).get(reverse("admin:index"))

    dashboard = page.context["dashboard"]
    shown = {name: [row.document.address for row in panel.rows] for name, panel in dashboard.panels.items()}
    assert (shown["pending"], shown["waiting"], shown["flagged"]) == (["unseen2001"], ["waiting2001"], [])
    assert [dashboard.waiting.total, dashboard.waiting.above, dashboard.waiting.more] == [2, 1, 0]
    assert page.content.decode().count("Approve it afterwards") == 1


def test_what_one_works_on_stands_first_among_ones_own_and_then_what_is_due_first(cast: Cast) -> None:
    for key, at in (("later2001", timezone.now() - HOUR), ("sooner2002", LONG_AGO)):
        published(cast, key=key, at=at)
    draft(cast, key="draft2003", at=LONG_AGO)

    mine = front_page(signed_in(cast.editor)).panels["mine"]

    assert [row.document.address for row in mine.rows] == ["draft2003", "sooner2002", "later2001"]


def test_a_panel_of_days_shows_the_day_for_which_a_text_is_in_it_and_none_twice(cast: Cast) -> None:
    live = published(cast, key="live2001", at=timezone.now() - 9 * HOUR)
    edition = submitted(cast, next_edition(cast, live.document, at=timezone.now(), volume="8"), at=timezone.now())
    wanted = actions.Wanted(cast.reviewer, 1, timezone.now().date() + timedelta(days=7))
    actions.ask(edition, wanted, by=cast.publisher, at=timezone.now(), seen=edition.text.digest)

    panels = front_page(signed_in(cast.reviewer)).panels

    (soon,), (waiting,) = panels["soon"].rows, panels["waiting"].rows
    assert [soon.first_date and soon.first_date.label, waiting.date_beside_marks] == ["Review wanted by", None]


def test_months_in_which_nothing_falls_due_are_not_drawn(cast: Cast) -> None:
    published(cast, key="overdue2004", at=LONG_AGO)

    assert [bar.label for bar in front_page(signed_in(cast.editor)).picture.filled] == ["Overdue"]


def test_what_waits_for_each_role_says_which_step(cast: Cast) -> None:
    some_documents(cast)

    def wanted(person: str) -> list[tuple[str, str]]:
        waiting = dashboard_for(getattr(cast, person), at=timezone.now()).waiting
        return [(row.document.address, row.wanted) for row in waiting.rows]

    assert wanted("reviewer") == [
        ("overdue2004", "Due: see whether it still holds"),
        ("waiting2001", "Review this text"),
    ]
    assert wanted("publisher") == [("approved2002", "Publish")]
    assert wanted("editor") == [("overdue2004", "Overdue: see to its review")]


def test_only_editors_are_offered_to_begin_something(cast: Cast) -> None:
    labels = [each.label for each in front_page(signed_in(cast.editor)).beginnings]

    assert labels == ["article", "bibliography entry", "glossary term", "question"]
    assert front_page(signed_in(cast.reviewer)).beginnings == ()


def test_an_empty_desk_says_what_to_expect(cast: Cast) -> None:
    html = signed_in(cast.editor).get(reverse("admin:index")).content.decode()

    assert "Nothing waits for you." in html
    assert "Nothing is live yet." in html
    assert "Begin with one of the buttons above." in html


def test_people_are_listed_for_administrators_only(cast: Cast) -> None:
    assert front_page(signed_in(cast.administrator)).looks_after_people
    assert not front_page(signed_in(cast.publisher)).looks_after_people


def test_what_is_overdue_is_shown_and_counted(cast: Cast) -> None:
    published(cast, key="overdue2004", at=LONG_AGO)

    dashboard = front_page(signed_in(cast.reviewer))

    assert [row.document.address for row in dashboard.panels["overdue"].rows] == ["overdue2004"]
    assert [each.number for each in dashboard.counts if each.alarming] == [1]


def test_the_front_page_costs_the_same_whatever_there_is(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.reviewer)
    for number in range(8):
        published(cast, key=f"live{number}")
        in_review(cast, key=f"waiting{number}")

    with django_assert_max_num_queries(35):
        front_page(client)
