"""Two stories in a browser: a review with comments, and an expert from outside who answers by a link."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from alstrom_site.editorial.models import Edition, Review
from tests.cast import Cast
from tests.conftest import PHONE, ContextMaker
from tests.documents import fresh, in_review
from tests.journeys.people_at_work import sign_and_record, sign_in, to_the_desk, waiting

FIRST = "The first statement is made up."
BODY = "## First part\n\nThe **first** statement is made up [@sample2001].\n\nThe second statement is made up too.\n"
IN_THE_SOURCE = "The **first** statement is made up [@sample2001]."
SECOND = "The second statement is made up too."
DOUBT = "Does the source say so?"
ADVICE = "The second statement is too sure of itself."
BLOCKED = f"“{DOUBT}” (Test second reviewer) must be fixed"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """An article that waits for its review."""
    return in_review(cast, "article", body=BODY, at=datetime.now(UTC) - timedelta(days=3))


def test_what_must_be_fixed_holds_the_approval_up_until_it_is_resolved(
    edition: Edition, cast: Cast, new_context: ContextMaker
) -> None:
    doubter, reviewer, editor = (new_context().new_page() for _ in range(3))
    for page, person in ((doubter, cast.second_reviewer), (reviewer, cast.reviewer), (editor, cast.editor)):
        sign_in(page, person)

    a_reviewer_selects_a_passage_and_comments(doubter)
    another_one_cannot_approve(reviewer)
    the_editor_answers_and_cannot_resolve(editor, edition)
    the_reviewer_resolves(doubter)
    open_review(reviewer)
    approve(reviewer)

    expect(reviewer.get_by_text("You approved edition 1.")).to_be_visible()
    assert fresh(edition).status == "approved"


def open_review(page: Page) -> None:
    to_the_desk(page)
    waiting(page).get_by_role("link", name="Review this text").click()


def a_reviewer_selects_a_passage_and_comments(page: Page) -> None:
    open_review(page)
    shown = page.get_by_role("region", name="The whole text, as readers will see it")
    button = page.get_by_role("button", name="Comment on the selected words")
    expect(button).to_be_hidden()
    shown.get_by_role("paragraph").filter(has_text="The first statement").select_text()
    button.click()

    expect(page.get_by_label("Your comment").first).to_be_focused()
    expect(page.get_by_label("Words that you comment on").first).to_have_value(FIRST)
    page.keyboard.type(DOUBT)
    page.get_by_role("checkbox", name="Must be fixed before approval").first.check()
    page.get_by_role("button", name="Comment", exact=True).first.click()

    comments = page.get_by_role("region", name="Comments", exact=True)
    expect(comments.locator("mark")).to_have_text(IN_THE_SOURCE)
    thread = comments.get_by_role("article", name="Comment 1 by Test second reviewer")
    expect(thread).to_contain_text("Must be fixed")
    thread.get_by_role("link", name="Show it in the text").click()
    expect(page.get_by_role("link", name="Comment 1 begins here")).to_be_in_viewport()
    page.get_by_role("link", name="Comment 1 begins here").click()
    expect(thread).to_be_in_viewport()


def another_one_cannot_approve(page: Page) -> None:
    open_review(page)
    needs = page.get_by_role("region", name="Requirements")
    expect(needs).to_contain_text(BLOCKED)
    approve(page)
    expect(page.get_by_role("alert")).to_contain_text(BLOCKED)
    page.get_by_role("alert").get_by_role("link", name="Go to the comments").click()
    expect(page.get_by_role("heading", name="Comments", exact=True)).to_be_in_viewport()
    assert not Review.objects.filter(edition__document__kind="article").exists()


def approve(page: Page) -> None:
    page.get_by_role("radio", name="Approve").check()
    for box in page.get_by_role("group", name="To approve, all of this must be true").get_by_role("checkbox").all():
        box.check()
    sign_and_record(page)


def the_editor_answers_and_cannot_resolve(page: Page, edition: Edition) -> None:
    page.goto(f"/admin/documents/{edition.document_id}/")
    thread = page.get_by_role("article", name="Comment 1 by Test second reviewer")
    thread.get_by_text("Answer comment 1").click()
    expect(thread.get_by_role("button", name="Resolve")).to_have_count(0)
    thread.get_by_label("Your answer").fill("It does, on its second page.")
    thread.get_by_role("button", name="Answer").click()
    expect(thread).to_contain_text("Test editor answered")


def the_reviewer_resolves(page: Page) -> None:
    page.reload()
    thread = page.get_by_role("article", name="Comment 1 by Test second reviewer")
    expect(thread).to_contain_text("It does, on its second page.")
    thread.get_by_text("Answer or resolve").click()
    thread.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("The comment is resolved.")).to_be_visible()
    expect(page.get_by_text("Requirements")).to_be_visible()
    expect(page.get_by_role("region", name="Requirements")).to_contain_text("Nothing is missing.")


def test_an_expert_from_outside_answers_by_a_link_until_it_is_revoked(
    edition: Edition, cast: Cast, new_context: ContextMaker
) -> None:
    editor = new_context().new_page()
    sign_in(editor, cast.editor)
    path = the_editor_makes_a_link(editor, edition)
    outside = new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    guest = outside.new_page()

    the_guest_reads_and_advises(guest, path)
    assert outside.cookies() == []
    the_desk_sees_the_advice(editor, edition)
    the_editor_revokes_the_link(editor, edition)

    answer = guest.goto(path)
    assert answer is not None
    assert answer.status == 410
    expect(guest.get_by_role("heading", level=1)).to_have_text("This link does not work")
    expect(guest.get_by_text("Sample article")).to_have_count(0)


def test_a_guest_without_javascript_copies_the_words(edition: Edition, cast: Cast, new_context: ContextMaker) -> None:
    editor = new_context().new_page()
    sign_in(editor, cast.editor)
    path = the_editor_makes_a_link(editor, edition)
    guest = new_context(java_script_enabled=False).new_page()
    guest.goto(path)

    guest.get_by_label("The words that you comment on").fill(SECOND)
    send_advice(guest)

    expect(guest.get_by_text("The desk has your comment.")).to_be_visible()
    expect(guest.get_by_role("blockquote").filter(has_text=SECOND)).to_be_visible()


def the_editor_makes_a_link(page: Page, edition: Edition) -> str:
    page.goto(f"/admin/documents/{edition.document_id}/")
    page.get_by_role("link", name="Share a text, see and revoke links").click()
    page.get_by_label("Name of the guest").fill("Test Guest")
    page.get_by_label("What you ask them").fill("Is the second statement clear?")
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Address", exact=True).input_value()
    return "/shared/" + address.split("/shared/")[1]


def the_guest_reads_and_advises(page: Page, path: str) -> None:
    page.goto(path)
    expect(page.get_by_role("note")).to_contain_text("Draft.")
    expect(page.get_by_text("Is the second statement clear?")).to_be_visible()
    page.get_by_role("paragraph").filter(has_text=SECOND).select_text()
    page.get_by_role("button", name="Comment on the selected words").click()
    expect(page.get_by_label("The words that you comment on")).to_have_value(SECOND)
    page.get_by_role("button", name="Send to the desk").click()
    expect(page.get_by_role("alert")).to_contain_text("Write your comment.")
    expect(page.get_by_label("The words that you comment on")).to_have_value(SECOND)
    send_advice(page)
    expect(page.get_by_text("The desk has your comment.")).to_be_visible()


def send_advice(page: Page) -> None:
    page.get_by_label("Your comment or advice").fill(ADVICE)
    page.get_by_label("Your name").fill("Test Guest")
    page.get_by_label("Your role").fill("Test adviser")
    page.get_by_role("button", name="Send to the desk").click()


def the_desk_sees_the_advice(page: Page, edition: Edition) -> None:
    page.goto(f"/admin/documents/{edition.document_id}/")
    thread = page.get_by_role("article", name="Comment 1 by Test Guest")
    expect(thread).to_contain_text("Test adviser, outside expert")
    expect(thread).to_contain_text(ADVICE)
    expect(page.get_by_text("Said by Test Guest, an outside expert")).to_be_visible()
    assert not Review.objects.filter(edition=edition).exists()


def the_editor_revokes_the_link(page: Page, edition: Edition) -> None:
    page.get_by_role("link", name="Share a text, see and revoke links").click()
    link = page.get_by_role("article", name="Test Guest")
    expect(link).to_contain_text("Used 2 times")
    link.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("The link is revoked.")).to_be_visible()
    expect(link.get_by_role("button", name="Revoke")).to_have_count(0)
