"""Rows in the editor: added, moved, removed, and usable without a script."""

import json

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import Cast
from tests.conftest import ContextMaker
from tests.journeys.writing_page import signed_in, text_field

pytestmark = [pytest.mark.urls("tests.journeys.writing_page"), pytest.mark.usefixtures("known_names")]


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
