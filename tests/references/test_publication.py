"""The public page of a bibliography entry."""

import re

import pytest
from django.test import Client

from alstrom_site.editorial import projection
from alstrom_site.editorial.models import Edition, PublishedPage
from tests.cast import Cast
from tests.documents import draft, published


def page_of(edition: Edition) -> PublishedPage:
    return PublishedPage.objects.get(document=edition.document_id)


def html_of(edition: Edition) -> str:
    return bytes(page_of(edition).body).decode()


def test_it_shows_the_whole_entry_with_its_date_as_precise_as_it_is_known(cast: Cast) -> None:
    html = html_of(published(cast, issued="2002-10/2002-12", epub="2002-09-04", notes=["Review."]))

    assert "J Test Fixt. 2002 Oct-Dec;7(2):10-2. Epub 2002 Sep 4. Review." in html
    assert re.search(r"<dt>Published</dt>\s*<dd>October to December 2002</dd>", html)
    assert '<time datetime="2002-09-04">4 September 2002</time>' in html
    assert "<dd>Review.</dd>" in html


def test_the_citation_that_readers_copy_names_the_retraction_and_the_list_that_marks_it_does_not(cast: Cast) -> None:
    notice = {"type": "RetractionIn", "pmid": "", "doi": "", "text": "J Test. 2010 Jan;1(1):2"}
    entry = published(cast, epub="", notes=[], notices=[notice])

    copied = re.search(r'<p class="citation-box__text">(.*?)</p>', html_of(entry))

    assert copied
    assert copied[1].endswith(" Retraction in: J Test. 2010 Jan;1(1):2.")
    assert "Retraction in" not in page_of(entry).listing["card"]["html"]


def test_it_leads_to_the_work_by_each_of_its_identifiers(cast: Cast) -> None:
    html = html_of(published(cast, PMID="12345678", PMCID="PMC123", DOI="10.1000/182"))

    assert re.findall(r'<a href="([^"]+)" rel="external">', html)[:3] == [
        "https://pubmed.ncbi.nlm.nih.gov/12345678/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC123/",
        "https://doi.org/10.1000/182",
    ]


def test_it_names_every_live_page_whose_own_text_cites_it(cast: Cast) -> None:
    source = published(cast, key="cited2001")
    published(cast, "faq", slug="why-so", answer="So [@cited2001]. And so [@cited2001].")
    published(cast, "term", slug="word", definition="A word [@cited2001].")
    published(cast, "article", faqs=["why-so"])
    draft(cast, "faq", slug="unsigned", answer="So [@cited2001].")
    projection.rebuild()

    html = html_of(source)

    assert re.findall(r'<a href="(/(?:questions|glossary)/[^"]+/|/sample-article/)">', html) == [
        "/questions/why-so/",
        "/glossary/word/",
    ]
    assert page_of(source).listing["card"]["cited_on"] == 2


@pytest.mark.parametrize("key", ["doi:10.1000/a", "a?b", "a#b", "a%b", "a&b", "a<b", "a+b"])
def test_a_key_with_any_mark_that_is_allowed_has_a_page_that_links_lead_to(
    cast: Cast, client: Client, key: str
) -> None:
    published(cast, key=key)
    html = client.get("/bibliography/").content.decode()

    (address,) = re.findall(r'<a href="(/bibliography/[^"]+/)"', html)

    response = client.get(address.replace("&amp;", "&"))
    assert response.status_code == 200
    assert f"<code>{key.replace('&', '&amp;').replace('<', '&lt;')}</code>" in response.content.decode()


def test_a_very_long_title_is_kept_whole_on_the_page_and_cut_in_lists(cast: Cast) -> None:
    title = "Word " * 190 + "end"

    edition = published(cast, title=title)

    assert title in html_of(edition)
    assert len(page_of(edition).title) <= 300
    assert page_of(edition).title.endswith("Word …")


def test_hostile_text_in_an_entry_is_shown_as_text(cast: Cast) -> None:
    edition = published(cast, title="<script>alert(1)</script>", author=[{"literal": "<b>Test</b>"}])

    html = html_of(edition)

    assert "<script>alert" not in html
    assert "<b>Test" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
