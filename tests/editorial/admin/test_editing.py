"""Writing at the desk: who may, beginning a document, changing a text; through the real pages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.editing import NOTHING_CHANGED
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import Status
from tests.cast import Cast, person
from tests.documents import CONTENTS, approved, draft, fresh, in_review, published
from tests.editorial.admin.writing_visits import MODELS, new, page, said, written
from tests.posting import fields_of, opened, sent

pytestmark = pytest.mark.django_db

WRITERS = {"editor", "second_editor", "everything", "superuser"}


# Who


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_only_writers_open_and_send_the_forms(cast: Cast, client: Client, kind: str) -> None:
    edition = draft(cast, kind)
    before = written()

    for name, somebody in vars(cast).items():
        client.force_login(somebody)
        found = [client.get(url).status_code for url in (new(kind), page(edition.document))]
        found += [client.post(url, {}).status_code for url in (new(kind), page(edition.document))]

        assert found == ([200] * 4 if name in WRITERS else [403] * 4), name
        assert written() == before, name


def test_strangers_and_closed_accounts_are_asked_to_sign_in_and_write_nothing(cast: Cast, client: Client) -> None:
    edition = draft(cast, "term")
    closed, before = Client(), written()
    closed.force_login(person("gone", active=False))

    for browser in (client, closed):
        for url in (new("term"), page(edition.document)):
            asked, sent = browser.get(url), browser.post(url, {"definition": "Typed by a stranger."})
            assert asked.status_code == 302
            assert asked["Location"].startswith(reverse("admin:login"))
            assert sent.status_code == 403
            assert "Sign in on another page" in sent.content.decode()
    assert written() == before


def test_nothing_can_be_deleted_and_djangos_log_stands_for_no_record(cast: Cast, client: Client) -> None:
    document = draft(cast, "term").document
    client.force_login(cast.superuser)

    assert client.post(page(document, "delete"), {"post": "yes"}).status_code == 403
    assert client.get(page(document, "history"))["Location"] == page(document, "standing")
    assert "historylink" not in client.get(page(document)).content.decode()


@pytest.mark.parametrize("wrong", ["999999", "x", "0", "-1", "9" * 40])
def test_what_is_not_there_is_not_found(editor: Client, wrong: str) -> None:
    url = reverse("admin:pages_term_change", args=[wrong])

    assert [editor.get(url).status_code, editor.post(url, {}).status_code] == [404, 404]


def test_a_document_is_edited_under_its_own_kind_only(cast: Cast, editor: Client) -> None:
    article = draft(cast, "article").document

    assert editor.get(reverse("admin:pages_term_change", args=[article.pk])).status_code == 404


# Beginning


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_a_document_begins_with_what_was_typed(cast: Cast, editor: Client, kind: str) -> None:
    content = CONTENTS[kind]()
    typed = {name: value for name, value in content.items() if isinstance(value, str)}

    response = sent(editor, new(kind), opened(editor, new(kind)), **typed)

    document = Document.objects.get(kind=kind)
    assert response["Location"] == page(document)
    assert document.owner == cast.editor
    assert document.open_edition is not None
    assert document.open_edition.state is Status.DRAFT
    saved = document.open_edition.text.fields
    assert {name: saved[name] for name in typed} == typed


def test_an_empty_address_is_made_from_the_name(editor: Client) -> None:
    response = sent(editor, new("term"), opened(editor, new("term")), term="Ciliën, Straße", definition="Text.")

    assert response.status_code == 302
    assert Document.objects.get(kind="term").address == "cilien-strasse"


def test_an_empty_key_is_made_from_the_first_author_and_the_year(editor: Client) -> None:
    fields = opened(editor, new("reference"))
    row = {"author-0-family": "Alström-Test", "author-0-given": "A", "issued": "1959-01"}

    sent(editor, new("reference"), fields, **row, **{"author-TOTAL": "1"})

    assert Document.objects.get(kind="reference").address == "alstromtest1959"


def test_a_name_from_which_no_address_can_be_made_asks_for_one(editor: Client) -> None:
    response = sent(editor, new("term"), opened(editor, new("term")), term="纤毛")

    assert "Address is empty. Fill it in." in response.content.decode()
    assert not Document.objects.exists()


def test_an_address_that_is_taken_is_refused_beside_its_field(cast: Cast, editor: Client) -> None:
    draft(cast, "term", slug="taken")

    response = sent(editor, new("term"), opened(editor, new("term")), term="Another", slug="taken", definition="Mine.")

    html = response.content.decode()
    assert response.status_code == 200
    there = document_url(Document.objects.get())
    said = "Another glossary term stands at /glossary/taken/ already: “Taken” (draft). Choose another address."
    assert f'<a href="#id_slug">{said}</a> <a href="{there}">Go to its page</a>' in html
    assert fields_of(html)["definition"] == ["Mine."]
    assert Document.objects.count() == 1


# Changing


def test_a_change_is_saved_as_a_new_text_by_the_person(cast: Cast, client: Client) -> None:
    edition = draft(cast, "article")
    client.force_login(cast.second_editor)

    response = sent(client, page(edition.document), opened(client, page(edition.document)), summary="Another summary.")

    now = fresh(edition).text
    assert response["Location"] == page(edition.document)
    assert (now.fields, now.author) == ({**edition.text.fields, "summary": "Another summary."}, cast.second_editor)


def test_the_other_button_leads_to_the_page_of_the_document(cast: Cast, editor: Client) -> None:
    document = draft(cast, "term").document

    response = sent(editor, page(document), opened(editor, page(document)), term="Changed", to_its_page="1")

    assert response["Location"] == page(document, "standing")


@pytest.mark.parametrize("make", [draft, in_review, approved])
@pytest.mark.parametrize("kind", sorted(MODELS))
def test_sending_the_form_as_it_was_opened_changes_nothing(cast: Cast, editor: Client, make: Any, kind: str) -> None:
    edition = make(cast, kind)
    before = written()

    address = f"{page(edition.document)}?take_back=1"
    response = sent(editor, address, opened(editor, address))

    assert NOTHING_CHANGED in said(editor, response)
    assert written() == before
    assert fresh(edition).status == edition.status


def test_what_is_missing_is_listed_after_a_save_and_stops_no_draft(cast: Cast, editor: Client) -> None:
    document = draft(cast, "article").document

    response = sent(editor, page(document), opened(editor, page(document)), summary="", body="")

    html = said(editor, response)
    assert '<a href="#id_summary">Summary is empty. Fill it in.</a>' in html
    assert '<a href="#id_body">The article cites nothing.' in html


def test_a_page_that_readers_know_gets_another_address_with_its_next_text(cast: Cast, editor: Client) -> None:
    document = published(cast, "term", slug="known").document
    editor.post(page(document), {"begin": "1"})
    html = editor.get(page(document)).content.decode()

    response = sent(editor, page(document), opened(editor, page(document)), slug="elsewhere")

    assert "Readers know this page as /glossary/known/. A new address holds from the day" in html
    assert response.status_code == 302
    assert document.latest_edition.text.fields["slug"] == "elsewhere"
    assert Document.objects.get(pk=document.pk).address == "known"


def test_an_address_left_empty_stays_the_one_that_readers_know(cast: Cast, editor: Client) -> None:
    document = published(cast, "term", slug="known").document
    editor.post(page(document), {"begin": "1"})

    sent(editor, page(document), opened(editor, page(document)), slug="", definition="Changed.")

    assert document.latest_edition.text.fields["slug"] == "known"


def test_the_key_of_an_entry_that_readers_know_stays(cast: Cast, editor: Client) -> None:
    document = published(cast, "reference", key="known2001").document
    editor.post(page(document), {"begin": "1"})
    fields = opened(editor, page(document))

    response = sent(editor, page(document), {**fields, "key": ["else2001"]}, title="Changed")

    assert "key" not in fields
    assert response.status_code == 302
    assert document.latest_edition.text.fields["key"] == "known2001"


def test_the_form_asks_the_database_no_more_for_many_questions(
    cast: Cast, editor: Client, django_assert_max_num_queries: Any
) -> None:
    addresses = [f"question-number-{number}" for number in range(12)]
    for address in addresses:
        draft(cast, "faq", slug=address)
    document = draft(cast, "article", faqs=addresses).document

    with django_assert_max_num_queries(30):
        html = editor.get(page(document)).content.decode()

    assert html.count("Question number 7?") == 2
