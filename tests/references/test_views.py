"""The bibliography as readers see it."""

import re
from typing import Any

from django.test import Client

from alstrom_site.editorial.models import PublishedPage
from tests.cast import Cast
from tests.documents import draft, published


def shown(client: Client, **query: str) -> list[str]:
    html = client.get("/bibliography/", query).content.decode()
    return re.findall(r'href="/bibliography/([^"]+)/"', html)


def test_entries_stand_by_first_author_then_date_whatever_their_accents(cast: Cast, client: Client) -> None:
    for key, family, issued in (
        ("a1990", "Zander", "1990"),
        ("b2002", "Öhman", "2002-10/2002-12"),
        ("c2001", "Ohman", "2001-05"),
        ("p2000", "pander", "2000"),
    ):
        published(cast, key=key, author=[{"family": family, "given": "T."}], issued=issued)

    assert shown(client) == ["c2001", "b2002", "p2000", "a1990"]


def test_an_entry_is_printed_in_full_with_its_links_and_how_often_it_is_cited(cast: Cast, client: Client) -> None:
    published(cast, PMID="12345678")
    published(cast, "faq", answer="So [@sample2001].")

    html = client.get("/bibliography/").content.decode()

    assert "Sample AB. A made-up source for tests, sample2001. J Test Fixt. 2001 Apr;7(2):10-2." in html
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/12345678/"' in html
    assert "Cited on 1 page<" in html


def test_a_draft_is_not_in_the_list(cast: Cast, client: Client) -> None:
    draft(cast, key="unsigned2001")

    assert shown(client) == []


def test_the_list_takes_two_queries_however_long_it_is(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        published(cast, key=f"key{number}")

    with django_assert_num_queries(2):
        assert len(shown(client)) == 3


def test_a_hundred_entries_stand_on_a_page(cast: Cast, client: Client) -> None:
    pattern = PublishedPage.objects.get(document=published(cast).document_id)
    pattern.listing["card"]["order"] = ""
    made = [draft(cast, key=f"copy{number:03}").document_id for number in range(100)]
    for number, document in enumerate(made):
        pattern.pk, pattern.document_id, pattern.path = None, document, f"/bibliography/copy{number:03}/"
        pattern.save(force_insert=True)

    assert shown(client) == [f"copy{number:03}" for number in range(100)]
    assert shown(client, page="2") == ["sample2001"]
