"""A paper is retracted: the desk is warned, what rests on it stands in the queue, and readers see it at once."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alstrom_site.editorial.models import Document
from tests.cast import Cast, make_cast
from tests.documents import published
from tests.journeys.people_at_work import sign_in
from tests.references.watching.test_retraction_watch import HEADER, row

pytestmark = pytest.mark.django_db(transaction=True)

CLAIM = "A claim made up for tests that rests on it [@retracted2001]."


def an_article_that_rests_on_it(cast: Cast) -> Document:
    """Return a live article, the work that it cites live too."""
    published(cast, key="retracted2001", DOI="10.1000/work")
    return published(cast, "article", body=CLAIM).document


def test_a_paper_is_retracted(page: Page, phone_page: Page, tmp_path: Path) -> None:
    cast = make_cast()
    article = an_article_that_rests_on_it(cast)
    file = tmp_path / "retraction_watch.csv"
    file.write_text("\n".join([HEADER, row()]), encoding="utf-8")
    sign_in(page, cast.editor)

    page.get_by_role("link", name="Bibliography entries").first.click()
    page.get_by_role("link", name="Watched works").click()
    page.get_by_label("The file “retraction_watch.csv”").set_input_files(file)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("status")).to_contain_text("retracted2001: Retracted 2010")
    expect(page.get_by_role("status")).to_contain_text("The file gives the work another title.")
    page.get_by_role("checkbox", name="retracted2001: Retracted 2010").check()
    page.get_by_role("button", name="Note what is ticked in your name").click()
    expect(page.get_by_role("status")).to_contain_text("What was noted")

    page.goto("/admin/")
    banner = page.get_by_role("region", name="What is known of a source has changed")
    expect(banner).to_contain_text("Retraction Watch: Retracted 2010.")
    banner.get_by_role("link", name="look again at what is flagged").click()
    page.get_by_role("link", name=article.title).click()
    expect(page.get_by_text(f"“{CLAIM}”").first).to_be_visible()

    for path in ("/sample-article/", "/bibliography/", "/bibliography/retracted2001/"):
        phone_page.goto(path)
        mark = phone_page.get_by_text("Retracted 2010, see the notice").first
        expect(mark).to_be_visible()
        expect(mark.get_by_role("link")).to_have_attribute("href", "https://doi.org/10.1000/notice1")
