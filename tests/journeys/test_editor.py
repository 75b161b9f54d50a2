"""Writing in a real browser: the text is never touched by a failure, the keyboard is free, the page's policy strict."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path, re_path
from django.views.static import serve
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from alstrom_site.editorial.widgets import Column, LinesField, RowsField
from pages import live
from pages.views import editor
from pages.widgets import MarkdownField
from tests.cast import Cast
from tests.conftest import ContextMaker

PAGE = """
{% extends "admin/base_site.html" %}{% load static %}
{% block extrastyle %}{{ block.super }}<link rel="stylesheet" href="{% static 'admin/css/forms.css' %}">{% endblock %}
{% block extrahead %}{{ block.super }}{{ form.media }}{% endblock %}
{% block content %}<form method="post">{% csrf_token %}<fieldset class="module aligned">{% for field in form %}
<div class="form-row{% if field.errors %} errors{% endif %}">{{ field.errors }}<div><div class="flex-container">
{{ field.label_tag }}{{ field }}</div></div></div>{% endfor %}</fieldset>
<div class="submit-row"><input type="submit" class="default" value="Save"></div></form>
<pre id="kept">{{ kept }}</pre>{% endblock %}
"""


class Writing(forms.Form):
    quick_answer = MarkdownField(word_limit=5, required=False)
    body = MarkdownField(required=False)
    names = LinesField(label="Other names", required=False)
    related = RowsField(
        [
            Column("address", "Page", choices=[("causes", "What causes it"), ("gene", "The ALMS1 gene")]),
            Column("description", "Description", width="wide", required=False, max_length=40),
        ],
        label="Related pages",
        row_noun="page",
        required=False,
    )


def writing(request: HttpRequest) -> HttpResponse:
    first = {"related": [{"address": "causes", "description": "One"}, {"address": "gene", "description": "Two"}]}
    form = Writing(request.POST or None, initial=first)
    kept = json.dumps(form.cleaned_data["related"]) if form.is_valid() else ""
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"form": form, "kept": kept, "title": "Writing"}, request))


urlpatterns = [
    path("admin/writing/", writing),
    path("admin/editor/preview/", editor.preview, name="text-preview"),
    path("admin/editor/upload/", editor.upload, name="image-upload"),
    path("admin/", admin.site.urls),
    re_path(r"^media/(?P<path>.*)$", lambda request, path: serve(request, path, str(settings.MEDIA_ROOT))),
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def known_names(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(
        live, "reference_labels", lambda texts: {"joy2007": "Joy and others 2007", "marshall2007": "Marshall"}
    )
    monkeypatch.setattr(live, "term_names", lambda texts: {"cilia": "cilia"})


def signed_in(context: BrowserContext, person: Any, server: LiveServer) -> BrowserContext:
    client = Client()
    client.force_login(person)
    for cookie in client.cookies.values():
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": f"{server.url}/admin/"}])
    return context


@pytest.fixture
def desk(new_context: ContextMaker, cast: Cast, live_server: LiveServer) -> Page:
    """The writing page, opened by an editor."""
    page = signed_in(new_context(), cast.editor, live_server).new_page()
    page.goto("/admin/writing/")
    return page


def body(page: Page) -> Any:
    return page.locator("[data-markdown-editor]").nth(1)


def text_field(page: Page) -> Any:
    return page.get_by_label("Body:", exact=True)


def picture() -> bytes:
    out = BytesIO()
    Image.linear_gradient("L").resize((320, 160)).save(out, "PNG")
    return out.getvalue()


def choose_picture(page: Page, content: bytes, alt: str) -> None:
    body(page).get_by_role("button", name="Picture").click()
    body(page).get_by_label("Picture file").set_input_files(
        {"name": "chart.png", "mimeType": "image/png", "buffer": content}
    )
    body(page).get_by_label("Description for readers").fill(alt)
    body(page).get_by_role("button", name="Insert picture").click()


def test_the_preview_follows_what_is_typed_with_citations_numbered_over_the_page(desk: Page) -> None:
    desk.get_by_label("Quick answer:").fill("Short [@marshall2007].")
    text_field(desk).fill("## Content\n\nOn [cilia](term:cilia) [@joy2007].")

    preview = body(desk).get_by_role("region", name="Preview")
    expect(preview.get_by_role("heading", name="Content")).to_be_visible()
    expect(preview.get_by_role("link", name="cilia")).to_have_attribute("target", "_blank")
    expect(preview.get_by_role("listitem")).to_have_text("Joy and others 2007")
    assert preview.get_by_role("listitem").get_attribute("value") == "2"
    # The page's own element of that name is still the only one.
    assert desk.locator("#content").count() == 1
    expect(body(desk).get_by_text("3 words")).to_be_visible()


def test_a_problem_stands_beside_the_field_and_leads_to_its_line(desk: Page) -> None:
    text_field(desk).fill("Fine.\n\nNot [@nobody1999].")

    body(desk).get_by_role("button", name="Line 3").click()

    expect(text_field(desk)).to_be_focused()
    assert text_field(desk).evaluate("f => f.value.slice(f.selectionStart, f.selectionEnd)") == "Not [@nobody1999]."


def test_too_many_words_are_counted_beside_the_field(desk: Page) -> None:
    desk.get_by_label("Quick answer:").fill("One two three four five six seven")

    expect(desk.get_by_text("7 of at most 5 words: 2 too many")).to_be_visible()


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (None, "cannot be reached"),
        ({"status": 500, "content_type": "text/html", "body": "<h1>Server Error</h1>"}, "error 500"),
        ({"status": 200, "content_type": "text/html", "body": "<form>Log in</form>"}, "was no preview"),
        ({"status": 302, "headers": {"Location": "/admin/login/"}}, "cannot be reached"),
        ({"status": 401, "json": {"error": "You are signed out."}}, "You are signed out."),
    ],
)
def test_a_failing_server_changes_no_text_and_says_so_beside_the_field(
    desk: Page, answer: dict[str, Any] | None, sentence: str
) -> None:
    text_field(desk).fill("First words.")
    expect(body(desk).get_by_role("region").get_by_text("First words.")).to_be_visible()

    def fail(route: Route) -> None:
        route.abort() if answer is None else route.fulfill(**answer)

    desk.route("**/editor/preview/", fail)
    text_field(desk).press("End")
    text_field(desk).press_sequentially(" More")

    expect(body(desk).get_by_text(sentence)).to_be_visible()
    expect(body(desk).get_by_text("Your text is as you typed it.")).to_be_visible()
    expect(text_field(desk)).to_have_value("First words. More")
    expect(body(desk).get_by_role("region").get_by_text("First words.")).to_be_visible()
    assert "Server Error" not in body(desk).inner_text()

    desk.unroute("**/editor/preview/")
    text_field(desk).press_sequentially(" still")
    expect(body(desk).get_by_text("Your text is as you typed it.")).to_be_hidden()


def test_after_haste_the_preview_comes_by_itself_when_the_time_is_over(desk: Page) -> None:
    desk.route(
        "**/editor/preview/",
        lambda route: route.fulfill(status=429, headers={"Retry-After": "1"}, json={"error": "Wait 1 second."}),
        times=1,
    )

    text_field(desk).fill("Later.")

    expect(body(desk).get_by_text("Wait 1 second.")).to_be_visible()
    expect(body(desk).get_by_role("region").get_by_text("Later.")).to_be_visible()


def test_an_old_answer_never_replaces_a_newer_one(desk: Page) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    desk.route("**/editor/preview/", hold, times=1)
    with desk.expect_request("**/editor/preview/"):
        text_field(desk).fill("Old.")
    text_field(desk).fill("New.")
    expect(body(desk).get_by_role("region").get_by_text("New.")).to_be_visible()

    waiting[0].fulfill(json={"html": "<p>Old.</p>", "problems": [], "cited": [], "words": 1})
    desk.wait_for_timeout(300)

    expect(body(desk).get_by_role("region").get_by_text("New.")).to_be_visible()
    expect(body(desk).get_by_role("region").get_by_text("Old.")).to_be_hidden()


def test_tab_enters_and_leaves_the_text(desk: Page) -> None:
    text_field(desk).fill("Words")
    text_field(desk).focus()

    desk.keyboard.press("Shift+Tab")
    expect(body(desk).get_by_role("toolbar").get_by_role("button", name="Bold")).to_be_focused()
    desk.keyboard.press("Tab")
    expect(text_field(desk)).to_be_focused()
    desk.keyboard.press("Tab")

    expect(text_field(desk)).not_to_be_focused()
    expect(text_field(desk)).to_have_value("Words")


def test_the_arrows_move_inside_the_toolbar(desk: Page) -> None:
    toolbar = body(desk).get_by_role("toolbar")
    toolbar.get_by_role("button", name="Bold").focus()

    desk.keyboard.press("ArrowRight")
    expect(toolbar.get_by_role("button", name="Italic")).to_be_focused()
    desk.keyboard.press("End")
    expect(toolbar.get_by_role("button", name="Picture")).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(toolbar.get_by_role("button", name="Bold")).to_be_focused()


@pytest.mark.parametrize(
    ("button", "typed", "result", "selected"),
    [
        ("Bold", "one two", "one **two**", "two"),
        ("Italic", "one two", "one *two*", "two"),
        ("Heading", "one two", "## one two", ""),
        ("List", "one two", "- one two", ""),
        ("Link", "one two", "one [two](https://)", "https://"),
        ("Citation", "one two", "one [@two]", "two"),
        ("Glossary term", "one two", "one [two](term:)", ""),
    ],
)
def test_a_button_marks_the_chosen_words_and_undo_takes_it_back(
    desk: Page, button: str, typed: str, result: str, selected: str
) -> None:
    text_field(desk).click()
    desk.keyboard.type(typed)
    text_field(desk).evaluate("f => f.setSelectionRange(4, 7)")

    body(desk).get_by_role("button", name=button, exact=True).click()

    expect(text_field(desk)).to_have_value(result)
    expect(text_field(desk)).to_be_focused()
    assert text_field(desk).evaluate("f => f.value.slice(f.selectionStart, f.selectionEnd)") == selected
    desk.keyboard.press("Control+z")
    expect(text_field(desk)).to_have_value(typed)


def test_the_keyboard_marks_bold_and_italic(desk: Page) -> None:
    text_field(desk).click()

    desk.keyboard.press("Control+b")
    desk.keyboard.type("strong")
    desk.keyboard.press("End")
    desk.keyboard.type(" ")
    desk.keyboard.press("Control+i")

    expect(text_field(desk)).to_have_value("**strong** *italic text*")


def test_a_picture_goes_in_at_the_caret_with_its_description(desk: Page) -> None:
    text_field(desk).fill("Before  after.")
    text_field(desk).evaluate("f => f.setSelectionRange(7, 7)")

    choose_picture(desk, picture(), "A grey [gradient]")

    expect(text_field(desk)).to_have_value(
        re.compile(r"^Before !\[A grey \\\[gradient\\\]\]\(/media/images/[0-9a-f]{32}\.png\) after\.$")
    )
    shown = body(desk).get_by_role("img", name="A grey [gradient]")
    expect(shown).to_be_visible()
    assert shown.evaluate("i => i.decode().then(() => i.naturalWidth)") == 320
    desk.keyboard.press("Control+z")
    expect(text_field(desk)).to_have_value("Before  after.")


@pytest.mark.parametrize(
    ("content", "alt", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Words", "SVG drawings cannot be used"),
        (b"GIF89a<script>alert(1)</script>", "Words", "JPEG|damaged"),
        (picture(), " ", "Describe the picture in words"),
    ],
)
def test_a_picture_that_is_refused_writes_nothing_into_the_text(
    desk: Page, content: bytes, alt: str, sentence: str
) -> None:
    text_field(desk).fill("Words.")

    choose_picture(desk, content, alt)

    expect(body(desk).get_by_role("alert")).to_have_text(re.compile(sentence))
    expect(text_field(desk)).to_have_value("Words.")


def test_a_failing_upload_keeps_the_text_the_file_and_the_description(desk: Page) -> None:
    text_field(desk).fill("Words.")
    desk.route("**/editor/upload/", lambda route: route.fulfill(status=500, body="<h1>Server Error</h1>"))

    choose_picture(desk, picture(), "A gradient")

    expect(body(desk).get_by_role("alert")).to_have_text(re.compile("error 500"))
    expect(text_field(desk)).to_have_value("Words.")
    expect(body(desk).get_by_label("Description for readers")).to_have_value("A gradient")
    desk.unroute("**/editor/upload/")
    body(desk).get_by_label("Description for readers").press("Enter")
    expect(text_field(desk)).to_have_value(re.compile(r"!\[A gradient\]"))


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_pasted_or_dropped_picture_asks_for_its_description(desk: Page, kind: str) -> None:
    text_field(desk).evaluate(
        """(field, [kind, bytes]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(bytes)], "pasted.png", {type: "image/png"}));
            const options = {bubbles: true, cancelable: true, clipboardData: transfer, dataTransfer: transfer};
            field.dispatchEvent(kind === "paste" ? new ClipboardEvent(kind, options) : new DragEvent(kind, options));
        }""",
        [kind, list(picture())],
    )

    alt = body(desk).get_by_label("Description for readers")
    expect(alt).to_be_focused()
    alt.fill("Pasted")
    body(desk).get_by_role("button", name="Insert picture").click()
    expect(text_field(desk)).to_have_value(re.compile(r"^!\[Pasted\]\(/media/images/"))


def test_on_a_phone_text_and_preview_share_the_place(
    new_context: ContextMaker, cast: Cast, live_server: LiveServer
) -> None:
    context = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = signed_in(context, cast.editor, live_server).new_page()
    page.goto("/admin/writing/")
    text_field(page).fill("Words.")
    expect(body(page).get_by_role("region", name="Preview")).to_be_hidden()

    body(page).get_by_role("button", name="Preview").tap()

    expect(body(page).get_by_role("region").get_by_text("Words.")).to_be_visible()
    expect(text_field(page)).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_rows_are_added_moved_removed_and_brought_back(desk: Page) -> None:
    rows = desk.locator("[data-rows]")
    expect(rows.get_by_role("group")).to_have_count(2)

    rows.get_by_role("group", name="Page 1").get_by_role("button", name="Move down").click()
    expect(rows.get_by_role("group", name="Page 2").get_by_role("button", name="Move up")).to_be_focused()
    expect(rows.get_by_role("status")).to_have_text("Page moved to place 2 of 2.")
    rows.get_by_role("button", name="Add page").click()
    expect(rows.get_by_role("group", name="Page 3").get_by_label("Page")).to_be_focused()
    rows.get_by_role("group", name="Page 3").get_by_label("Page").select_option("gene")
    rows.get_by_role("group", name="Page 3").get_by_label("Description").fill("Three")
    rows.get_by_role("group", name="Page 1").get_by_role("button", name="Remove").click()
    expect(rows.get_by_role("button", name="Undo")).to_be_focused()
    desk.keyboard.press("Enter")
    rows.get_by_role("group", name="Page 2").get_by_role("button", name="Remove").click()
    desk.get_by_role("button", name="Save").click()

    kept = json.loads(desk.locator("#kept").inner_text())
    assert [row["description"] for row in kept] == ["Two", "Three"]


def test_what_is_wrong_in_a_row_comes_back_beside_what_was_typed(desk: Page) -> None:
    long = "much longer than the forty characters allowed"
    desk.locator("[data-rows]").get_by_label("Description").first.fill(long)

    desk.get_by_role("button", name="Save").click()

    cell = desk.locator("[data-rows]").get_by_label("Description").first
    expect(cell).to_have_value(long)
    expect(cell).to_have_accessible_description("Description is longer than 40 characters. Shorten it.")


def test_without_a_script_everything_can_be_written_and_ordered(
    new_context: ContextMaker, cast: Cast, live_server: LiveServer
) -> None:
    page = signed_in(new_context(java_script_enabled=False), cast.editor, live_server).new_page()
    page.goto("/admin/writing/")

    text_field(page).fill("Plain words.")
    expect(page.get_by_role("toolbar")).to_have_count(0)
    page.get_by_role("spinbutton", name="Order").nth(0).fill("9")
    page.get_by_role("checkbox", name="Remove").nth(1).check()
    page.locator("select").nth(2).select_option("gene")
    page.locator("[data-rows]").get_by_label("Description").nth(2).fill("Added")
    page.get_by_role("button", name="Save").click()

    expect(text_field(page)).to_have_value("Plain words.")
    assert [row["description"] for row in json.loads(page.locator("#kept").inner_text())] == ["Added", "One"]
