"""What machines read of a page claims no more than the page, and cannot break out of its element."""

import json
import re
from typing import Any

import pytest

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.composing import structured_data
from alstrom_site.editorial.models import Document, Edition, PublishedPage
from references.watching import Notice, observe
from tests.cast import NOW, Cast
from tests.documents import published


def structured_data_of(edition: Edition) -> dict[str, Any]:
    html = bytes(PublishedPage.objects.get(document=edition.document_id).body).decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    read: dict[str, Any] = json.loads(found)
    return read


def test_an_article_names_its_condition_its_codes_and_its_reviewer(cast: Cast) -> None:
    User.objects.filter(pk=cast.reviewer.pk).update(orcid="0000-0002-1825-0097", affiliation="Test Hospital")
    cast.reviewer.refresh_from_db()
    codes = [{"system": "TEST", "code": "203", "as_of": "2007-12"}]

    found = structured_data_of(published(cast, "article", codes=codes, alternate_names=["Another name"]))

    assert found["@type"] == "MedicalWebPage"
    assert found["about"] == {
        "@type": "MedicalCondition",
        "name": "Alström syndrome",
        "alternateName": ["Another name"],
        "code": [{"@type": "MedicalCode", "codingSystem": "TEST", "codeValue": "203"}],
    }
    assert found["lastReviewed"] == "2026-03-02"
    assert found["reviewedBy"] == [
        {
            "@type": "Person",
            "name": "Test reviewer",
            "jobTitle": "Test title",
            "affiliation": {"@type": "Organization", "name": "Test Hospital"},
            "sameAs": "https://orcid.org/0000-0002-1825-0097",
        }
    ]
    assert [cited["name"][:9] for cited in found["citation"]] == ["Sample AB"]


def test_a_page_names_what_happened_to_the_works_that_it_cites(cast: Cast) -> None:
    article = published(cast, "article")
    source = Document.objects.addressed("reference", ["sample2001"]).get()
    observe(source, [Notice("RetractionIn", "2010")], source="Test list", by=cast.editor, at=NOW)

    (cited,) = structured_data_of(article)["citation"]

    assert cited["creativeWorkStatus"] == ["Retracted 2010"]


@pytest.mark.parametrize("kind", ["article", "faq", "term"])
def test_a_signature_of_a_demonstration_account_is_no_medical_review(cast: Cast, kind: str) -> None:
    User.objects.filter(pk=cast.reviewer.pk).update(is_demonstration=True)
    cast.reviewer.refresh_from_db()

    found = structured_data_of(published(cast, kind))

    assert "reviewedBy" not in found
    assert "lastReviewed" not in found


def test_a_question_is_a_page_with_one_question_and_its_answer(cast: Cast) -> None:
    published(cast, "reference")

    found = structured_data_of(published(cast, "faq", slug="why-so", answer="So **it** is [@sample2001]."))

    assert found["@type"] == "FAQPage"
    assert found["mainEntity"] == [
        {
            "@type": "Question",
            "name": "Why so?",
            "acceptedAnswer": {"@type": "Answer", "text": "So it is."},
        }
    ]


def test_a_term_is_defined_in_the_glossary(cast: Cast) -> None:
    found = structured_data_of(published(cast, "term", slug="word", alternate_names=["term"]))["mainEntity"]

    assert (found["@type"], found["name"], found["alternateName"]) == ("DefinedTerm", "Word", ["term"])
    assert found["description"] == "A word for tests."
    assert found["inDefinedTermSet"]["url"].endswith("/glossary/")


@pytest.mark.parametrize(("kind", "text"), [("article", "summary"), ("faq", "answer"), ("term", "definition")])
def test_the_head_of_a_withdrawn_page_says_so_and_repeats_nothing_of_it(cast: Cast, kind: str, text: str) -> None:
    fields: dict[str, Any] = {text: "A zebraword."}
    edition = published(cast, kind, **fields)
    seen, reason = edition.text.digest, "It was made up."
    actions.propose(edition, actions.Retirement("withdraw", reason), by=cast.everything, at=NOW, seen=seen)
    actions.withdraw(edition, by=cast.publisher, at=NOW, seen=seen, reason=reason)

    page = PublishedPage.objects.get(document=edition.document_id)
    assert page.description == "This page was withdrawn on 2 March 2026."
    head = bytes(page.body).decode().partition("</head>")[0]
    assert head.count(page.description) == 2
    assert "zebraword" not in head


def test_a_source_is_a_scholarly_article_with_its_date_as_precise_as_it_is_known(cast: Cast) -> None:
    found = structured_data_of(published(cast, "reference", PMID="12345678", author=[{"literal": "Test Group"}]))

    assert found["@type"] == "MedicalScholarlyArticle"
    assert found["datePublished"] == "2001-04"
    assert found["author"] == [{"@type": "Organization", "name": "Test Group"}]
    assert found["sameAs"] == ["https://pubmed.ncbi.nlm.nih.gov/12345678/"]


def test_nothing_in_a_text_can_end_the_script_element(cast: Cast) -> None:
    hostile = "</script><script>alert(1)</script><!-- & "

    edition = published(cast, "article", summary=hostile, alternate_names=[hostile])

    html = bytes(PublishedPage.objects.get(document=edition.document_id).body).decode()
    assert html.count("<script") == html.count("</script>") == 1
    assert structured_data_of(edition)["description"] == " ".join(hostile.split())


def test_what_is_empty_is_left_out() -> None:
    assert structured_data({"a": "", "b": {"c": []}, "d": [{"e": "f", "g": None}]}) == '{"d": [{"e": "f"}]}'
