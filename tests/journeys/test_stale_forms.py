"""Two people at one text, each at a browser: who comes second is refused kindly, and nothing they typed is lost."""

import pytest
from playwright.sync_api import Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.models import Document, Edition, Event, Review, Revision
from tests.cast import NOW, Cast
from tests.conftest import ContextMaker
from tests.documents import STEP, approved, draft, fresh, in_review, signed, submitted
from tests.journeys.people_at_work import take_step, type_password
from tests.journeys.writing_page import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + 5 * STEP


@pytest.fixture
def enter(new_context: ContextMaker, live_server: LiveServer) -> "Entrance":
    """Opens the page of the one term for somebody, at a browser of their own."""
    return Entrance(new_context, live_server)


class Entrance:
    """Makes browsers with somebody signed in."""

    def __init__(self, new_context: ContextMaker, server: LiveServer) -> None:
        """Nobody has entered yet."""
        self._new_context, self._server = new_context, server

    def __call__(self, person: User, *path: str) -> Page:
        """Return a page at the term, after following the links of these names from there."""
        page = signed_in(self._new_context(), person, self._server).new_page()
        page.goto(document_url(Document.objects.get(kind="term")))
        for name in path:
            before = page.url
            page.get_by_role("link", name=name, exact=True).click()
            expect(page).not_to_have_url(before)
        return page


def counted() -> tuple[int, int, int]:
    """Return how many events, texts and reviews the record holds."""
    return Event.objects.count(), Revision.objects.count(), Review.objects.count()


def somebody_else_saves(cast: Cast, edition: Edition) -> None:
    """Another editor saves another text, taking the edition back where that is needed."""
    content = {**edition.text.fields, "definition": "A word by somebody else."}
    take_back = edition.status in {"in review", "approved"}
    actions.save(edition, content, by=cast.second_editor, at=LATER, seen=edition.text.digest, take_back=take_back)


def pressing(page: Page, name: str) -> Response:
    """Press the button of this name and return the answer to the form; the editor's previews are sent too."""
    with page.expect_response(is_of_a_form) as answered:
        page.get_by_role("button", name=name).click()
    return answered.value


def is_of_a_form(response: Response) -> bool:
    """Whether it answers a form that was sent, and not a script."""
    return response.request.method == "POST" and response.request.is_navigation_request()


def test_a_stale_submission_is_refused_and_shows_what_changed(cast: Cast, enter: Entrance) -> None:
    edition = draft(cast, "term")
    page = enter(cast.editor)
    somebody_else_saves(cast, edition)
    before = counted()

    page.get_by_text("Submit for review…").click()
    answer = pressing(page, "Submit for review now")

    assert answer.status == 409
    expect(page.get_by_role("alert")).to_contain_text("Not done: submit")
    expect(page.get_by_role("alert").get_by_role("insertion").filter(has_text="by somebody else")).to_be_visible()
    assert (counted(), fresh(edition).status) == (before, "draft")


def test_a_stale_publication_is_refused_though_the_text_of_now_is_approved(cast: Cast, enter: Entrance) -> None:
    edition = approved(cast, "term")
    page = enter(cast.publisher)
    somebody_else_saves(cast, edition)
    now = submitted(cast, fresh(edition), at=LATER)
    signed(cast, now, at=LATER)
    before = counted()

    page.get_by_text("Publish…", exact=True).click()
    answer = pressing(page, "Publish now")

    assert answer.status == 409
    expect(page.get_by_role("alert")).to_contain_text("Nothing was written.")
    assert (counted(), fresh(edition).status) == (before, "approved")
    there = page.goto("/glossary/sample-term/")
    assert there is not None
    assert there.status == 404


def test_a_stale_approval_is_refused_with_the_comment_given_back_and_no_verdict_chosen(
    cast: Cast, enter: Entrance
) -> None:
    edition = in_review(cast, "term")
    page = enter(cast.reviewer, "Review this text")
    fill_in_an_approval(page, "I checked every source of this text.")
    somebody_else_saves(cast, edition)
    actions.submit(fresh(edition), by=cast.second_editor, at=LATER, seen=fresh(edition).text.digest)
    before = counted()

    answer = pressing(page, "Sign and record")

    assert answer.status == 409
    expect(page.get_by_role("alert")).to_contain_text("Not done: approve")
    expect(page.get_by_role("textbox", name="Comment")).to_have_value("I checked every source of this text.")
    expect(page.get_by_role("radio", name="Approve")).not_to_be_checked()
    for box in page.get_by_role("checkbox").all():
        expect(box).not_to_be_checked()
    assert (counted(), fresh(edition).status) == (before, "in review")


