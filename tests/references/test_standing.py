"""What happened to a work is read from exact names alone."""

from typing import Any

import pytest

from references.standing import is_retracted, what_happened


def words(**record: Any) -> list[str]:
    return [each.words for each in what_happened(record)]


def test_several_things_stand_in_their_order() -> None:
    notices = [
        {"type": "RetractionIn", "text": "J Tests. 2010 May;1(1):1"},
        {"type": "ErratumIn", "text": "J Tests. 2007;1:1"},
        {"type": "ErratumIn", "text": "J Tests. 2004 Jan 3;1:1"},
        {"type": "ExpressionOfConcernIn", "text": "undated"},
    ]

    assert words(notices=notices, publication_types=["Retracted Publication"]) == [
        "Retracted 2010",
        "Expression of concern",
        "Corrected 2004",
        "Corrected 2007",
    ]


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
