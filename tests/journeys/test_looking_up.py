"""An editor pastes ten PMIDs, sees ten references as PubMed has them, and has ten drafts."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from alstrom_site.editorial.models import Document
from tests.cast import Cast
from tests.journeys.people_at_work import sign_in
from tests.pages.axe.test_public_pages import EVERY_RULE, violations
from tests.references.lookup.played import Played, played, pubmed_record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def servers(settings: Any) -> Iterator[Played]:
    """PubMed, played on this machine, with ten works and one that is there in two spellings."""
    with played() as script:
        for name, value in script.settings().items():
            setattr(settings, name, value)
        script.pubmed = {str(n): pubmed_record(str(n), doi=f"10.1000/made-up.{n}") for n in range(101, 111)}
        yield script


def test_ten_pmids_become_ten_drafts(cast: Cast, page: Page, servers: Played) -> None:
    sign_in(page, cast.editor)
    page.get_by_role("link", name="Bibliography entries").click()
    page.get_by_role("link", name="Look up", exact=True).click()
    pasted = [
        "PMID: 101",
        "102, 103; 104",
        "https://pubmed.ncbi.nlm.nih.gov/105/",
        "106 107 108",
        "109",
        "pmid 110",
        "999",
    ]
    page.get_by_label("PMIDs, DOIs or PMCIDs").fill("\n".join(pasted))
    page.get_by_role("button", name="Look up").click()

    expect(page.get_by_role("checkbox")).to_have_count(10)
    expect(page.get_by_text("PMID 999: PubMed does not have it.")).to_be_visible()
    page.get_by_role("checkbox", name="number 101").uncheck()
    assert violations(page, "tag", EVERY_RULE[:2]) == []
    page.get_by_role("button", name="Add 9 references as drafts").click()
    expect(page.get_by_text("9 drafts are begun.")).to_be_visible()
    page.get_by_role("checkbox", name="number 101").check()
    page.get_by_role("button", name="Add 1 reference as a draft").click()
    expect(page.get_by_text("1 draft is begun.")).to_be_visible()

    assert Document.objects.of_kind("reference").count() == 10
    page.get_by_role("link", name=re.compile("^sampleb2001")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("A work made up for tests")
