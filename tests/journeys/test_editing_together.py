"""Typing that outlives its browser, people who meet in one text, and an urgent fix: in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, Edition, Event, Revision, WorkingCopy
from tests.cast import NOW, Cast
from tests.conftest import PHONE, ContextMaker
from tests.documents import STEP, draft, fresh, made_live, next_edition, published, signed
from tests.journeys.people_at_work import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

KEPT_WITHIN = 6_000
BEAT = 20_000


@pytest.fixture
def enter(new_context: ContextMaker) -> "Entrance":
    """Opens a page of a document for somebody, at a browser of their own."""
    return Entrance(new_context)


class Entrance:
    """Makes browsers with somebody signed in."""

    def __init__(self, new_context: ContextMaker) -> None:
        """Nobody has entered yet."""
        self._new_context = new_context

    def __call__(self, person: User, document: Document, page_of_it: str = "change", **options: Any) -> Page:
        """Return a page of the document, in a new browser."""
        page = self._new_context(**options).new_page()
        sign_in(page, person)
        page.goto(f"/admin/pages/{document.kind}/{document.pk}/{page_of_it}/")
        return page


def test_typing_outlives_the_browser_it_was_typed_in(cast: Cast, enter: Entrance) -> None:
    edition = draft(cast, "term")
    before = Revision.objects.count(), Event.objects.count()
    page = enter(cast.editor, edition.document)
    page.get_by_label("Definition", exact=True).click()
    page.get_by_label("Definition", exact=True).press("Control+End")
    page.keyboard.type(" And words that nobody saved.")
    expect(page.get_by_text("Your typing was kept at")).to_be_visible(timeout=KEPT_WITHIN)
    page.context.close()

    page = enter(cast.editor, edition.document)
    expect(page.get_by_role("heading", name="that was not saved")).to_be_visible()
    expect(page.get_by_role("insertion").filter(has_text="nobody saved")).to_be_visible()
    assert (Revision.objects.count(), Event.objects.count()) == before
    page.get_by_role("link", name="Restore it").click()
    expect(page.get_by_label("Definition", exact=True)).to_have_value("A word for tests. And words that nobody saved.")
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_text("Saved. It is not submitted yet")).to_be_visible()
    assert fresh(edition).text.fields["definition"] == "A word for tests. And words that nobody saved."
    page.reload()
    expect(page.get_by_label("Definition", exact=True)).to_be_visible()


def test_what_was_typed_a_moment_before_the_page_is_left_is_kept(cast: Cast, enter: Entrance) -> None:
    edition = draft(cast, "term")
    page = enter(cast.editor, edition.document)

    page.get_by_label("Definition", exact=True).fill("Typed and left at once.")
    page.get_by_role("link", name="Leave without saving").click()
    expect(page.get_by_role("heading", name="What you can do now")).to_be_visible()
    page.goto(f"/admin/pages/term/{edition.document_id}/change/")

    expect(page.get_by_role("insertion").filter(has_text="left at once")).to_be_visible()
    page.get_by_text("Discard it…").click()
    page.get_by_role("button", name="Discard it for good").click()
    expect(page.get_by_label("Definition", exact=True)).to_have_value("A word for tests.")
    assert not WorkingCopy.objects.exclude(form={}).exists()


def test_two_people_in_one_text_see_each_other_come_and_leave(cast: Cast, enter: Entrance) -> None:
    edition = draft(cast, "term")
    first = enter(cast.editor, edition.document)
    expect(first.get_by_text("is in this document now.")).to_be_hidden()

    second = enter(cast.second_editor, edition.document)

    expect(second.get_by_text("Test editor is in this document now.")).to_be_visible()
    come_back(first)
    expect(first.get_by_text("Test second editor is in this document now.")).to_be_visible()
    second.context.close()
    come_back(first)
    expect(first.get_by_text("is in this document now.")).to_be_hidden(timeout=BEAT)


def come_back(page: Page) -> None:
    """Look at another tab and then at this one again; the next beat by itself would take a quarter of a minute."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.parametrize("on", ["desk", "phone"])
