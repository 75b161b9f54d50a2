"""The main job from the first word to the reader: written, sent back, changed, signed, published and read.

Every step is a click or a key; the only addresses typed are the front pages of the desk and of the site.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from alstrom_site.editorial.models import Document, Event
from tests.cast import Cast
from tests.conftest import PHONE, ContextMaker
from tests.documents import published
from tests.journeys.people_at_work import (
    put_picture,
    sign_and_record,
    sign_in,
    take_step,
    to_the_desk,
    type_into,
    waiting,
)

TITLE = "A page written in a browser"
BEFORE, AFTER = "The second statement is made up.", "The second statement is changed."
ALT = "A grey gradient made for a test"
COMMENT = "The second statement must say that it was changed."
CITATIONS = [
    "Sample AB. A made-up source for tests, first2001. J Test Fixt. 2001 Apr;7(2):10-2.",
    "Sample AB. A made-up source for tests, second2002. J Test Fixt. 2001 Apr;7(2):10-2.",
]
CHECKLIST = [
    "The cited sources support what the text says.",
    "The text is in plain language.",
    "Risks, limits and what is not known are stated.",
    "Nothing in the text identifies a person.",
]


@dataclass
class Desk:
    """Three people, each at a browser of their own."""

    editor: Page
    reviewer: Page
    publisher: Page


@pytest.fixture
def desk(new_context: ContextMaker, cast: Cast) -> Desk:
    """Everybody has signed in; two sources and a question are live already."""
    earlier = datetime.now(UTC) - timedelta(days=30)
    for key in ("first2001", "second2002"):
        published(cast, "reference", key=key, at=earlier)
    published(cast, "faq", slug="is-this-a-test", at=earlier)
    pages = [new_context().new_page() for _ in range(3)]
    for page, person in zip(pages, (cast.editor, cast.reviewer, cast.publisher), strict=True):
        sign_in(page, person)
    return Desk(*pages)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_an_article_goes_from_the_first_word_to_a_reader_by_clicking_alone(
    desk: Desk, new_context: ContextMaker, live_server: LiveServer
) -> None:
    an_editor_writes(desk.editor)
    what_is_missing_is_named_and_filled_in(desk.editor)
    take_step(desk.editor, "Submit for review")
    a_reviewer_reads_all_of_it(desk.reviewer)
    a_request_for_changes_needs_a_comment(desk.reviewer)
    the_editor_changes_one_sentence(desk.editor)
    take_step(desk.editor, "Submit for review")
    the_reviewer_sees_the_difference_alone(desk.reviewer)
    the_reviewer_signs(desk.reviewer)
    a_publisher_puts_it_live(desk.publisher)

    document = Document.objects.get(kind="article")
    for options in ({}, {"viewport": PHONE, "has_touch": True, "is_mobile": True}):
        a_stranger_reads(new_context(java_script_enabled=False, **options), document, live_server.url)
    verbs = Event.objects.filter(document=document).order_by("position").values_list("verb", flat=True)
    assert list(verbs) == [
        *("start", "revise", "submit", "request changes"),
        *("revise", "submit", "approve", "publish"),
    ]


def an_editor_writes(page: Page) -> None:
    page.get_by_role("link", name="New article").click()
    type_into(page, "Title", TITLE)
    type_into(page, "Summary", "A page made up for tests, by hand.")
    type_into(page, "Quick answer", "A short answer made up for tests.")
    type_into(page, "Body", f"## First part\n\nThe first statement is made up [@first2001].\n{BEFORE}\n\n")
    put_picture(page, "Body", ALT)
    type_into(page, "Body", "\n\n## Second part\n\nThe third one has a source too [@second2002].")
    page.get_by_role("button", name="Add question").click()
    page.get_by_role("group", name="Question 1").get_by_label("Question").fill("is-this-a-test")
    expect(page.get_by_role("group", name="Question 1").get_by_text("Is this a test?")).to_be_visible()
    page.get_by_role("button", name="Save and close").click()
    expect(page.get_by_role("heading", name=TITLE, level=1)).to_be_visible()


def what_is_missing_is_named_and_filled_in(page: Page) -> None:
    needs = page.get_by_role("region", name="Before it can be submitted")
    expect(needs).to_contain_text("User need is empty. Fill it in.")
    expect(page.get_by_text("Submit for review…")).to_be_hidden()
    needs.get_by_role("link", name="Go to the field").click()
    expect(page.get_by_label("User need", exact=True)).to_be_in_viewport()
    type_into(page, "User need", "As a test, I need a page, so that I can pass.")
    page.get_by_role("button", name="Save and close").click()
    expect(needs.get_by_text("Nothing is missing.")).to_be_visible()


def open_waiting(page: Page, wanted: str) -> None:
    """Go to the desk's front page and take up what is wanted of this person."""
    to_the_desk(page)
    item = waiting(page).get_by_role("listitem").filter(has_text=TITLE)
    item.get_by_role("link", name=wanted).click()


