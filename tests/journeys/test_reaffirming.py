"""A reviewer between two clinics signs that an overdue page needs no change, and readers see it at once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from alstrom_site.editorial.models import Document
from tests.cast import Cast
from tests.conftest import ContextMaker
from tests.documents import path_of, published
from tests.journeys.people_at_work import sign_and_record, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

NO_CHANGE = "Reviewed, no change needed"


def test_an_overdue_page_is_reaffirmed_and_is_overdue_no_more(cast: Cast, new_context: ContextMaker) -> None:
    document = published(cast, "term", at=timezone.now() - timedelta(days=800)).document
    reader, reviewer = new_context().new_page(), new_context().new_page()
    reader.goto(path_of(document))
    expect(reader.get_by_role("main")).to_contain_text("It was due to be looked at again")

    sign_in(reviewer, cast.reviewer)
    reviewer.goto(f"/admin/documents/{document.pk}/")
    reviewer.get_by_role("link", name=NO_CHANGE).first.click()
    expect(reviewer.get_by_role("heading", name=NO_CHANGE, level=1)).to_be_visible()
    nothing_typed_is_lost_while_a_statement_is_open(reviewer)
    tick_all(reviewer)
    sign_and_record(reviewer)
    expect(reviewer.get_by_text("Your signature is in the record.")).to_be_visible()

    reader.reload()
    expect(reader.get_by_role("main")).not_to_contain_text("It was due to be looked at again")
    expect(reader.get_by_role("main")).to_contain_text(cast.reviewer.display_name)
    due = Document.objects.get(pk=document.pk).review_due_on
    assert due is not None
    assert due > timezone.now().date()


def nothing_typed_is_lost_while_a_statement_is_open(page: Page) -> None:
    page.get_by_label("Comment").fill("Checked again for this test.")
    sign_and_record(page)
    expect(page.get_by_text("Tick every statement to sign.").first).to_be_visible()
    expect(page.get_by_label("Comment")).to_have_value("Checked again for this test.")


def tick_all(page: Page) -> None:
    for box in page.get_by_role("group", name="All of this is true").get_by_role("checkbox").all():
        box.check()
