"""What happened to a work is read from exact names alone."""

from typing import Any

import pytest

from references.standing import Notice, is_retracted, what_happened


def words(**record: Any) -> list[str]:
    return [each.words for each in what_happened(record)]


def test_several_things_stand_in_the_order_of_their_dates() -> None:
    notices = [
        {"type": "RetractionIn", "text": "J Tests. 2010 May;1(1):1"},
        {"type": "ErratumIn", "text": "J Tests. 2007;1:1"},
        {"type": "ErratumIn", "text": "J Tests. 2004 Jan 3;1:1"},
        {"type": "ExpressionOfConcernIn", "text": "undated"},
    ]

    assert words(notices=notices, publication_types=["Retracted Publication"]) == [
        "Corrected 2004",
        "Corrected 2007",
        "Retracted 2010",
        "Expression of concern",
    ]
    assert is_retracted({"notices": notices})


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Periodontol 2000. 2019 Oct;81(1):1. doi: 10.1000/x.2004", "2019"),
        ("Periodontol 2000 2019;81:1", "2019"),
        ("J Tests. doi: 10.1000/x.2004 ", ""),
        ("Test Lett; a journal. 2010 May 3;1(1):1. Epub 2009 Jan 2", "2010"),
        ("2010 Feb 6 Retraction Watch, record 1999", "2010"),
        ("Retraction 2010", "2010"),
    ],
)
def test_the_year_of_a_notice_is_that_of_its_date(text: str, year: str) -> None:
    assert words(notices=[{"type": "RetractionIn", "text": text}]) == [f"Retracted {year}".strip()]


@pytest.mark.parametrize(
    "record",
    [
        {"notices": [{"type": "RetractionOf", "pmid": "1"}]},
        {"publication_types": ["Retraction Notice", "Retraction of Publication", "Journal Article"]},
        {"notices": [{"type": "retractionin"}, {"type": "CommentIn"}, {"type": "ErratumFor"}, {}]},
        {"publication_types": ["retracted publication"]},
        {},
    ],
)
def test_the_notice_of_a_retraction_is_no_retracted_paper(record: dict[str, Any]) -> None:
    assert words(**record) == []
    assert not is_retracted(record)


def test_the_publication_type_alone_says_it_too() -> None:
    assert words(publication_types=["Journal Article", "Retracted Publication"]) == ["Retracted"]
    assert is_retracted({"publication_types": ["Retracted Publication"]})
    assert is_retracted({"notices": [{"type": "RetractionIn"}]})


def said(*notices: Notice, **record: Any) -> list[str]:
    return [each.words for each in what_happened(record, notices)]


PUBMED = {"type": "RetractionIn", "pmid": "7", "text": "J Tests. 2010 May;1(1):1"}


def test_what_two_sources_say_of_one_event_stands_once_with_all_they_know() -> None:
    (happened,) = what_happened({"notices": [PUBMED]}, [Notice("RetractionIn", "2010-02-06", doi="10.1000/n")])

    assert (happened.words, happened.date, happened.pmid, happened.doi) == (
        "Retracted 2010",
        "2010-02-06",
        "7",
        "10.1000/n",
    )


def test_what_differs_by_year_or_number_stands_twice() -> None:
    assert said(Notice("RetractionIn", "2011"), notices=[PUBMED]) == ["Retracted 2010", "Retracted 2011"]
    assert said(Notice("ErratumIn", "2004", doi="10.1/a"), Notice("ErratumIn", "2004", doi="10.1/b")) == [
        "Corrected 2004",
        "Corrected 2004",
    ]


def test_a_part_is_not_said_to_be_the_whole() -> None:
    assert said(Notice("PartialRetractionIn", "2010")) == ["Retracted in part 2010"]
    assert said(Notice("RetractedandRepublishedIn", "2010")) == ["Retracted and republished 2010"]
    assert said(Notice("PartialRetractionIn", "2010"), notices=[PUBMED]) == ["Retracted 2010"]


@pytest.mark.parametrize(("back", "retracted"), [("2012", False), ("2010-02-06", False), ("2009", True), ("", True)])
def test_a_reinstatement_undoes_only_what_was_before_it(back: str, retracted: bool) -> None:
    notices = [Notice("RetractionIn", "2010-02-06"), Notice("ReinstatementIn", back)]

    assert is_retracted({}, notices) is retracted
    assert sorted(said(*notices)) == sorted(["Retracted 2010", f"Reinstated {back[:4]}".strip()])


BACK = Notice("ReinstatementIn", "2012-06-01", doi="10.1/back")


@pytest.mark.parametrize(
    ("record", "observed", "retracted"),
    [
        ({"publication_types": ["Retracted Publication"]}, [], True),
        ({}, [Notice("RetractionIn", "", pmid="9")], True),
        ({}, [Notice("RetractionIn", "2012", pmid="9")], True),
        ({}, [Notice("RetractionIn", "2012-06", pmid="9")], True),
        ({}, [Notice("RetractionIn", "2010", pmid="9"), Notice("RetractionIn", text="again")], True),
        ({}, [Notice("RetractionIn", "2010-02-06", doi="10.1/a"), Notice("RetractionIn", "2013", pmid="9")], True),
        ({}, [Notice("RetractionIn", "2012-05", pmid="9")], False),
        ({}, [Notice("RetractionIn", "2010", pmid="9"), Notice("RetractionIn", pmid="9")], False),
        ({"notices": [PUBMED], "publication_types": ["Retracted Publication"]}, [], False),
    ],
)
def test_what_may_be_younger_than_the_reinstatement_leaves_the_work_retracted(
    record: dict[str, Any], observed: list[Notice], retracted: bool
) -> None:
    assert is_retracted(record, [*observed, BACK]) is retracted


def test_no_more_than_a_year_known_of_the_reinstatement_is_its_first_day() -> None:
    notices = [Notice("RetractionIn", "2012-02-01"), Notice("ReinstatementIn", "2012")]

    assert is_retracted({}, notices)
    assert said(Notice("ReinstatementIn", "2012")) == ["Reinstated 2012"]