def test_a_stale_save_is_refused_with_every_word_given_back(cast: Cast, enter: Entrance) -> None:
    edition = draft(cast, "term")
    page = enter(cast.editor, "Edit")
    typed = "My own words,\n\nwith an empty line & <angle brackets>."
    page.get_by_label("Definition", exact=True).fill(typed)
    page.get_by_label("Other names", exact=True).fill("One name\nanother name")
    somebody_else_saves(cast, edition)
    before = counted()

    answer = pressing(page, "Save draft")

    assert answer.status == 409
    expect(page.get_by_role("alert")).to_contain_text("somebody else saved meanwhile")
    expect(page.get_by_label("Definition", exact=True)).to_have_value(typed)
    expect(page.get_by_label("Other names", exact=True)).to_have_value("One name\nanother name")
    assert counted() == before
    assert fresh(edition).text.fields["definition"] == "A word by somebody else."


def test_two_reviewers_sign_one_text_once_and_the_second_is_told_who_did(cast: Cast, enter: Entrance) -> None:
    edition = in_review(cast, "term")
    first, second = (enter(each, "Review this text") for each in (cast.reviewer, cast.second_reviewer))
    for page, words in ((first, "Signed first."), (second, "I came second.")):
        fill_in_an_approval(page, words)

    pressing(first, "Sign and record")
    expect(first.get_by_text("You approved edition 1.")).to_be_visible()
    before = counted()
    answer = pressing(second, "Sign and record")

    assert answer.status == 409
    expect(second.get_by_role("alert")).to_contain_text("Test reviewer approved edition 1")
    expect(second.get_by_role("alert")).to_contain_text("Nothing was written.")
    expect(second.get_by_text("I came second.")).to_be_visible()
    assert counted() == before
    assert [review.reviewer for review in Review.objects.filter(edition=edition)] == [cast.reviewer]


@pytest.mark.parametrize(
    ("make", "who", "button", "told"),
    [
        (draft, "editor", "Submit for review", "You submitted edition 1 already. It was done once."),
        (approved, "publisher", "Publish", "You published edition 1 already. It was done once."),
    ],
)
def test_a_step_sent_twice_from_two_tabs_is_taken_once(
    cast: Cast, enter: Entrance, make: object, who: str, button: str, told: str
) -> None:
    assert callable(make)
    make(cast, "term")
    tab = enter(getattr(cast, who))
    other = tab.context.new_page()
    other.goto(tab.url)

    take_step(tab, button)
    before = counted()
    take_step(other, button)

    expect(other.get_by_text(told)).to_be_visible()
    expect(other.get_by_role("alert")).to_be_hidden()
    assert counted() == before


def test_an_approval_sent_twice_from_two_tabs_is_one_review(cast: Cast, enter: Entrance) -> None:
    in_review(cast, "term")
    tab = enter(cast.reviewer, "Review this text")
    other = tab.context.new_page()
    other.goto(tab.url)
    for page in (tab, other):
        fill_in_an_approval(page, "")

    pressing(tab, "Sign and record")
    before = counted()
    pressing(other, "Sign and record")

    expect(other.get_by_text("You approved edition 1 already. It was done once.")).to_be_visible()
    assert counted() == before


def test_a_save_sent_twice_from_two_tabs_makes_one_text(cast: Cast, enter: Entrance) -> None:
    draft(cast, "term")
    tab = enter(cast.editor, "Edit")
    other = tab.context.new_page()
    other.goto(tab.url)
    for page in (tab, other):
        page.get_by_label("Definition", exact=True).fill("The same new words.")

    pressing(tab, "Save draft")
    before = counted()
    pressing(other, "Save draft")

    expect(other.get_by_text("Nothing changed: this is the text that was there already.")).to_be_visible()
    assert counted() == before


def fill_in_an_approval(page: Page, comment: str) -> None:
    """Choose approval, tick every statement, and comment."""
    page.get_by_role("radio", name="Approve").check()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("textbox", name="Comment").fill(comment)
    type_password(page)
