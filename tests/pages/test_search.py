"""Readers find pages however they spell, and no query breaks the page."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from pages import search
from tests.cast import Cast
from tests.documents import draft, published


def found(client: Client, query: str, **more: str) -> list[str]:
    """The addresses of the results, in their order."""
    response = client.get("/search/", {"q": query, **more})
    assert response.status_code == 200
    return re.findall(r'results__title"><a href="([^"]+)"', response.content.decode())


@pytest.mark.parametrize("query", ["Ångström", "angstrom", "ANGSTROM", "Angström syndrom"])
def test_accents_and_case_make_no_difference(cast: Cast, client: Client, query: str) -> None:
    published(cast, "term", slug="angstrom", term="Ångström syndrome")
    published(cast, "term", slug="other")

    assert found(client, query) == ["/glossary/angstrom/"]


def test_a_name_counts_more_than_a_mention(cast: Cast, client: Client) -> None:
    published(cast, "term", slug="about", definition="A kite, and a kite again: kite upon kite.")
    published(cast, "term", slug="kite", definition="A thing on a string.")
    published(cast, "term", slug="toy", definition="A thing.", alternate_names=["kite"])

    assert found(client, "kite") == ["/glossary/kite/", "/glossary/toy/", "/glossary/about/"]


def test_a_word_is_found_in_its_other_forms(cast: Cast, client: Client) -> None:
    published(cast, "term", slug="about", definition="It was inherited.")

    assert found(client, "inherits") == ["/glossary/about/"]


def test_a_name_is_found_though_it_is_misspelt(cast: Cast, client: Client) -> None:
    published(cast, "term", slug="acanthosis")

    assert found(client, "acantosis") == ["/glossary/acanthosis/"]


def test_quotes_and_a_minus_mean_what_they_do_elsewhere(cast: Cast, client: Client) -> None:
    published(cast, "term", slug="one", definition="A red kite flies.")
    published(cast, "term", slug="two", definition="A kite that is red.")

    assert found(client, '"red kite"') == ["/glossary/one/"]
    assert found(client, "red -flies") == ["/glossary/two/"]


def test_a_source_is_found_by_its_author_its_journal_and_its_pmid(cast: Cast, client: Client) -> None:
    published(cast, "reference", PMID="12345678")

    assert [found(client, query) for query in ("sample", "Test Fixtures", "12345678")] == [
        ["/bibliography/sample2001/"]
    ] * 3


def test_the_draft_of_a_page_is_not_found(cast: Cast, client: Client) -> None:
    draft(cast, "term", slug="unsigned")

    assert found(client, "unsigned") == []


def test_an_excerpt_shows_the_text_as_it_was_written_with_its_words_marked(cast: Cast, client: Client) -> None:
    published(cast, "term", slug="other", definition="Ångström & others <wrote> of **genes**.")

    html = client.get("/search/", {"q": "angstrom gene"}).content.decode()

    assert "<mark>Ångström</mark> &amp; others &lt;wrote&gt; of <mark>genes</mark>." in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("a", "Enter at least 2 characters."),
        ("word " * 50, "Enter fewer words: at most 200 characters."),
        ("x" * 5000, "Enter fewer words: at most 200 characters."),
        ("?!", "Enter a word or a number."),
    ],
)
def test_a_query_that_cannot_be_searched_for_gets_a_sentence(client: Client, query: str, sentence: str) -> None:
    response = client.get("/search/", {"q": query})

    assert response.status_code == 200
    assert sentence in response.content.decode()


@pytest.mark.django_db
def test_an_empty_query_shows_the_field_and_no_complaint(client: Client) -> None:
    html = client.get("/search/?q=").content.decode()

    assert 'name="q"' in html
    assert "search-form--problem" not in html
    assert "Nothing found" not in html


NASTY = [
    *(
        "a\x00b",
        "%00",
        "a' OR 1=1 --",
        "''",
        '"',
        "\\",
        "a & | ! b",
        "(((",
        "a:*",
        "<->",
        "a <-> b",
        "-",
        "- -a",
        "or or",
    ),
    *("<script>alert(1)</script>", "\u202eabc", "😀😀", "ﷺﷺ", "٣٣", "the", "word" * 49, "é" * 199, "-word", "ẞß"),
    *("ab\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "a\tb\nc", "1e9", "..", "//", "{{ page }}"),
]


def test_no_query_breaks_the_page(cast: Cast, client: Client) -> None:
    published(cast, "term", slug="word")

    for query in NASTY:
        response = client.get("/search/", {"q": query})

        assert response.status_code == 200, query
        assert b"<script>" not in response.content, query


def test_no_page_number_breaks_the_page(cast: Cast, client: Client) -> None:
    published(cast, "term", slug="word")

    for number in ("0", "-1", "x", "", "1.5", "9" * 5000, "٣", "\x00", "2"):
        assert found(client, "word", page=number) == ["/glossary/word/"], number


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/search/?q=%ff%fe", "/search/?q=%ed%a0%80x", "/search/?q[]=a", "/search/?q=a&q=bb"]
)
def test_no_broken_address_breaks_the_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def test_long_results_come_in_pages_that_lead_to_each_other(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.views.searching.PER_PAGE", 2)
    for number in range(3):
        published(cast, "term", slug=f"kite-{number}")

    first = client.get("/search/", {"q": "kite & co"}).content.decode()
    assert 'href="/search/?q=kite+%26+co&amp;page=2"' in first
    assert len(found(client, "kite", page="1")) == 2
    assert len(found(client, "kite", page="2")) == 1


def test_a_search_takes_two_queries_however_much_is_found(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        published(cast, "term", slug=f"kite-{number}")

    with django_assert_num_queries(2):
        assert len(found(client, "kite")) == 3
    with django_assert_num_queries(2):
        assert found(client, "nowhere") == []


@pytest.mark.parametrize("query", ["angstorm", "anxgtrom"])
def test_a_name_that_is_badly_misspelt_is_suggested_first(cast: Cast, client: Client, query: str) -> None:
    published(cast, "article", slug="about-it")
    published(cast, "term", slug="angstrom", term="Ångström")
    published(cast, "term", slug="other")

    page = client.get("/search/", {"q": query}).content.decode()

    assert found(client, query) == []
    assert 0 < page.index('href="/glossary/angstrom/"') < page.index('href="/about-it/"')
    assert 'href="/glossary/other/"' not in page


def test_nothing_found_leads_on_to_other_pages(cast: Cast, client: Client) -> None:
    published(cast, "article")

    html = client.get("/search/", {"q": "zzzzzz"}).content.decode()

    assert "Nothing found for “zzzzzz”" in html
    assert '<a href="/sample-article/">' in html


@given(st.text(max_size=600), st.text(max_size=60))
def test_an_excerpt_is_a_part_of_the_text_and_safe_whatever_stands_there(text: str, query: str) -> None:
    html = str(search.excerpt(text, query))

    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
    assert unescape(bare.removeprefix("… ").removesuffix(" …")) in text


def test_an_excerpt_is_taken_where_the_words_stand_closest() -> None:
    text = "gene " + "filler " * 100 + "a gene for a protein " + "filler " * 100

    excerpt = search.excerpt(text, "gene protein")

    assert "<mark>gene</mark> for a <mark>protein</mark>" in excerpt
    assert excerpt.startswith("… ")
    assert len(excerpt) < search.EXCERPT + 60
