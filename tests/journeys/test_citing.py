"""An editor cites while writing: keys are completed, the panel follows, what is not there leads to the look-up."""

import os

from playwright.sync_api import Locator, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from references.standing import Notice
from references.watching import observe
from tests.cast import NOW, Cast
from tests.conftest import ContextMaker
from tests.documents import draft, published
from tests.journeys.writing_page import signed_in

SHOTS = os.environ.get("SHOTS", "")


def entries(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Entries of the bibliography")


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="What this text cites")


def test_an_editor_cites_what_is_there_and_is_led_to_what_is_not(
    new_context: ContextMaker, cast: Cast, live_server: LiveServer
) -> None:
    retracted = published(cast, key="sample2001", title="What stood once").document
    observe(retracted, [Notice("RetractionIn", "2010")], source="test", by=cast.publisher, at=NOW)
    draft(cast, key="tester2007cilia", author=[{"family": "Tester"}], title="Cilia made up for tests", PMID="17940554")
    question = draft(cast, "faq", answer="One fact [@smaple2001].")
    context = signed_in(new_context(), cast.editor, live_server)
    page = context.new_page()
    page.goto(f"/admin/pages/question/{question.document.pk}/change/")
    answer = page.get_by_label("Answer", exact=True)
    expect(panel(page)).to_contain_text("@smaple2001 names no entry (line 1). Was it @sample2001?")

    cite_by_keyboard(page, answer)
    expect(panel(page).get_by_role("listitem")).to_have_count(2)
    expect(panel(page).get_by_role("listitem").last).to_contain_text("Retracted 2010")
    shoot(page, "panel")
    answer.press("Control+End")
    answer.press_sequentially(" @17940555")
    expect(entries(page).get_by_role("option")).to_contain_text(["Look up and draft “17940555”"])
    with context.expect_page() as opened:
        answer.press("ArrowDown")
        answer.press("Enter")
    expect(opened.value.get_by_label("PMIDs, DOIs or PMCIDs")).to_have_value("17940555")
    page.get_by_role("button", name="Save draft").click()
    expect(panel(page)).to_contain_text("Tester. Cilia made up")
    page.goto(f"/admin/pages/question/{question.document.pk}/standing/")
    expect(page.get_by_role("region", name="What this text cites")).to_contain_text("Retracted 2010")
    shoot(page, "standing")


def cite_by_keyboard(page: Page, answer: Locator) -> None:
    """Complete one key with Enter, close the list once with Escape, and complete another key with Tab."""
    answer.fill("One fact ")
    answer.press_sequentially("[@cilia made")
    expect(entries(page).get_by_role("option")).to_have_count(1)
    chosen = entries(page).get_by_role("option", selected=True)
    expect(chosen).to_contain_text("draft only")
    expect(answer).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    shoot(page, "list")
    answer.press("Enter")
    answer.press_sequentially(", p. 3; @s")
    answer.press("Escape")
    expect(entries(page)).to_be_hidden()
    answer.press_sequentially("amp")
    expect(entries(page).get_by_role("option")).to_contain_text(["Retracted 2010"])
    answer.press("Tab")
    answer.press_sequentially("].")
    expect(answer).to_have_value("One fact [@tester2007cilia, p. 3; @sample2001].")
    expect(answer).to_be_focused()


def shoot(page: Page, name: str) -> None:
    """Take pictures in four looks, when somebody wants to look: a folder is named in SHOTS."""
    if not SHOTS:
        return
    desktop = ViewportSize(width=1280, height=900)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size in (ViewportSize(width=390, height=844), desktop):
            page.set_viewport_size(size)
            page.locator("[role=listbox]:visible, [aria-labelledby=part-cited]").first.scroll_into_view_if_needed()
            page.screenshot(path=f"{SHOTS}/{name}-{scheme}-{size['width']}.png")
