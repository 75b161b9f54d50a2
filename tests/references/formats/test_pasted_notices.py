"""Pasted citations with notices behind them, and preprints: each number stays with the work whose it is."""

from typing import Any

import pytest

from references.formats.nlm_text import parse_nlm_citation
from references.formatting import nlm_citation
from references.standing import is_retracted, what_happened
from tests.references.formats.samples import item, read

WORK = "Test A. A title. J Test. 1999 Mar;12(3):45-50."
BOOK = "Test A. A book. Bern: Tests; 2009."
NUMBERS = ("DOI", "PMID", "PMCID")
NOTICE = {"type": "RetractionIn", "pmid": "", "doi": "10.1000/notice", "text": "J Test. 2010 Jan;1(1):2"}
NOTICE["text"] += ". doi: 10.1000/notice"


def numbers(found: dict[str, Any]) -> dict[str, str]:
    return {name: found[name] for name in NUMBERS if name in found}


@pytest.mark.parametrize("work", [WORK, BOOK])
@pytest.mark.parametrize(
    ("before", "behind", "own"),
    [
        ("", "", {}),
        (" doi: 10.1000/work. Epub 1999 Feb 1.", "", {"DOI": "10.1000/work"}),
        ("", " PMID: 123; PMCID: PMC4. [Indexed for MEDLINE]", {"PMID": "123", "PMCID": "PMC4"}),
        (" https://doi.org/10.1000/work. PMID: 123.", "", {"DOI": "10.1000/work", "PMID": "123"}),
        (" doi: 10.1000/work", " PMID: 123. PMCID: PMC4.", {"DOI": "10.1000/work", "PMID": "123", "PMCID": "PMC4"}),
    ],
)
def test_the_numbers_of_a_notice_are_not_those_of_the_work(
    work: str, before: str, behind: str, own: dict[str, str]
) -> None:
    found = item(f"{work}{before} Retraction in: J Test. 2010 Jan;1(1):2. doi: 10.1000/notice.{behind}")

    assert (numbers(found), found["custom"]["notices"]) == (own, [NOTICE])
    assert is_retracted(found["custom"])


def test_of_two_numbers_of_pubmed_the_last_is_the_works_and_one_alone_is_named() -> None:
    two = item(f"{WORK} Retraction in: J Test. 2010 Jan;1(1):2. PMID: 456. PMID: 123.")
    records, problems = read(f"{WORK} Retraction in: J Test. 2010 Jan;1(1):2. PMID: 123.")

    assert (two["PMID"], two["custom"]["notices"][0]["pmid"]) == ("123", "456")
    assert records[0].item["PMID"] == "123"
    assert [one.message.partition(" and")[0] for one in problems] == ["PMID 123 stands behind “Retraction in:”"]


def test_each_notice_is_kept_with_its_kind_over_the_ends_of_lines() -> None:
    found = item(f"{WORK} Review.\nErratum in: J Test. 2000;1:2.\nexpression of concern in: J Test. 2009;1:3.\n")

    assert [(each["type"], each["text"]) for each in found["custom"]["notices"]] == [
        ("ErratumIn", "J Test. 2000;1:2"),
        ("ExpressionOfConcernIn", "J Test. 2009;1:3"),
    ]
    assert [each.words for each in what_happened(found["custom"])] == ["Corrected 2000", "Expression of concern 2009"]
    assert found["custom"]["notes"] == ["Review."]


def test_words_like_those_of_a_notice_that_are_not_known_are_a_note_with_their_numbers() -> None:
    found = item(f"{WORK} Author reply in: J Test. 2000;1:2. doi: 10.1000/reply.")

    assert (numbers(found), found["custom"]) == (
        {},
        {"notes": ["Author reply in: J Test. 2000;1:2. doi: 10.1000/reply."]},
    )


def test_a_title_may_begin_like_a_notice() -> None:
    found = item("Test A. Comment on: a title. J Test. 2001;12:1. PMID: 123.")

    assert (found["title"], found["PMID"]) == ("Comment on: a title", "123")


NUMBERED = {
    "a preprint": "Test A. A title. testRxiv [Preprint]. 2021 Mar 16:2021.03.15.1. doi: 10.1000/2021.1.",
    "online ahead of print": "Test A. A title? J Test. 2024 Mar 5:S0140-6736(24)00001-2. Online ahead of print.",
    "a year and a colon in the title": "Test A. 2024: a title. J Test. 2024 Mar 5:12.",
}


@pytest.mark.parametrize("form", NUMBERED)
def test_a_work_without_a_volume_prints_again_as_it_was(form: str) -> None:
    assert nlm_citation(parse_nlm_citation(NUMBERED[form]), identifiers=("DOI",)) == NUMBERED[form]


def test_a_preprint_is_not_taken_for_the_article_that_it_became() -> None:
    behind = "Update in: J Test. 2022 Jan 1;1(1):2. doi: 10.1000/new. PMID: 123; PMCID: PMC4."
    found = item(f"{NUMBERED['a preprint']} {behind}")

    assert numbers(found) == {"DOI": "10.1000/2021.1", "PMID": "123", "PMCID": "PMC4"}
    assert (found["type"], found["genre"], found["title"]) == ("article", "preprint", "A title")
    assert (found["container-title-short"], found["page"]) == ("testRxiv", "2021.03.15.1")
    assert [each.words for each in what_happened(found["custom"])] == ["Superseded 2022"]
