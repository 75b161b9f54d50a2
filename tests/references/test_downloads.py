"""References and pages of this site as files, from published pages alone."""

import io
import json
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from django.test import Client
from django.urls import reverse

from alstrom_site.editorial import projection
from references.csl import from_csl
from references.formats.reading import read_references
from references.formats.records import Record
from references.publication import published_contents
from references.watching import Notice, observe
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, published, reference_content

ENDINGS = ("ris", "bib", "nbib", "json")


def body_of(response: Any) -> str:
    """The body of an answer, streamed or not."""
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def test_a_reference_comes_as_the_file_that_was_asked_for(cast: Cast, client: Client) -> None:
    published(cast, publisher="Test Press")

    answers = {ending: client.get(f"/bibliography/sample2001/citation.{ending}") for ending in ENDINGS}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert [answer["Content-Disposition"] for answer in answers.values()] == [
        f'attachment; filename="sample2001.{ending}"' for ending in ENDINGS
    ]
    assert rispy.loads(body_of(answers["ris"]))[0]["title"] == "A made-up source for tests, sample2001"
    assert parse_string(body_of(answers["bib"])).entries[0].key == "sample2001"
    assert body_of(answers["nbib"]).startswith("PMID- ")
    (item,) = json.loads(body_of(answers["json"]))
    assert from_csl(item)["publisher"] == "Test Press"