def test_a_save_over_another_save_is_merged_and_settled_on_one_page(cast: Cast, enter: Entrance, on: str) -> None:
    edition = draft(cast, "term", definition="First here.\n\nSecond there.")
    options: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if on == "phone" else {}
    page = enter(cast.editor, edition.document, **options)
    theirs = {**edition.text.fields, "definition": "First here, by them.\n\nSecond there, by them."}
    actions.save(edition, theirs, by=cast.second_editor, at=NOW + STEP, seen=edition.text.digest)

    page.get_by_label("Definition", exact=True).fill("First here, by me.\n\nSecond there.\n\nThird, by me.")
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_role("alert").first).to_contain_text("somebody else saved meanwhile")
    place = page.get_by_role("group", name="Definition")
    expect(place.get_by_role("insertion").filter(has_text="by me")).to_be_visible()
    expect(place.get_by_role("insertion").filter(has_text="by them")).to_be_visible()
    if on == "phone":
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    place.get_by_role("radio", name="Theirs").check()
    page.get_by_role("button", name="Save the merged text").click()

    expect(page.get_by_text("Saved. It is not submitted yet")).to_be_visible()
    assert fresh(edition).text.fields["definition"] == "First here, by them.\n\nSecond there, by them.\n\nThird, by me."


def test_an_urgent_fix_goes_live_and_the_draft_takes_it_over_and_goes_live_too(cast: Cast, enter: Entrance) -> None:
    live = published(cast, "term", definition="First here.\n\nSecond there.")
    slow = next_edition(
        cast, live.document, at=NOW + 9 * STEP, definition="First here, slowly rewritten.\n\nSecond there."
    )
    writer = enter(cast.second_editor, live.document, "standing")

    writer.get_by_role("link", name="Begin an urgent fix").click()
    writer.get_by_role("button", name="Begin the urgent fix").click()
    expect(writer.get_by_text("Edition 3, an urgent fix")).to_be_visible()
    writer.get_by_label("Definition", exact=True).fill("First here.\n\nSecond there, put right.")
    writer.get_by_role("button", name="Save and close").click()
    submit(writer, "Major", "The second paragraph was wrong and is put right.")
    sign_and_publish(cast, urgent_of(live.document))

    assert fresh(slow).is_behind
    writer.goto(f"/admin/pages/term/{live.document_id}/standing/")
    writer.get_by_role("link", name="Bring edition 2 up to date").click()
    expect(writer.get_by_role("insertion").filter(has_text="put right").first).to_be_visible()
    writer.get_by_role("button", name="Bring it up to date").click()
    expect(writer.get_by_text("Edition 2 is a draft that holds what went live.")).to_be_visible()
    submit(writer, "Minor", "")
    sign_and_publish(cast, fresh(slow))

    now = fresh(slow)
    assert now.text.fields["definition"] == "First here, slowly rewritten.\n\nSecond there, put right."
    assert (now.status, now.document.live_edition) == ("published", now)


def submit(page: Page, change: str, note: str) -> None:
    """Submit the edition that the page is about, saying what the change means."""
    page.get_by_role("link", name="Submit for review", exact=True).click()
    page.get_by_role("radio", name=change).check()
    page.get_by_label("What readers are told").fill(note)
    page.get_by_role("button", name="Submit for review now").click()
    expect(page.get_by_text("You submitted edition")).to_be_visible()


def urgent_of(document: Document) -> Edition:
    """Return the urgent fix that is open."""
    found = Document.objects.get(pk=document.pk).urgent_edition
    assert found is not None
    return found


def sign_and_publish(cast: Cast, edition: Edition) -> None:
    """Let the reviewer and the publisher do their part; their screens have journeys of their own."""
    made_live(cast, signed(cast, edition, at=NOW + 20 * STEP), at=NOW + 21 * STEP)
