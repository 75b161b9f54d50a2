"""A page is withdrawn by two people at their browsers, and readers are told so."""

import pytest
from playwright.sync_api import Page, expect

from alstrom_site.editorial.admin.addresses import document_url
from tests.cast import Cast
from tests.conftest import ContextMaker
from tests.documents import fresh, published
from tests.journeys.people_at_work import sign_in
from tests.pages.axe.test_public_pages import EVERY_RULE, violations

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "Its second sentence no longer holds."


def test_an_editor_proposes_a_publisher_confirms_and_a_reader_is_told(
    cast: Cast, new_context: ContextMaker, page: Page
) -> None:
    edition = published(cast, "term")
    at_the_document = document_url(edition.document)

    editor = new_context().new_page()
    sign_in(editor, cast.editor)
    editor.goto(at_the_document)
    editor.get_by_role("link", name="Propose to withdraw").click()
    editor.get_by_label("Why?").fill(REASON)
    assert violations(editor, "tag", EVERY_RULE[:2]) == []
    editor.get_by_role("button", name="Propose to withdraw").click()
    expect(editor.get_by_text("You proposed to withdraw edition 1.")).to_be_visible()
    expect(editor.get_by_role("link", name="See your proposal, or take it back")).to_be_visible()

    publisher = new_context().new_page()
    sign_in(publisher, cast.publisher)
    publisher.goto(at_the_document)
    publisher.get_by_role("link", name="See the proposal").click()
    expect(publisher.get_by_text(REASON)).to_be_visible()
    assert violations(publisher, "tag", EVERY_RULE[:2]) == []
    publisher.get_by_role("button", name="Withdraw now, for this reason").click()
    expect(publisher.get_by_text("You withdrew edition 1.")).to_be_visible()

    page.goto("/glossary/sample-term/")
    expect(page.get_by_text("This page was withdrawn on")).to_be_visible()
    expect(page.get_by_text(f"Why it was withdrawn: {REASON}")).to_be_visible()
    assert violations(page, "tag", EVERY_RULE) == []
    assert fresh(edition).status == "withdrawn"
