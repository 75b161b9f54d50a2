"""Works are found at NCBI first and at Crossref second, whatever goes wrong there."""

import time
from typing import Any

import httpx
import pytest

from references.lookup import LookedUp, asked_in, asking, look_up
from references.lookup.crossref import notices_of
from references.lookup.finding import SWITCHED_OFF
from references.standing import is_retracted
from tests.references.lookup.played import (
    BEHIND_IT,
    NO_SUCH_ID,
    NO_SUCH_KEY,
    RETRACTED,
    Played,
    breaks_off,
    crossref_work,
    drips,
    fails_with,
    is_cut,
    is_packed,
    is_slow,
    leads_on,
    pubmed_record,
)


def look(text: str) -> LookedUp:
    return look_up(asked_in(text))


def places(found: LookedUp) -> list[tuple[str, str]]:
    return [(each.taken.source, each.taken.place) for each in found.records]


def test_fifty_works_are_found_in_three_questions(servers: Played) -> None:
    servers.pubmed = {str(n): pubmed_record(str(n), doi=f"10.1000/{n}") for n in range(1, 51)}
    servers.searched = {f"10.1000/{n}": str(n) for n in range(1, 51)}
    servers.converted = {"PMC7": {"pmid": "7"}}
    pasted = [*map(str, range(8, 48)), "PMC7", "10.1000/48", "https://doi.org/10.1000/49", "doi:10.1000/50"]

    found = look("\n".join(pasted))

    assert found.remarks == []
    assert [each.item["PMID"] for each in found.records] == [*map(str, range(8, 48)), "7", "48", "49", "50"]
    assert [path for path, *_ in servers.asked] == [
        "/idconv/",
        "/eutils/efetch.fcgi",
        "/eutils/esearch.fcgi",
        "/eutils/efetch.fcgi",
    ]


def test_the_servers_are_told_who_asks(servers: Played) -> None:
    servers.crossref = {"10.1000/x": crossref_work("10.1000/x")}

    look("1\n10.1000/x")

    _, fetched, headers = servers.asked[0]
    assert (fetched["tool"], fetched["email"], fetched["api_key"]) == (
        "alstrom-site",
        "desk@test.invalid",
        "a-key-for-tests",
    )
    assert "mailto:desk@test.invalid" in headers["User-Agent"]
    assert servers.asked[-1][1] == {"mailto": "desk@test.invalid"}


def test_a_work_that_pubmed_lacks_comes_from_crossref(servers: Played) -> None:
    update = {
        "DOI": "10.1000/Notice",
        "type": "retraction",
        "label": "Retraction",
        "updated": {"date-parts": [[2010, 2, 6]]},
    }
    servers.crossref = {"10.1000/x": crossref_work("10.1000/x", **{"updated-by": [update]})}

    found = look("10.1000/X")

    item = found.records[0].item
    assert places(found) == [("Crossref", "DOI 10.1000/x")]
    assert item["title"] == "A work of Crossref made up for tests, <i>in italics</i>"
    assert item["author"] == [{"family": "Sample", "given": "Anna B"}, {"literal": "Test Study Group"}]
    assert (item["issued"], item["available-date"]) == ({"date-parts": [[2001, 4]]}, {"date-parts": [[2001, 2, 3]]})
    assert item["custom"]["notices"] == [
        {"type": "RetractionIn", "pmid": "", "doi": "10.1000/notice", "text": "Retraction 2010"}
    ]
    assert "Left out." not in found.records[0].taken.words


def test_the_notice_of_a_retraction_names_the_work_and_is_not_retracted_itself() -> None:
    update = {"DOI": "10.1000/Work", "type": "retraction", "label": "Retraction"}

    notices = notices_of({"DOI": "10.1000/notice", "update-to": [update, update | {"DOI": "10.1000/NOTICE"}]})

    assert notices == [{"type": "RetractionOf", "pmid": "", "doi": "10.1000/work", "text": "Retraction"}]
    assert not is_retracted({"notices": notices})


def test_a_work_of_another_doi_is_not_taken_for_the_one_asked_for(servers: Played) -> None:
    servers.pubmed = {"5": pubmed_record("5", doi="10.1000/other")}
    servers.searched = {"10.1000/x": "5"}

    found = look("10.1000/x")

    assert found.records == []
    assert found.remarks[0][1].startswith("DOI 10.1000/x: Neither PubMed nor Crossref has it.")


def test_what_is_not_there_and_what_is_no_identifier_is_said_by_line(servers: Played) -> None:
    servers.pubmed = {"1": pubmed_record("1", notices=RETRACTED)}

    found = look("1\n2\nnonsense\n978-0-306-40615-7")

    assert [each.item["PMID"] for each in found.records] == ["1"]
    assert found.records[0].item["custom"]["notices"][0]["type"] == "RetractionIn"
    assert [line for line, _ in found.remarks] == [2, 3, 4]
    assert "PubMed does not have it" in found.remarks[0][1]


