"""Writing an article in a real browser: suggestions, a refused save with everything given back, the strict policy."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import PASSWORD, Cast
from tests.conftest import PHONE, ContextMaker
from tests.documents import draft, fresh

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(new_context: ContextMaker, cast: Cast, live_server: LiveServer) -> Page:
    """A page of an editor who has signed in."""
    client = Client()
    client.force_login(cast.editor)
    context = new_context()
    for cookie in client.cookies.values():
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": f"{live_server.url}/admin/"}])
    return context.new_page()


def test_a_question_is_named_as_soon_as_its_address_is_typed_and_the_order_is_kept(desk: Page, cast: Cast) -> None:
    draft(cast, "faq", slug="first-question")
    draft(cast, "faq", slug="second-question")
    edition = draft(cast, "article", faqs=["first-question"])
    desk.goto(f"/admin/pages/article/{edition.document_id}/change/")

    desk.get_by_role("button", name="Add question").click()
    desk.get_by_role("group", name="Question 2").get_by_label("Question").fill("second-question")
    expect(desk.get_by_role("group", name="Question 2").get_by_text("Second question?")).to_be_visible()
    desk.get_by_role("group", name="Question 2").get_by_role("button", name="Move up").click()
    desk.get_by_role("button", name="Save draft").click()

    expect(desk.get_by_text("Saved. It is not submitted yet")).to_be_visible()
    assert fresh(edition).text.fields["faqs"] == ["second-question", "first-question"]


@pytest.mark.parametrize("kind", ["pages/article", "pages/question", "pages/term", "references/reference"])
def test_the_form_fits_a_phone(desk: Page, kind: str) -> None:
    desk.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})

    desk.goto(f"/admin/{kind}/add/")

    expect(desk.get_by_role("button", name="Save draft")).to_be_in_viewport()
    assert desk.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    outside = "fields => fields.filter(f => f.getBoundingClientRect().right > innerWidth - 8).map(f => f.name)"
    assert desk.locator(".form-row :is(input, textarea, select):visible").evaluate_all(outside) == []


def test_who_signs_in_again_on_another_page_goes_on_typing_and_saves(desk: Page, cast: Cast) -> None:
    edition = draft(cast, "term")
    desk.goto(f"/admin/pages/term/{edition.document_id}/change/")
    desk.context.clear_cookies(name="sessionid")
    elsewhere = desk.context.new_page()
    elsewhere.goto("/admin/")
    elsewhere.get_by_label("User name or e-mail address").fill("editor")
    elsewhere.get_by_label("Password").fill(PASSWORD)
    elsewhere.get_by_role("button", name="Sign in", exact=True).click()

    desk.get_by_label("Definition", exact=True).fill("Half an hour of typing.")
    expect(desk.get_by_text("Your typing was kept at")).to_be_visible()
    desk.get_by_role("button", name="Save draft").click()

    expect(desk.get_by_text("Saved. It is not submitted yet")).to_be_visible()
    assert fresh(edition).text.fields["definition"] == "Half an hour of typing."