def a_reviewer_reads_all_of_it(page: Page) -> None:
    open_waiting(page, "Review this text")
    shown = page.get_by_role("region", name="The whole text, as readers will see it")
    expect(shown.get_by_text(BEFORE).first).to_be_visible()
    expect(shown.get_by_role("img", name=ALT)).to_be_visible()
    for citation in CITATIONS:
        expect(shown.get_by_text(citation)).to_be_visible()


def a_request_for_changes_needs_a_comment(page: Page) -> None:
    for verdict in ("Approve", "Request changes"):
        expect(page.get_by_role("radio", name=verdict)).not_to_be_checked()
    page.get_by_role("radio", name="Request changes").check()
    page.get_by_role("checkbox", name=CHECKLIST[1]).check()
    sign_and_record(page)

    comment = page.get_by_role("textbox", name="Comment")
    expect(comment).to_have_accessible_description("Say in a comment what has to change.")
    expect(page.get_by_role("radio", name="Request changes")).to_be_checked()
    expect(page.get_by_role("checkbox", name=CHECKLIST[1])).to_be_checked()
    comment.fill(COMMENT)
    sign_and_record(page)
    expect(page.get_by_text("You requested changes to edition 1.")).to_be_visible()


def the_editor_changes_one_sentence(page: Page) -> None:
    open_waiting(page, "Make the changes asked for")
    expect(page.get_by_role("article", name="Edition 1").get_by_text(COMMENT)).to_be_visible()
    page.get_by_role("link", name="Edit", exact=True).click()
    body = page.get_by_label("Body", exact=True)
    body.fill(body.input_value().replace(BEFORE, AFTER))
    page.get_by_role("button", name="Save and close").click()


def the_reviewer_sees_the_difference_alone(page: Page) -> None:
    open_waiting(page, "Review this text")
    changes = page.get_by_role("region", name="What changed")
    expect(changes.get_by_role("link", name="Since my last verdict")).to_have_attribute("aria-current", "true")

    expect(changes.get_by_role("heading", level=3)).to_have_text(["Body changed"])
    expect(changes.get_by_role("deletion").filter(visible=True)).to_have_text(["removed: made up (end of removed)"])
    expect(changes.get_by_role("insertion").filter(visible=True)).to_have_text(["added: changed (end of added)"])
    expect(changes.get_by_text(re.compile("^[0-9]+ unchanged fields$"))).to_be_visible()
    expect(changes.get_by_text("A short answer made up for tests.")).to_be_hidden()


def the_reviewer_signs(page: Page) -> None:
    page.get_by_role("radio", name="Approve").check()
    sign_and_record(page)
    expect(page.get_by_role("alert")).to_contain_text("Tick every statement to approve.")
    for statement in CHECKLIST:
        page.get_by_role("checkbox", name=statement).check()
    sign_and_record(page)
    expect(page.get_by_text("You approved edition 1.")).to_be_visible()


def a_publisher_puts_it_live(page: Page) -> None:
    open_waiting(page, "Publish")
    take_step(page, "Publish")
    expect(page.get_by_text("You published edition 1.")).to_be_visible()


def a_stranger_reads(context: Any, document: Document, site: str) -> None:
    requests: list[Request] = []

    def note(request: Request) -> None:
        requests.append(request)

    context.on("request", note)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name=TITLE).first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text([TITLE])
    expect(page.get_by_text(AFTER)).to_be_visible()
    picture = page.get_by_role("img", name=ALT)
    picture.scroll_into_view_if_needed()
    expect(picture).to_be_visible()
    expect(page.get_by_role("heading", name="Is this a test?", level=3)).to_be_visible()
    the_sources_lead_there_and_back(page)
    the_page_says_who_signed_it_and_when(page, document)
    assert context.cookies() == []
    assert [request.url for request in requests if not request.url.startswith(f"{site}/")] == []
    assert [each.url for each in requests if (answer := each.response()) is None or answer.status >= 400] == []
    page.close()


def the_sources_lead_there_and_back(page: Page) -> None:
    references = page.get_by_role("region", name="References")
    expect(references.locator("p")).to_have_text(CITATIONS)
    mark = page.get_by_role("link", name="Reference 2: Sample 2001")
    mark.click()
    expect(page).to_have_url(re.compile("#reference-2$"))
    source = references.get_by_role("listitem").filter(has_text=CITATIONS[1]).first
    expect(source).to_be_in_viewport()
    source.get_by_role("link", name="Place 1").click()
    expect(page).to_have_url(re.compile("#citation-2$"))
    expect(mark).to_be_in_viewport()


def the_page_says_who_signed_it_and_when(page: Page, document: Document) -> None:
    about = page.get_by_role("complementary", name="About this page")
    expect(about).to_contain_text("Medical reviewer")
    expect(about).to_contain_text("Test reviewer")
    expect(about).to_contain_text("Test editor")
    assert document.last_reviewed_at is not None
    assert document.first_published_at is not None
    assert document.review_due_on is not None
    shown = {
        "Last reviewed": document.last_reviewed_at.date(),
        "Next review due": document.review_due_on,
        "First published": document.first_published_at.date(),
    }
    for label, day in shown.items():
        expect(about).to_contain_text(f"{label} {spelled(day)}")
    about.scroll_into_view_if_needed()
    expect(about).to_be_in_viewport()


def spelled(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
