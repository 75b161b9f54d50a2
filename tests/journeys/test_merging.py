"""Two entries of one work are found, compared and merged by two people at their browsers, and a reader sees one."""

import pytest
from playwright.sync_api import Page, expect

from alstrom_site.editorial import projection
from alstrom_site.editorial.models import Distinction
from tests.cast import Cast
from tests.conftest import ContextMaker
from tests.documents import draft, fresh, published
from tests.journeys.people_at_work import sign_in
from tests.pages.axe.test_public_pages import EVERY_RULE, violations

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "One made-up work that two people typed"
BODY = "A sentence made up for tests [@kept2001]. Another one [@gone2001]."


def propose_to_merge(editor: Page, cast: Cast) -> None:
    """Find the pair in the list, compare both, and propose that the one takes the other in."""
    sign_in(editor, cast.editor)
    editor.get_by_role("link", name="Bibliography entries", exact=True).click()
    editor.get_by_role("link", name="Alike").click()
    assert violations(editor, "tag", EVERY_RULE[:2]) == []
    editor.get_by_role("link", name="Compare kept2001 and gone2001").click()
    expect(editor.get_by_role("row", name="Issued")).to_contain_text("2002")
    assert violations(editor, "tag", EVERY_RULE[:2]) == []
    editor.get_by_label("Why are they the same?").fill("Both are of one made-up work.")
    editor.get_by_role("button", name="Propose to merge them").click()
    expect(editor.get_by_text("You proposed to merge them.")).to_be_visible()


def test_a_duplicate_is_found_compared_and_merged_and_readers_see_one_source(
    cast: Cast, new_context: ContextMaker, page: Page
) -> None:
    kept = published(cast, key="kept2001", title=TITLE)
    gone = published(cast, key="gone2001", title=f"{TITLE.upper()}", issued="2002", PMID="17940554")
    article = published(cast, "article", body=BODY)
    draft(cast, key="other2003", title="Another work", issued="2001", page="10-9")

    editor = new_context().new_page()
    propose_to_merge(editor, cast)

    publisher = new_context().new_page()
    sign_in(publisher, cast.publisher)
    publisher.goto(editor.url)
    expect(publisher.get_by_text("Test editor proposed this merge")).to_be_visible()
    publisher.get_by_role("button", name="Merge them now").click()
    expect(publisher.get_by_text("The key “gone2001” leads to “kept2001” from now on")).to_be_visible()

    editor.get_by_role("link", name="All pairs").click()
    editor.get_by_role("link", name="Compare").first.click()
    editor.get_by_role("button", name="They are not the same").click()
    expect(editor.get_by_text("Remembered: they are not the same work.")).to_be_visible()
    assert Distinction.objects.count() == 1

    projection.refresh_stale()
    page.goto("/sample-article/")
    expect(page.locator("#reference-1")).to_contain_text(TITLE)
    expect(page.locator("#reference-2")).to_have_count(0)
    page.goto("/bibliography/gone2001/")
    expect(page).to_have_url("/bibliography/kept2001/")
    expect(page.get_by_role("link", name="Sample article", exact=True)).to_be_visible()
    assert fresh(gone).status == "unpublished"
    assert fresh(article).text.fields["body"] == BODY
    assert fresh(kept).status == "published"
