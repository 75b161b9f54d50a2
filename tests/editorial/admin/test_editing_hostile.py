"""Writing at the desk with what nobody should send: nothing breaks, nothing is written, nothing runs."""

import re

import pytest
from django.test import Client

from alstrom_site.editorial.admin.editing import NOTHING_CHANGED
from alstrom_site.editorial.models import Document
from tests.cast import Cast
from tests.documents import draft, fresh
from tests.editorial.admin.writing_visits import MODELS, new, page, said, save_by_somebody_else
from tests.posting import fields_of, opened, sent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["title", "slug", "summary", "quick_answer", "body", "alternate_names", "faqs-0-address"]
)
def test_a_character_that_cannot_be_stored_is_refused_and_nothing_is_written(
    cast: Cast, editor: Client, name: str
) -> None:
    edition = draft(cast, "article", faqs=["one"])
    fields = opened(editor, page(edition.document))

    response = sent(editor, page(edition.document), fields, **{name: "a\x00b", "closing_summary": "Kept."})

    assert response.status_code == 200
    assert "Not saved" in response.content.decode()
    assert fields_of(response.content.decode())["closing_summary"] == ["Kept."]
    assert fresh(edition).text == edition.text


def test_a_text_that_is_too_long_is_refused_and_given_back_whole(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "article")
    long = "Ö word " * 43_000

    response = sent(editor, page(edition.document), opened(editor, page(edition.document)), body=long)

    html = response.content.decode()
    assert response.status_code == 200
    assert "Shorten it to 200,000 or split it in two." in html
    assert fields_of(html)["body"] == [long]
    assert fresh(edition).text == edition.text


def test_fields_that_the_kind_does_not_know_change_nothing(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "term")
    fields = opened(editor, page(edition.document))

    response = sent(editor, page(edition.document), fields, status="published", owner="1", kind="article", head="1")

    assert NOTHING_CHANGED in said(editor, response)
    assert fresh(edition).status == "draft"


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "{{ 7|add:7 }} & \"'", "]]><svg onload=x>"])
def test_markup_in_a_title_is_shown_as_text_everywhere(cast: Cast, editor: Client, title: str) -> None:
    response = sent(editor, new("term"), opened(editor, new("term")), term=title, slug="odd", definition="Text.")
    document = Document.objects.get(kind="term")
    edition = document.open_edition
    assert edition is not None
    fields = opened(editor, page(document))
    save_by_somebody_else(cast, edition, term=title + title)

    pages = [editor.get(response["Location"]), sent(editor, page(document), fields, term=title + "<b>", slug="!<i>")]
    pages.append(sent(editor, page(document), fields, term=title + "<b>"))

    assert [one.status_code for one in pages] == [200, 200, 409]
    for one in pages:
        assert not re.search(r"<script>|<svg onload|<b>|<i>|1414| 14 ", one.content.decode())


def test_an_empty_form_loses_nothing_and_says_what_is_needed(cast: Cast, editor: Client) -> None:
    edition = draft(cast, "article")

    response = editor.post(page(edition.document), {})

    assert "Title is empty. Fill it in." in response.content.decode()
    assert fresh(edition).text == edition.text


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_no_script_and_no_style_stands_inside_the_page(cast: Cast, editor: Client, kind: str) -> None:
    edition = draft(cast, kind)
    fields = opened(editor, page(edition.document))
    save_by_somebody_else(cast, edition, **{"reference": {"title": "Theirs"}}.get(kind, {"slug": "theirs"}))

    pages = [editor.get(new(kind)), editor.get(page(edition.document)), sent(editor, page(edition.document), fields)]
    pages.append(sent(editor, page(edition.document), fields, **{"type": "book", "slug": "mine"}))

    assert [one.status_code for one in pages] == [200, 200, 409, 409]
    for one in pages:
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=", one.content.decode())
        assert "script-src 'self'" in one["Content-Security-Policy"]
