"""The lists: what stands in them, how they are narrowed, and what they cost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from alstrom_site.editorial.admin.addresses import document_url, list_url
from alstrom_site.editorial.workflow import Status
from tests.cast import Cast
from tests.documents import approved, draft, fresh, in_review, next_edition, published
from tests.editorial.admin.desk_visits import signed_in

LONG_AGO = datetime(2020, 1, 6, 9, 0, tzinfo=UTC)


def titles(client: Client, address: str) -> list[str]:
    """Return the titles in the list, in order."""
    response = client.get(address)
    assert response.status_code == 200
    return [row.document.title for row in response.context["rows"]]


def terms(cast: Cast, *slugs: str) -> None:
    for slug in slugs:
        draft(cast, "term", slug=slug, term=slug.capitalize())


def test_each_kind_has_its_list_and_one_list_holds_all(cast: Cast) -> None:
    draft(cast, "term", term="A term")
    draft(cast, "faq", question="A question?")

    client = signed_in(cast.reviewer)

    assert titles(client, list_url("term")) == ["A term"]
    assert titles(client, list_url("faq")) == ["A question?"]
    assert titles(client, list_url()) == ["A question?", "A term"]


def test_the_browsers_tab_is_called_as_the_list_is(cast: Cast) -> None:
    client = signed_in(cast.reviewer)

    for address, name in ((list_url(), "All documents"), (list_url("term"), "Glossary terms")):
        html = client.get(address).content.decode()
        assert f"<title>{name} | " in html
        assert f"<h1>{name}</h1>" in html


def test_a_title_leads_to_the_documents_page(cast: Cast) -> None:
    edition = draft(cast)

    html = signed_in(cast.reviewer).get(list_url()).content.decode()

    assert f'href="{document_url(edition.document)}"' in html


def test_both_states_are_shown_when_a_draft_is_open_beside_the_live_text(cast: Cast) -> None:
    live = published(cast)
    next_edition(cast, live.document, at=timezone.now(), volume="8")

    row = signed_in(cast.reviewer).get(list_url("reference")).context["rows"][0]

    assert row.opened.label == "Draft"
    assert row.live.label == "Published"


def test_an_overdue_review_is_said_in_words(cast: Cast) -> None:
    published(cast, at=LONG_AGO)

    html = signed_in(cast.reviewer).get(list_url("reference")).content.decode()

    assert "Overdue: next review due" in html


@pytest.mark.parametrize("query", ["alstrom", "ALSTRÖM", "Alström", "strom-syn", "syndrome alstrom"])
def test_search_folds_accents_and_looks_at_titles_and_addresses(cast: Cast, query: str) -> None:
    draft(cast, "term", term="Alström syndrome", slug="alstrom-syndrome")
    draft(cast, "term", term="Another", slug="another")

    found = titles(signed_in(cast.editor), list_url("term", q=query))

    assert found == ["Alström syndrome"]


@pytest.mark.parametrize("query", ["%", "_", "\x00", "' OR 1=1", "\\"])
def test_signs_that_mean_something_to_a_database_mean_nothing_in_a_search(cast: Cast, query: str) -> None:
    terms(cast, "one", "two")

    response = signed_in(cast.editor).get(list_url("term", q=query), follow=True)

    assert response.status_code == 200
    assert len(response.context["rows"]) in (0, 2 if query == "\x00" else 0)


@pytest.mark.parametrize("lookup", ["title", "address__contains"])
def test_a_sign_that_no_database_holds_narrows_a_list_to_nothing_that_breaks(cast: Cast, lookup: str) -> None:
    response = signed_in(cast.editor).get(list_url("term", **{lookup: "a\x00"}))

    assert (response.status_code, response["Location"].partition("?")[2]) == (302, "e=1")


def test_the_state_filter_finds_open_and_live_editions(cast: Cast) -> None:
    live = published(cast, key="live2001")
    next_edition(cast, live.document, at=timezone.now(), volume="8")
    in_review(cast, key="waiting2002")

    client = signed_in(cast.editor)

    assert len(titles(client, list_url(state="published"))) == 1
    assert len(titles(client, list_url(state="draft"))) == 1
    assert len(titles(client, list_url(state="in-review"))) == 1
    assert titles(client, list_url(state="approved")) == []


def test_the_owner_filter_shows_what_one_person_owns(cast: Cast) -> None:
    draft(cast)

    client = signed_in(cast.reviewer)

    assert len(titles(client, list_url(owner=str(cast.editor.pk)))) == 1
    assert titles(client, list_url(owner=str(cast.editor.pk), q="nothing-like-it")) == []


def test_the_due_filter_tells_overdue_from_soon(cast: Cast) -> None:
    now = timezone.now()
    published(cast, key="overdue2001", at=LONG_AGO)
    in_review(cast, key="soon2002", at=now - timedelta(days=2))
    published(cast, key="later2003", at=now - timedelta(days=2))

    client = signed_in(cast.editor)

    assert [row.document.address for row in client.get(list_url(due="overdue")).context["rows"]] == ["overdue2001"]
    assert [row.document.address for row in client.get(list_url(due="soon")).context["rows"]] == ["soon2002"]


@pytest.mark.parametrize(
    "chosen",
    [{"state": "x"}, {"owner": "x"}, {"due": "x"}, {"tab": "x"}, {"kind": "x"}, {"owner": ""}, {"p": "x"}, {"p": "2"}],
)
def test_a_choice_that_does_not_exist_changes_nothing(cast: Cast, chosen: dict[str, str]) -> None:
    draft(cast)

    response = signed_in(cast.editor).get(list_url(), chosen, follow=True)

    assert len(response.context["rows"]) == 1


def test_the_tabs_show_what_waits_what_is_mine_and_all(cast: Cast) -> None:
    in_review(cast, key="waiting2001")
    draft(cast, key="draft2002")

    reviewer, editor = signed_in(cast.reviewer), signed_in(cast.editor)

    assert [row.document.address for row in reviewer.get(list_url(tab="waiting")).context["rows"]] == ["waiting2001"]
    assert titles(reviewer, list_url(tab="mine")) == []
    assert titles(editor, list_url(tab="waiting")) == []
    assert len(titles(editor, list_url(tab="mine"))) == 2
    assert len(titles(reviewer, list_url())) == 2


@pytest.mark.parametrize(
    ("order", "addresses"),
    [
        ("0", ["draft2003", "overdue2001", "waiting2002"]),
        ("-0", ["waiting2002", "overdue2001", "draft2003"]),
        ("4", ["overdue2001", "waiting2002", "draft2003"]),
        ("-4", ["waiting2002", "overdue2001", "draft2003"]),
        ("5", ["overdue2001", "draft2003", "waiting2002"]),
        ("-5", ["waiting2002", "draft2003", "overdue2001"]),
    ],
)
def test_a_list_is_ordered_by_the_column_that_was_chosen(cast: Cast, order: str, addresses: list[str]) -> None:
    now = timezone.now()
    published(cast, key="overdue2001", at=LONG_AGO)
    draft(cast, key="draft2003", at=now - timedelta(days=9))
    in_review(cast, key="waiting2002", at=now - timedelta(days=2))

    rows = signed_in(cast.editor).get(list_url(o=order)).context["rows"]

    assert [row.document.address for row in rows] == addresses


def test_a_list_costs_the_same_number_of_queries_whatever_it_holds(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.reviewer)
    terms(cast, "one")
    published(cast)
    with django_assert_num_queries(15):
        client.get(list_url())

    terms(cast, "two", "three", "four", "five")
    approved(cast, key="more2001")
    with django_assert_num_queries(15):
        client.get(list_url())


def test_nothing_can_be_changed_or_deleted_from_a_list(cast: Cast) -> None:
    edition = draft(cast)
    client = signed_in(cast.superuser)

    html = client.get(list_url("reference")).content.decode()
    deletion = client.post(f"{list_url('reference')}{edition.document_id}/delete/", {"post": "yes"})

    assert "delete" not in html.lower()
    assert "action-checkbox" not in html
    assert deletion.status_code == 403


def test_the_list_of_all_kinds_leads_each_document_to_its_own_page(cast: Cast) -> None:
    edition = draft(cast, "term")

    response = signed_in(cast.editor).get(f"{list_url()}{edition.document_id}/change/", follow=True)

    assert response.redirect_chain[-1][0] == document_url(edition.document)


def test_nothing_is_approved_from_a_list_one_by_one_or_many_at_once(cast: Cast) -> None:
    edition = in_review(cast)
    client = signed_in(cast.everything)
    chosen = {"action": "approve", "_selected_action": [str(edition.document_id)], "index": "0"}

    for address in (list_url(), list_url("reference")):
        forms = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', client.get(address).content.decode())
        client.post(address, chosen)

        assert set(forms) == {reverse("account_logout")}
        assert fresh(edition).state is Status.IN_REVIEW
        assert not fresh(edition).reviews.exists()
