"""The Markdown field: what it shows and what it takes."""

import re

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path

from pages.widgets import MarkdownField, MarkdownWidget


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("admin/preview/", nothing, name="text-preview"),
    path("admin/upload/", nothing, name="image-upload"),
    path("admin/completions/", nothing, name="text-completions"),
]
pytestmark = pytest.mark.urls(__name__)


class Writing(forms.Form):
    body = MarkdownField(required=False)
    quick_answer = MarkdownField(word_limit=60, required=False)


def test_only_our_own_script_and_style_are_loaded() -> None:
    media = str(Writing().media)

    assert "editor/editor.js" in media
    assert 'type="module"' in media
    assert "markdownx" not in media


def test_the_text_field_works_without_a_script_and_names_our_addresses() -> None:
    html = str(Writing({"body": "</textarea><script>1</script>"})["body"])

    assert re.search(r'<textarea name="body"[^>]*id="id_body"[^>]*>\n&lt;/textarea&gt;&lt;script&gt;', html)
    assert 'data-preview-url="/admin/preview/"' in html
    assert 'data-upload-url="/admin/upload/"' in html
    assert "markdownx" not in html
    assert not re.search(r"<script|style=|\son\w+=", html)


def test_the_tools_stay_hidden_until_the_script_runs() -> None:
    html = str(Writing()["body"])

    assert all(re.search(rf"{part}[^>]* hidden", html) for part in ("data-bar", "data-picture-form", "data-preview"))
    assert 'type="submit"' not in html
    assert html.count("<button") == html.count('<button type="button"')


def test_the_inputs_of_the_picture_form_are_never_sent() -> None:
    form = re.search(r"<div[^>]*data-picture-form.*?data-picture-cancel", str(Writing()["body"]), re.DOTALL)

    assert form is not None
    assert form[0].count("<input") == 2
    assert not re.search(r"<input[^>]*\sname=", form[0])


def test_a_first_empty_line_survives_the_round_trip() -> None:
    html = str(Writing({"body": "\nText"})["body"])

    assert ">\n\nText</textarea>" in html


@pytest.mark.parametrize(("name", "limit"), [("body", None), ("quick_answer", "60")])
def test_the_word_limit_is_named_where_there_is_one(name: str, limit: str | None) -> None:
    found = re.search(r'data-word-limit="(\d+)"', str(Writing()[name]))

    assert (found and found[1]) == limit


def test_the_field_keeps_its_name_for_the_preview_under_a_prefix() -> None:
    assert 'data-where="body"' in str(Writing(prefix="edition-1")["body"])


def test_line_ends_of_the_browser_are_no_change() -> None:
    field = MarkdownField()

    assert field.clean("One\r\n\r\nTwo") == "One\n\nTwo"
    assert not field.has_changed("One\n\nTwo", "One\r\n\r\nTwo")
    assert field.has_changed("One\n\nTwo", "One\r\nTwo")


def test_a_widget_without_attributes_can_be_shown() -> None:
    assert "<textarea" in MarkdownWidget().render("body", None)
