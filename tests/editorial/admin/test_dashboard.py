"""The front page of the desk."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from alstrom_site.editorial.admin.dashboard import Dashboard, dashboard_for
from tests.cast import Cast
from tests.documents import approved, draft, in_review, published
from tests.editorial.admin.desk_visits import signed_in

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


@pytest.mark.parametrize("name", PEOPLE)
def test_every_count_leads_to_a_list_of_exactly_that_many(cast: Cast, name: str) -> None:
    some_documents(cast)
    client = signed_in(getattr(cast, name))

    dashboard = front_page(client)

    for url, number in counted_by(dashboard).items():
        assert client.get(url).context["cl"].result_count == number, url


def test_what_waits_for_each_role_says_which_step(cast: Cast) -> None:
    some_documents(cast)

    def wanted(person: str) -> list[tuple[str, str]]:
        waiting = dashboard_for(getattr(cast, person), at=timezone.now()).waiting
        return [(row.document.address, row.wanted) for row in waiting.rows]

    assert wanted("reviewer") == [("waiting2001", "Review this text")]
    assert wanted("publisher") == [("approved2002", "Publish")]
    assert wanted("editor") == []


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

    with django_assert_max_num_queries(46):
        front_page(client)