@pytest.mark.parametrize(
    "trouble", [fails_with(429, Retry_After="0"), fails_with(503), fails_with(400, BEHIND_IT), breaks_off, is_cut]
)
def test_what_fails_once_is_asked_again(servers: Played, trouble: Any) -> None:
    servers.pubmed = {"1": pubmed_record("1")}
    servers.failing = [trouble, trouble]

    assert places(look("1")) == [("PubMed", "PMID 1")]


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (fails_with(429), "PubMed is asked too much at the moment. Try again in a minute."),
        (fails_with(400, BEHIND_IT), "PubMed does not answer this at the moment (400). Try again later."),
        (fails_with(200, "<html></html>"), "PubMed gave an answer that cannot be read or broke off. Try again later."),
        (fails_with(500), "PubMed does not answer this at the moment (500). Try again later."),
        (breaks_off, "The answer of PubMed broke off. Try again later."),
        (is_cut, "PubMed gave an answer that cannot be read or broke off. Try again later."),
    ],
)
def test_what_keeps_failing_is_said_and_costs_nothing_else(servers: Played, trouble: Any, sentence: str) -> None:
    servers.crossref = {"10.1000/x": crossref_work("10.1000/x")}
    servers.failing = [trouble] * 3

    found = look("1\n10.1000/x")

    assert found.remarks == [(1, f"PMID 1: {sentence}")]
    assert places(found) == [("Crossref", "DOI 10.1000/x")]


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (fails_with(429, Retry_After="90"), "PubMed is asked too much at the moment. Try again in 2 minutes."),
        (
            fails_with(503, Date="Sun, 22 Nov 2026 10:00:00 GMT", Retry_After="Sun, 22 Nov 2026 11:00:00 GMT"),
            "PubMed does not answer this at the moment (503). Try again in 60 minutes.",
        ),
        (fails_with(503, Retry_After="9" * 400), "PubMed does not answer this at the moment (503). Try again later."),
        (
            fails_with(400, NO_SUCH_KEY),
            "PubMed does not know the key of this site. Tell an administrator: NCBI_API_KEY.",
        ),
        (fails_with(400, NO_SUCH_ID), "PubMed does not have it. Compare the number"),
    ],
)
def test_who_says_what_to_wait_for_is_not_asked_again(servers: Played, trouble: Any, sentence: str) -> None:
    servers.pubmed = {"1": pubmed_record("1")}
    servers.failing = [trouble]

    ((_, said),) = look("1").remarks

    assert said.startswith(f"PMID 1: {sentence}")
    assert len(servers.asked) == 1


@pytest.mark.parametrize("trouble", [leads_on, is_packed(pubmed_record("1"))])
def test_an_answer_that_is_compressed_or_elsewhere_is_read(servers: Played, trouble: Any) -> None:
    servers.pubmed = {"1": pubmed_record("1")}
    servers.failing = [trouble]

    assert places(look("1")) == [("PubMed", "PMID 1")]


def test_who_leads_in_a_circle_is_followed_three_times(servers: Played) -> None:
    servers.failing = [leads_on] * 20

    said = "PubMed leads from one address to the next. Tell an administrator."
    assert look("1").remarks == [(1, f"PMID 1: {said}")]
    assert len(servers.asked) == 4


def test_a_record_of_another_number_is_not_taken_for_the_one_asked_for(servers: Played) -> None:
    servers.pubmed = {"1": pubmed_record("2")}

    assert look("1").remarks[0][1].startswith("PMID 1: PubMed does not have it.")


@pytest.mark.parametrize(
    "trouble",
    [fails_with(200, '{"esearchresult":{"ERROR":"Search Backend failed"}}'), fails_with(200, "<html></html>")],
)
def test_a_search_that_failed_is_not_taken_for_one_that_found_nothing(servers: Played, trouble: Any) -> None:
    servers.failing = [trouble] * 3

    assert "PubMed gave an answer that cannot be read or broke off" in look("10.1000/x").remarks[0][1]

    servers.searched, servers.pubmed = {"10.1000/x": "1"}, {"1": pubmed_record("1", doi="10.1000/x")}
    servers.failing = [trouble] * 2
    assert places(look("10.1000/x")) == [("PubMed", "DOI 10.1000/x")]


@pytest.mark.parametrize(("given", "is_said"), [("10.1000/Y", True), ("", True), ("10.1000/X", False)])
def test_a_work_of_crossref_under_another_doi_is_remarked(servers: Played, given: str, is_said: bool) -> None:
    servers.crossref = {"10.1000/x": crossref_work(given)}

    (found,) = look("10.1000/x").records

    assert any("Crossref has this work under another DOI" in each for each in found.remarks) == is_said


def test_a_slow_server_is_not_waited_for(servers: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "TIMEOUT", httpx.Timeout(0.1))
    servers.failing = [is_slow] * 3

    assert look("1").remarks == [(1, "PMID 1: PubMed did not answer in time. Try again later.")]


def test_a_look_up_ends_in_time(servers: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LONGEST_LOOK_UP", 0.0)

    assert look("1").remarks == [(1, "PMID 1: PubMed takes too long at the moment. Try again later.")]
    assert servers.asked == []


def test_an_answer_that_comes_sign_by_sign_is_not_waited_for(servers: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "LONGEST_LOOK_UP", 0.5)
    servers.failing = [drips]

    assert look("1").remarks == [(1, "PMID 1: PubMed takes too long at the moment. Try again later.")]


def test_without_a_network_it_is_said_what_cannot_be_reached(servers: Played, settings: Any) -> None:
    settings.NCBI_URL = "http://127.0.0.1:1"

    assert look("1").remarks == [(1, "PMID 1: PubMed cannot be reached from here at the moment. Try again later.")]


def test_a_page_of_somebody_else_is_no_answer(servers: Played) -> None:
    servers.pubmed = {"1": "</PubmedArticleSet>\n<html>Sign in to this network</html>"}
    settings_of_nobody = look("1")

    assert settings_of_nobody.records == []


def test_switched_off_it_asks_nobody(servers: Played, settings: Any) -> None:
    settings.LOOK_UP = False

    assert look("1").remarks == [(1, SWITCHED_OFF)]
    assert servers.asked == []


def test_questions_keep_their_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(time, "monotonic", lambda: 100.0)
    pace = asking.Pace()

    for _ in range(4):
        pace.wait(3)

    assert [round(each, 2) for each in waited] == [0.33, 0.67, 1.0]
