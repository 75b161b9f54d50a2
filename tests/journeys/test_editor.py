"""Writing in a real browser: the text is never touched by a failure, the keyboard is free, the page's policy strict."""

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast
from tests.conftest import ContextMaker
from tests.journeys.writing_page import body, signed_in, text_field

pytestmark = [pytest.mark.urls("tests.journeys.writing_page"), pytest.mark.usefixtures("known_names")]


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


def test_a_failing_server_changes_no_text_and_says_so_beside_the_field(desk: Page) -> None:
    failures: list[tuple[dict[str, Any] | None, str]] = [
        (None, "cannot be reached"),
        ({"status": 500, "content_type": "text/html", "body": "<h1>Server Error</h1>"}, "error 500"),
        ({"status": 200, "content_type": "text/html", "body": "<form>Log in</form>"}, "was no preview"),
        ({"status": 302, "headers": {"Location": "/admin/login/"}}, "cannot be reached"),
        ({"status": 401, "json": {"error": "You are signed out."}}, "You are signed out."),
    ]
    for number, (answer, sentence) in enumerate(failures, start=1):
        before = f"Words {number}."
        text_field(desk).fill(before)
        expect(body(desk).get_by_role("region").get_by_text(before)).to_be_visible()
        expect(body(desk).get_by_text("Your text is as you typed it.")).to_be_hidden()

        desk.route("**/editor/preview/", partial(fail, answer))
        text_field(desk).press("End")
        text_field(desk).press_sequentially(" More")

        expect(body(desk).get_by_text(sentence)).to_be_visible()
        expect(body(desk).get_by_text("Your text is as you typed it.")).to_be_visible()
        expect(text_field(desk)).to_have_value(f"{before} More")
        expect(body(desk).get_by_role("region").get_by_text(before)).to_be_visible()
        assert "Server Error" not in body(desk).inner_text()
        desk.unroute("**/editor/preview/")


def fail(answer: dict[str, Any] | None, route: Route) -> None:
    """Answer in the server's place, or break off."""
    route.abort() if answer is None else route.fulfill(**answer)


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


def test_a_button_that_is_pressed_while_the_preview_grows_above_it_still_gets_its_click(desk: Page) -> None:
    text_field(desk).fill("# A\n\n" * 12)
    add = desk.get_by_role("button", name="Add page")
    add.scroll_into_view_if_needed()
    add.hover()

    with desk.expect_response("**/editor/preview/"):
        desk.mouse.down()
    desk.wait_for_timeout(100)
    desk.mouse.up()

    expect(desk.get_by_role("group", name="Page 3")).to_be_visible()
    expect(body(desk).get_by_role("region", name="Preview").get_by_role("heading")).to_have_count(12)


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


def test_a_button_marks_the_chosen_words_and_undo_takes_it_back(desk: Page) -> None:
    typed = "one two"
    text_field(desk).click()
    desk.keyboard.type(typed)
    for button, result, selected in [
        ("Bold", "one **two**", "two"),
        ("Italic", "one *two*", "two"),
        ("Heading", "## one two", ""),
        ("List", "- one two", ""),
        ("Link", "one [two](https://)", "https://"),
        ("Citation", "one [@two]", "two"),
        ("Glossary term", "one [two](term:)", ""),
    ]:
        text_field(desk).evaluate("f => f.setSelectionRange(4, 7)")

        body(desk).get_by_role("button", name=button, exact=True).click()

        expect(text_field(desk)).to_have_value(result)
        expect(text_field(desk)).to_be_focused()
        assert text_field(desk).evaluate("f => f.value.slice(f.selectionStart, f.selectionEnd)") == selected, button
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
