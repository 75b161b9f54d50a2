"""The pages that cite a work, at the statements that rest on it."""

import re
from typing import Any

import pytest
from django.test import Client

from alstrom_site.editorial import projection
from alstrom_site.editorial.models import Document, PublishedPage
from alstrom_site.editorial.projection import live_document
from references.formatting import short_label
from references.publication.citing import citing_pages, statement
from tests.cast import Cast
from tests.documents import draft, published

TEXT = """## A heading [@key2001]

First sentence. The **second** one, [linked](/a/), cites [see @key2001, p. 3; @other]. Third one
goes on over two lines [@{other2001}] and ends.

- An item cites it too [@key2001]
- Another item

### Doses

| Drug | Dose |
|------|:----:|
| B \\| C | 5 mg [@key2001] |

### What never to take

1. fruit
   - lemon
   - orange, as
     it is said [@key2001]

     for later [@key2001]

> “Never!” And *then*
> @key2001 said so.
## Another

| Cell | A cell [@key2001] |
"""


@pytest.mark.parametrize(
    ("line", "key", "words"),
    [
        (1, "key2001", "A heading [Key 2001]"),
        (
            3,
            "key2001",
            "First sentence. The second one, linked, cites [see Key 2001, p. 3; @other]. Third one goes on over two"
            " lines [@{other2001}] and ends.",
        ),
        (
            6,
            "key2001",
            "First sentence. The second one, linked, cites [see Key 2001, p. 3; @other]. Third one goes on over two"
            " lines [@{other2001}] and ends. An item cites it too [Key 2001]",
        ),
        (13, "key2001", "Doses: Drug: B | C; Dose: 5 mg [Key 2001]"),
        (20, "key2001", "What never to take: fruit … orange, as it is said [Key 2001]"),
        (22, "key2001", ""),
        (24, "key2001", "“Never!” And then Key 2001 said so."),
        (3, "missing", ""),
        (99, "key2001", ""),
        (3, "key", ""),
    ],
)
def test_the_whole_paragraph_that_cites_is_found_as_plain_words(line: int, key: str, words: str) -> None:
    assert statement(TEXT, line, key, {key: "Key 2001"}) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It is safe [but see @key2001, who found harm].", "It is safe [but see Key 2001, who found harm]."),
        ("It is safe [contra @key2001].", "It is safe [contra Key 2001]."),
        ("According to @key2001, none is; @b2005 disagrees.", "According to Key 2001, none is; @b2005 disagrees."),
        ("Never take it with St. John's wort [@key2001].", "Never take it with St. John's wort [Key 2001]."),
        ("Key and others say so [-@key2001, p. 3].", "Key and others say so [Key 2001, p. 3]."),
        ("See https://x.example/@key2001 too [@key2001].", "See https://x.example/@key2001 too [Key 2001]."),
        (r"\@key2001 is a handle. No dose [@key2001].", "@key2001 is a handle. No dose [Key 2001]."),
    ],
)
def test_a_statement_keeps_every_word_that_was_signed(text: str, words: str) -> None:
    assert statement(text, 1, "key2001", {"key2001": "Key 2001"}) == words


@pytest.mark.parametrize("text", [None, 7, [], ""])
def test_what_is_no_text_has_no_statement(text: object) -> None:
    assert statement(text, 1, "key2001") == ""


def test_a_statement_of_any_length_ends_in_time() -> None:
    assert statement("word [" * 20_000 + "@key2001]", 1, "key2001") == ""
    assert statement("- word\n" + "goes on\n" * 20_000 + "- [@key2001]", 20_002, "key2001") == "… [@key2001]"
    assert statement("word *[" * 200 + "@key2001]", 1, "key2001")


def test_each_live_page_stands_with_its_statements_and_the_ways_to_them(cast: Cast) -> None:
    published(cast, key="cited2001")
    published(cast, "faq", slug="why-so", answer="It is so [@cited2001, p. 3].\n\n- And so [@cited2001, p. 4].")
    published(cast, "article", closing_summary="In short, yes [@cited2001].", faqs=["why-so"])
    draft(cast, "faq", slug="unsigned", answer="So [@cited2001].")

    pages = list(citing_pages("cited2001").values())

    assert [page.link.url for page in pages] == ["/sample-article/", "/questions/why-so/"]
    (closing,) = pages[0].places
    assert (closing.statement, closing.url) == ("In short, yes [@cited2001].", "/sample-article/")
    first, second = pages[1].places
    assert (first.statement, first.locator) == ("It is so [@cited2001, p. 3].", "")
    assert second.statement == "It is so [@cited2001, p. 3]. And so [@cited2001, p. 4]."
    assert [first.url, second.url] == ["/questions/why-so/#citation-1", "/questions/why-so/#citation-2"]


def test_the_way_to_a_statement_ends_at_a_mark_that_is_there(cast: Cast, client: Client) -> None:
    published(cast, key="cited2001")
    published(cast, "faq", slug="why-so", answer="It is so [@cited2001].")
    projection.refresh_stale()

    html = client.get("/bibliography/cited2001/").content.decode()

    (address, anchor) = re.findall(r'href="(/questions/why-so/)#([^"]+)"', html)[0]
    assert f'id="{anchor}"' in client.get(address).content.decode()
    entry = Document.objects.addressed("reference", ["cited2001"]).get()
    assert f"It is so [{short_label(live_document(entry).content)}]." in html


def test_a_statement_calls_everything_that_it_cites_by_its_name(cast: Cast, client: Client) -> None:
    published(cast, key="cited2001", author=[{"family": "Cited", "given": "Anna"}])
    beside = published(cast, key="beside2002", author=[{"family": "Beside", "given": "Ben"}], issued="2002")
    published(cast, "faq", slug="why-so", answer="So [@cited2001], though not always [@{beside2002}, p. 3].")
    projection.refresh_stale()

    html = client.get("/bibliography/cited2001/").content.decode()

    assert "though not always [Beside 2002, p. 3]." in html
    page = PublishedPage.objects.get(path="/bibliography/cited2001/")
    assert beside.document_id in page.made_from


def test_a_page_takes_two_queries_for_all_that_cite_it(cast: Cast, django_assert_num_queries: Any) -> None:
    published(cast, key="cited2001")
    for number in range(3):
        published(cast, "faq", slug=f"question-{number}", answer="So [@cited2001].")

    with django_assert_num_queries(2):
        assert len(citing_pages("cited2001")) == 3
