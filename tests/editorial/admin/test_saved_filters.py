"""Filters that a person keeps under a name, and lists as tables for a spreadsheet."""

import csv
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from alstrom_site.editorial.actions.personal import MOST_FILTERS, keep_filter
from alstrom_site.editorial.admin.addresses import list_url
from alstrom_site.editorial.admin.export import COLUMNS, harmless
from tests.cast import Cast
from tests.documents import draft, published
from tests.editorial.admin.desk_visits import signed_in

HERE = "/admin/filters/"


def keep(client: Client, name: str, **chosen: str) -> str:
    """Send the form that stands above the list, and return the page that answers."""
    form = {"name": name, "list": list_url("term"), "query": "state=draft&p=2", **chosen}
    return client.post(HERE, form, follow=True).content.decode()


def table(client: Client, address: str) -> list[list[str]]:
    """Return the cells of a list as it is downloaded, the heading first."""
    response = client.get(address)
    # Of many pieces, a slow reader would hold a thread.
    assert not response.streaming
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def test_a_kept_filter_stands_above_every_list_for_who_kept_it_alone(cast: Cast) -> None:
    client = signed_in(cast.editor)
    keep(client, "  My   drafts ")

    kept = client.get(list_url("faq")).context["saved_filters"]
    assert [(each.name, each.url, each.current) for each in kept] == [
        ("My drafts", f"{list_url('term')}?state=draft", False)
    ]
    assert client.get(kept[0].url).context["saved_filters"][0].current
    assert signed_in(cast.reviewer).get(list_url("faq")).context["saved_filters"] == []


@pytest.mark.parametrize(
    ("name", "chosen", "said"),
    [
        ("", {}, "Give the filter a name."),
        ("x" * 81, {}, "at most 80 characters"),
        ("Twice", {}, "You keep a filter named “Twice” already."),
        ("Everything", {"query": "p=2"}, "Choose a filter first"),
        ("Elsewhere", {"list": "https://elsewhere.test/"}, "Open a list, set its filters"),
    ],
)
def test_a_filter_that_is_refused_says_why_and_keeps_what_was_typed(
    cast: Cast, name: str, chosen: dict[str, str], said: str
) -> None:
    client = signed_in(cast.editor)
    keep(client, "Twice")

    html = keep(client, name, **chosen)

    assert said in html
    assert f'value="{name}"' in html or "list" in chosen
    assert "elsewhere.test" not in html
    assert cast.editor.saved_filters.count() == 1


def test_a_name_that_cannot_be_kept_is_refused(cast: Cast) -> None:
    assert "The name" in keep(signed_in(cast.editor), "A\0name")
    assert not cast.editor.saved_filters.exists()


def test_a_person_keeps_no_more_filters_than_fit_above_a_list(cast: Cast) -> None:
    for number in range(MOST_FILTERS):
        keep_filter(cast.editor, name=f"Filter {number}", list_path=list_url(), query="state=draft")

    assert "Take one away first." in keep(signed_in(cast.editor), "One more")


def test_only_its_own_person_takes_a_filter_away(cast: Cast) -> None:
    kept = keep_filter(cast.editor, name="Mine", list_path=list_url(), query="state=draft")

    signed_in(cast.reviewer).post(HERE, {"drop": kept.pk})
    assert cast.editor.saved_filters.count() == 1

    signed_in(cast.editor).post(HERE, {"drop": kept.pk})
    assert cast.editor.saved_filters.count() == 0


def test_the_download_holds_what_the_list_shows_with_its_filters(cast: Cast) -> None:
    draft(cast, "term", slug="one", term="One")
    draft(cast, "faq", slug="two-is-a-question")
    published(cast, "term", slug="three", term="Three")
    client = signed_in(cast.reviewer)

    heading, *rows = table(client, client.get(list_url(state="draft", kind="term")).context["csv_url"])

    assert tuple(heading) == COLUMNS
    assert [(row[0], row[1], row[3], row[4]) for row in rows] == [("One", "glossary term", "", "Draft")]
    assert len(table(client, reverse("admin:pages_term_csv"))) == 3


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_with_a_sign_that_a_spreadsheet_would_run(sign: str) -> None:
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"
    assert harmless(f"1{sign}1") == f"1{sign}1"


def test_a_title_that_looks_like_a_formula_is_downloaded_as_text(cast: Cast) -> None:
    draft(cast, "term", slug="formula", term='=HYPERLINK("x")')

    assert table(signed_in(cast.editor), reverse("admin:pages_term_csv"))[1][0] == '\'=HYPERLINK("x")'


def test_a_download_costs_the_same_number_of_queries_whatever_it_holds(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.reviewer)
    for name in ("one", "two"):
        draft(cast, "term", slug=name)
        published(cast, "term", slug=f"live-{name}")
        with django_assert_num_queries(16):
            table(client, reverse("admin:pages_term_csv"))


def test_a_filter_that_no_list_knows_leads_back_to_the_list(cast: Cast) -> None:
    response = signed_in(cast.editor).get(reverse("admin:pages_term_csv"), {"o": "x", "pk__foo": "1"})

    assert response.status_code in (302, 400)