def test_a_file_takes_one_query_and_that_of_a_list_two(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    published(cast)

    for queries, address in enumerate(("/bibliography/sample2001/citation.ris", "/bibliography/references.ris"), 1):
        with django_assert_num_queries(queries):
            body_of(client.get(address))


def test_the_list_comes_whole_or_as_it_was_narrowed(cast: Cast, client: Client) -> None:
    for key, issued in (("b2002", "2002"), ("a1990", "1990"), ("c2002", "2002")):
        published(cast, key=key, issued=issued, author=[{"family": key}])

    def keys(query: str) -> list[str]:
        return [item["id"] for item in json.loads(body_of(client.get(f"/bibliography/references.json{query}")))]

    assert keys("") == ["a1990", "b2002", "c2002"]
    assert keys("?year=2002") == ["b2002", "c2002"]
    assert keys("?key=c2002&key=a1990") == ["a1990", "c2002"]
    assert keys("?q=no+such+word&by=topic") == []
    for query, sentence in (("q=x", b"Enter at least 2 characters.\n"), ("key=a&" * 501, b"Ask for at most 500 keys ")):
        refused = client.get(f"/bibliography/references.json?{query}")
        assert (refused.status_code, refused.content[: len(sentence)]) == (400, sentence)


def test_a_work_that_two_pages_cite_comes_once(cast: Cast, client: Client) -> None:
    published(cast)
    published(cast, "faq", answer="So [@sample2001].")
    published(cast, "term", definition="A word [@sample2001].")
    projection.refresh_stale()

    found = json.loads(body_of(client.get("/bibliography/references.json?by=topic")))

    assert [item["id"] for item in found] == ["sample2001"]


def test_what_is_not_published_is_in_no_file(cast: Cast, client: Client) -> None:
    draft(cast)

    assert client.get("/bibliography/sample2001/citation.ris").status_code == 404
    assert json.loads(body_of(client.get("/bibliography/references.json"))) == []


@pytest.mark.parametrize("address", ["/bibliography/sample2001/citation.exe", "/bibliography/references.pdf"])
def test_a_form_that_we_do_not_write_is_not_found(cast: Cast, client: Client, address: str) -> None:
    published(cast)

    assert client.get(address).status_code == 404


def test_a_file_is_read_and_never_sent(cast: Cast, client: Client) -> None:
    published(cast)

    for address in ("/bibliography/sample2001/citation.ris", "/bibliography/references.ris"):
        assert client.post(address).status_code == 405
        head = client.head(address)
        assert (head.status_code, body_of(head)) == (200, "")
        assert head.cookies == {}


@pytest.mark.parametrize("kind", ["article", "faq", "term"])
def test_a_page_of_this_site_comes_as_a_web_page_to_cite(cast: Cast, client: Client, kind: str, settings: Any) -> None:
    path = published(cast, kind).document.published_page.path

    (item,) = json.loads(body_of(client.get(f"{path}citation.json")))

    assert item["type"] == "webpage"
    assert item["URL"] == f"{settings.SITE_URL}{path}"
    assert item["container-title"] == "Alström syndrome"
    assert "accessed" not in item


def test_an_article_says_how_it_is_cited_with_the_day_of_its_last_change(cast: Cast, client: Client) -> None:
    edition = published(cast, "article")

    html = client.get("/sample-article/").content.decode()

    day = f"{edition.published_at:%Y %b} {edition.published_at.day}" if edition.published_at else ""
    assert (
        f"Alström syndrome [Internet]. Sample article; {day} [cited <var>YYYY Mon DD</var>]. Available from: " in html
    )
    assert 'href="citation.ris" download' in html


def test_the_files_of_an_entry_are_named_beside_its_page(cast: Cast, client: Client) -> None:
    published(cast)

    html = client.get("/bibliography/sample2001/").content.decode()

    for ending in ENDINGS:
        assert f'href="citation.{ending}"' in html
        assert reverse("page-citation", args=["bibliography/sample2001", ending]).endswith(f"/citation.{ending}")


def test_published_contents_are_those_that_were_approved(cast: Cast) -> None:
    published(cast, key="b2001")
    published(cast, key="a2001", author=[{"family": "Aardvark"}])

    contents = published_contents()

    assert list(contents) == ["a2001", "b2001"]
    assert contents["b2001"].items() >= reference_content("b2001").items()
    assert list(published_contents(["b2001", "unknown"])) == ["b2001"]


def test_an_abstract_is_in_a_file_only_where_its_licence_is_named(cast: Cast, client: Client) -> None:
    published(cast, key="closed2001", abstract="Words of the abstract.")
    published(cast, key="free2001", abstract="Words of the abstract.", abstract_licence="CC BY 4.0")

    for ending in ENDINGS:
        closed, free = (
            body_of(client.get(f"/bibliography/{key}/citation.{ending}")) for key in ("closed2001", "free2001")
        )
        assert ("Words of the abstract" in closed, "Words of the abstract" in free) == (False, True)
    assert "abstract" not in published_contents()["closed2001"]


def test_every_file_says_that_a_work_was_retracted_and_is_read_back_as_the_same_work(
    cast: Cast, client: Client
) -> None:
    document = published(cast, PMID="1234567").document
    notice = Notice("RetractionIn", "2010-02-06", pmid="12345678")
    observe(document, [notice], source="Test", by=cast.publisher, at=NOW + 40 * STEP)

    files = {ending: body_of(client.get(f"/bibliography/sample2001/citation.{ending}")) for ending in ENDINGS}

    for ending, text in files.items():
        assert "Retracted 2010" in text
        (back,) = [each for each in read_references(io.BytesIO(text.encode())) if isinstance(each, Record)]
        assert (ending, from_csl({"id": "x", **back.item})["PMID"]) == (ending, "1234567")
    (item,) = json.loads(files["json"])
    told = {"type": "RetractionIn", "pmid": "12345678", "text": "2010 Feb 6"}
    assert (from_csl(item)["notices"], from_csl(item)["notes"]) == ([told], [])
    assert "RIN - 2010 Feb 6 PMID: 12345678" in files["nbib"]
    assert "Retracted 2010" in body_of(client.get("/bibliography/references.ris"))


@pytest.mark.parametrize("address", ["%00", "a%00b", "bibliography/x%00"])
def test_an_address_that_nobody_can_write_is_not_found(cast: Cast, client: Client, address: str) -> None:
    assert client.get(f"/{address}/citation.ris").status_code == 404


def test_a_file_of_few_references_comes_in_one_piece_that_can_be_kept(cast: Cast, client: Client) -> None:
    published(cast)
    address = "/bibliography/references.ris"

    answer = client.get(address)

    assert not answer.streaming
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(address)
    assert (head.content, head["ETag"], head["Content-Length"]) == (b"", answer["ETag"], str(len(answer.content)))


def test_a_file_is_made_once_for_all_who_ask_until_something_in_it_changes(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    published(cast, key="kept2001")
    address = "/bibliography/references.ris"
    first = client.get(address)

    with monkeypatch.context() as broken, django_assert_num_queries(1):
        broken.setattr("references.views.downloads._contents", lambda rows: iter(()))
        again = client.get(f"{address}?year=2001")

    assert (again.content, again["ETag"]) == (first.content, first["ETag"])
    published(cast, key="other2001")
    assert "other2001" in body_of(client.get(address))


def test_of_long_files_two_are_sent_at_one_time_and_the_next_is_asked_to_come_back(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        published(cast, key=f"work200{number}")
    address = "/bibliography/references.ris"
    whole = client.get(address).content
    monkeypatch.setattr("references.views.downloads.ROWS_IN_ONE_PIECE", 2)

    first, second, third = (client.get(address) for _ in range(3))

    assert [each.status_code for each in (first, second, third)] == [200, 200, 503]
    assert (third["Retry-After"], third["Cache-Control"]) == ("30", "no-store")
    assert "Content-Disposition" not in third
    assert body_of(first).encode() == whole
    assert body_of(client.get(address)).encode() == whole, "who has read it all leaves a place"
    assert body_of(second).encode() == whole
