"""The bibliography as readers see it."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from alstrom_site.editorial import projection
from alstrom_site.editorial.models import ListPlace, PublishedPage
from references.views import choices, finding
from tests.cast import Cast
from tests.documents import draft, published


def shown(client: Client, **query: str) -> list[str]:
    html = client.get("/bibliography/", query).content.decode()
    return re.findall(r'href="/bibliography/([^"]+)/"', html)


def _page(client: Client, query: dict[str, str]) -> str:
    return client.get("/bibliography/", query).content.decode()


def headings(client: Client, **query: str) -> list[str]:
    html = client.get("/bibliography/", query).content.decode()
    found = re.findall(r'<h2 class="bibliography-group__heading">(.*?)</h2>', html)
    return [unescape(re.sub("<[^>]*>", "", heading)) for heading in found]


def test_entries_stand_by_first_author_then_date_whatever_their_accents(cast: Cast, client: Client) -> None:
    for key, family, issued in (
        ("a1990", "Zander", "1990"),
        ("b2002", "'Öhman", "2002-10/2002-12"),
        ("c2001", "Ohman", "2001-05"),
        ("p2000", "pander", "2000"),
    ):
        published(cast, key=key, author=[{"family": family, "given": "T."}], issued=issued)

    assert shown(client) == ["c2001", "b2002", "p2000", "a1990"]


def test_an_entry_is_printed_in_full_with_its_links_and_how_often_it_is_cited(cast: Cast, client: Client) -> None:
    published(cast, PMID="12345678")
    published(cast, "faq", answer="So [@sample2001].")
    projection.refresh_stale()

    html = client.get("/bibliography/").content.decode()

    assert "Sample AB. A made-up source for tests, sample2001. J Test Fixt. 2001 Apr;7(2):10-2." in html
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/12345678/"' in html
    assert "Cited on 1 page<" in html


def test_the_filters_are_folded_until_one_of_them_is_used(cast: Cast, client: Client) -> None:
    published(cast)

    asked: list[dict[str, str]] = [{}, {"q": "sample"}, {"year": "2001"}]
    folds = [re.findall('<details class="bibliography-form__more"( open)?>', _page(client, query)) for query in asked]

    assert folds == [[""], [""], [" open"]]


def test_what_rests_on_a_work_is_quoted_with_one_short_link_to_its_place(cast: Cast, client: Client) -> None:
    published(cast)
    published(cast, "faq", answer="So [@sample2001].")
    projection.refresh_stale()

    html = client.get("/bibliography/sample2001/").content.decode()

    assert re.search(r"<p class=\"cited-on__statement\">“So [^<]*”</p>", html)
    assert re.search(r'<a href="[^"]+#[^"]+">Read it there<', html)


def test_a_draft_is_not_in_the_list(cast: Cast, client: Client) -> None:
    draft(cast, key="unsigned2001")

    assert shown(client) == []


def test_the_list_takes_as_many_queries_however_long_it_is(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        published(cast, key=f"key{number}", DOI=f"10.1000/{number}")
    published(cast, "faq", slug="why-so", answer="So [@key0; @key1; @key2].")
    projection.refresh_stale()
    asked: list[tuple[int, int, dict[str, str]]] = [
        *((5, 3, {"by": by}) for by in ("author", "year", "type", "topic")),
        (6, 3, {"topic": "/questions/why-so/"}),
        (6, 3, {"q": "made-up"}),
        (6, 1, {"q": "10.1000/2"}),
        (7, 3, {"q": "samplle"}),
    ]

    for queries, found, query in asked:
        with django_assert_num_queries(queries):
            assert len(shown(client, **query)) == found, query


def test_a_hundred_entries_stand_on_a_page(cast: Cast, client: Client) -> None:
    pattern = PublishedPage.objects.get(document=published(cast).document_id)
    made = [draft(cast, key=f"copy{number:03}").document_id for number in range(100)]
    for number, document in enumerate(made):
        pattern.pk, pattern.document_id, pattern.path = None, document, f"/bibliography/copy{number:03}/"
        pattern.save(force_insert=True)
        ListPlace.objects.create(page=pattern, kind="reference", order=f"{number:03}")

    assert shown(client) == [f"copy{number:03}" for number in range(100)]
    assert shown(client, page="2") == ["sample2001"]


@pytest.fixture
def shelf(cast: Cast) -> None:
    """Four works of two years and two types, two of them cited."""
    for key, family, issued, kind in (
        ("b2002", "'Öhman", "2002-10/2002-12", "article-journal"),
        ("a1990", "Zander", "1990", "book"),
        ("c2002", "Ohman", "2002-05", "book"),
        ("d2002", "測試", "2002", "article-journal"),
    ):
        published(cast, key=key, author=[{"family": family, "given": "T."}], issued=issued, type=kind)
    published(cast, "faq", slug="why-so", answer="So [@a1990]. And so [@c2002].")
    published(cast, "term", slug="a-word", definition="A word [@c2002].")
    projection.refresh_stale()


@pytest.mark.usefixtures("shelf")
def test_the_list_stands_in_the_order_that_was_asked_for(client: Client) -> None:
    for by, found, under in (
        ("author", ["c2002", "b2002", "a1990", "d2002"], ["O", "Z", "Other"]),
        ("year", ["c2002", "b2002", "d2002", "a1990"], ["2002", "1990"]),
        ("type", ["b2002", "d2002", "c2002", "a1990"], ["Journal article", "Book"]),
        ("topic", ["c2002", "c2002", "a1990"], ["A word", "Why so?"]),
        ("nonsense", ["c2002", "b2002", "a1990", "d2002"], ["O", "Z", "Other"]),
    ):
        assert (shown(client, by=by), headings(client, by=by)) == (found, under), by


@pytest.mark.usefixtures("shelf")
def test_the_list_is_narrowed_to_what_was_asked_for(client: Client) -> None:
    queries: list[tuple[dict[str, str], list[str]]] = [
        ({"year": "2002"}, ["c2002", "b2002", "d2002"]),
        ({"type": "book"}, ["c2002", "a1990"]),
        ({"topic": "/glossary/a-word/"}, ["c2002"]),
        ({"q": "ohman"}, ["c2002", "b2002"]),
        ({"q": "Öhman", "type": "book"}, ["c2002"]),
        ({"q": "fixtures", "year": "1990"}, ["a1990"]),
        ({"q": "ohmann"}, ["c2002", "b2002"]),
        ({"q": "nothing of ours"}, []),
        ({"year": "2002x", "type": "poem"}, ["c2002", "b2002", "a1990", "d2002"]),
        ({"key": "b2002"}, ["b2002"]),
        ({"q": "\x00ohman"}, ["c2002", "b2002"]),
    ]

    for query, found in queries:
        assert shown(client, **query) == found, query


@pytest.mark.usefixtures("shelf")
def test_what_can_be_chosen_is_offered_with_how_many_works_it_leaves(client: Client) -> None:
    html = client.get("/bibliography/", {"year": "1990"}).content.decode()

    assert re.findall(r"<option[^>]*>([^<]+)</option>", html) == [
        *("Any type", "Book (2)", "Journal article (2)"),
        *("Any year", "2002 (3)", "1990 (1)"),
        *("Any page", "A word (1)", "Why so? (2)"),
    ]
    assert '<option value="1990" selected>' in html


@pytest.mark.usefixtures("shelf")
def test_words_that_very_many_works_have_find_them_all(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "FEW", 1)

    assert shown(client, q="fixtures", by="year") == ["c2002", "b2002", "d2002", "a1990"]
    assert len(shown(client, q="fixturres")) == 1


@pytest.mark.usefixtures("shelf")
def test_of_very_many_pages_those_that_cite_most_are_offered_and_the_one_that_was_chosen(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "MOST_TOPICS", 1)

    def offered(**query: str) -> list[str]:
        html = client.get("/bibliography/", query).content.decode()
        assert "The pages that cite most works." in html
        return re.findall(r'<option value="(/[^"]+)"', html)

    assert offered() == ["/questions/why-so/"]
    assert offered(topic="/glossary/a-word/") == ["/glossary/a-word/", "/questions/why-so/"]


def test_words_that_cannot_be_searched_for_are_answered_with_a_sentence(cast: Cast, client: Client) -> None:
    published(cast)

    for typed, sentence in (("a", "Enter at least 2"), ("??", "Enter a word"), ("x" * 201, "Enter fewer words")):
        html = client.get("/bibliography/", {"q": typed, "by": "topic"}).content.decode()
        assert sentence in html
        assert "<title>Error: " in html
        assert "/bibliography/sample2001/" not in html


@pytest.mark.django_db
def test_a_list_in_which_nothing_is_left_says_so(client: Client) -> None:
    assert "No work was found" in client.get("/bibliography/", {"q": "nothing"}).content.decode()


def test_what_was_typed_is_shown_as_text(cast: Cast, client: Client) -> None:
    html = client.get("/bibliography/", {"q": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in html


def test_what_happened_to_a_work_stands_above_it(cast: Cast, client: Client) -> None:
    published(
        cast,
        publication_types=["Journal Article", "Retracted Publication"],
        notices=[
            {"type": "ErratumIn", "text": "J Test Fixt. 2004 May;1(1):1"},
            {"type": "RetractionIn", "pmid": "12345678", "text": "J Test Fixt. 2010 May;1(1):1"},
        ],
    )

    html = client.get("/bibliography/").content.decode()

    assert re.findall(r"<strong>((?:Retr|Corr).*?)</strong>", html) == ["Corrected 2004", "Retracted 2010"]
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/12345678/"' in html
