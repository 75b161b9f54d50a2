"""What search engines read of an entry, and what its page shows of the rest."""

import json
import re
from typing import Any

import pytest

from alstrom_site.editorial.models import Edition, PublishedPage
from references.publication.scholarly import scholarly
from tests.cast import Cast
from tests.documents import published, reference_content


def html_of(edition: Edition) -> str:
    return bytes(PublishedPage.objects.get(document=edition.document_id).body).decode()


def entry(**fields: Any) -> dict[str, Any]:
    return reference_content(**{"epub": "", "DOI": "", "PMID": "", "PMCID": "", "notes": [], **fields})


def test_an_article_stands_in_its_issue_volume_and_periodical() -> None:
    made = scholarly(entry(ISSN=["0317-8471"], DOI="10.1000/182"))

    assert made["@type"] == "MedicalScholarlyArticle"
    assert made["datePublished"] == "2001-04"
    assert made["sameAs"] == ["https://doi.org/10.1000/182"]
    issue = made["isPartOf"]
    assert (issue["@type"], issue["issueNumber"]) == ("PublicationIssue", "2")
    assert (issue["isPartOf"]["@type"], issue["isPartOf"]["volumeNumber"]) == ("PublicationVolume", "7")
    assert issue["isPartOf"]["isPartOf"] == {
        "@type": "Periodical",
        "name": "Journal of Test Fixtures",
        "alternateName": "J Test Fixt",
        "issn": ["0317-8471"],
    }


def test_what_is_not_known_leaves_out_its_step() -> None:
    assert scholarly(entry(issue=""))["isPartOf"]["@type"] == "PublicationVolume"
    assert scholarly(entry(issue="", volume=""))["isPartOf"]["@type"] == "Periodical"
    assert scholarly(entry(container_title="", container_title_short=""))["isPartOf"] == {}
    assert scholarly(entry(type="chapter", container_title="A book"))["isPartOf"]["@type"] == "Book"


@pytest.mark.parametrize(
    ("fields", "whole"),
    [
        ({"type": "dataset"}, "DataCatalog"),
        ({"type": "software"}, "CreativeWork"),
        ({"type": "thesis"}, "CreativeWork"),
        ({"type": "report"}, "CreativeWork"),
        ({"type": "article", "volume": "", "issue": ""}, "CreativeWork"),
        ({"type": "article", "issue": ""}, "PublicationVolume"),
        ({"type": "paper-conference"}, "PublicationIssue"),
        ({"type": "paper-conference", "publisher": "Test Press"}, "Book"),
    ],
)
def test_a_work_stands_in_what_its_type_can_stand_in(fields: dict[str, str], whole: str) -> None:
    assert scholarly(entry(**fields))["isPartOf"]["@type"] == whole


@pytest.mark.parametrize(
    ("issued", "published_on"),
    [
        ("2002-10/2002-12", "2002"),
        ("2009-05-04/2009-05-08", "2009-05"),
        ("2005-21", "2005"),
        ("2002/2003", ""),
        ("2009-05-04", "2009-05-04"),
    ],
)
def test_a_season_or_a_range_tells_machines_what_is_sure(issued: str, published_on: str) -> None:
    assert scholarly(entry(issued=issued))["datePublished"] == published_on


def test_the_page_of_a_notice_says_what_it_is_and_leads_to_the_work(cast: Cast) -> None:
    notices = [
        {"type": "RetractionOf", "pmid": "7", "text": "J Test. 2001;1(1):1"},
        {"type": "CorrectedandRepublishedFrom", "doi": "10.1000/a"},
        {"type": "CommentIn", "text": "J Test. 2003"},
    ]

    html = html_of(published(cast, publication_types=["Journal Article", "Retraction Notice"], notices=notices))

    assert "<dt>Publication types</dt> <dd>Journal Article, Retraction Notice</dd>" in html
    work = '<a href="https://pubmed.ncbi.nlm.nih.gov/7/" rel="external">J Test. 2001;1(1):1</a>'
    assert f"<dt>Retraction of</dt> <dd>{work}</dd>" in html
    other = '<a href="https://doi.org/10.1000/a" rel="external">DOI 10.1000/a</a>'
    assert f"<dt>Corrected and republished from</dt> <dd>{other}</dd>" in html
    assert ("J Test. 2003" in html, "standing--" in html) == (False, False)


def test_the_page_holds_it_as_json_that_nothing_can_end(cast: Cast) -> None:
    html = html_of(published(cast, title="</script><i>x</i>", author=[{"literal": "</script>"}]))

    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    made = json.loads(text)
    assert made["name"] == "</script>x"
    assert made["author"] == [{"@type": "Organization", "name": "</script>"}]


def test_an_abstract_is_shown_only_where_its_licence_is_named(cast: Cast) -> None:
    closed = html_of(published(cast, key="closed2001", abstract="Words of the abstract."))
    free = html_of(published(cast, key="free2001", abstract="First words.\n\nSecond.", abstract_licence="CC BY 4.0"))

    assert "Words of the abstract" not in closed
    assert "<p>First words.</p><p>Second.</p>" in free
    assert "Licence of the abstract: CC BY 4.0" in free


def test_the_page_of_a_book_shows_what_a_title_page_says(cast: Cast) -> None:
    html = html_of(
        published(
            cast,
            type="book",
            publisher="Test Press",
            edition="2nd ed.",
            ISBN=["9780306406157"],
            URL="https://example.org/a?b=c&d=e",
            editor=[{"family": "Editor", "given": "E."}],
        )
    )

    assert re.search(r"<dt>Publisher</dt>\s*<dd>Test Press</dd>", html)
    assert re.search(r"<dt>ISBN</dt>\s*<dd>9780306406157</dd>", html)
    assert re.search(r"<dt>Editor</dt>\s*<dd>E. Editor</dd>", html)
    assert 'href="https://example.org/a?b=c&amp;d=e"' in html


def test_italics_of_a_title_are_tags_on_the_page_and_words_in_its_head(cast: Cast) -> None:
    edition = published(cast, title="The <i>ALMS1</i> gene")

    html = html_of(edition)

    assert "The <i>ALMS1</i> gene</h1>" in html
    assert "<title>The ALMS1 gene –" in html
    assert PublishedPage.objects.get(document=edition.document_id).title == "The ALMS1 gene"


def test_a_thousand_authors_have_a_page(cast: Cast) -> None:
    authors = [{"family": f"Author{number}", "given": "T."} for number in range(1000)]

    edition = published(cast, author=authors)

    html = html_of(edition)
    assert "T. Author999" in html
    assert len(PublishedPage.objects.get(document=edition.document_id).description) <= 300
