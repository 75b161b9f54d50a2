"""Entries that may be of the same work are found before a second one is made."""

from typing import Any

import pytest

from references.cleaning import cleaned
from references.duplicates import Candidate, candidates, pairs
from tests.cast import Cast
from tests.documents import draft, published, reference_content

pytestmark = pytest.mark.django_db


def _content(key: str = "new2001", **fields: Any) -> dict[str, Any]:
    return cleaned(reference_content(key, **fields))


def _only(content: dict[str, Any]) -> tuple[Candidate, ...]:
    [found] = candidates([content])
    return found


def test_an_entry_with_the_same_identifier_is_certain_and_comes_first(cast: Cast) -> None:
    draft(cast, key="alike2001", title="Another title, page and all", volume="7")
    draft(cast, key="same1999", PMID="17940554", issued="1999", title="A third title", page="99")

    found = _only(_content(PMID="17940554", title="Whatever"))

    assert [(each.key, each.certain, each.why) for each in found] == [
        ("same1999", True, "has the same PMID"),
        ("alike2001", False, "has the same first author, year, volume and first page"),
    ]


@pytest.mark.parametrize(
    ("title", "issued", "author", "found"),
    [
        ("Åbout a <i>made-up</i> source: a study of tests that are made up", "2001", "Sample", True),
        ("About a made up source; a study of tests that are made up", "2002", "SAMPLE", True),
        ("About a made up source; a study of tests that are made up", "2003", "Sample", False),
        ("About a made up source; a study of tests that are made up", "2001", "Example", False),
        ("About a made up source; a study of tests that are made up", "", "", True),
        ("About something else", "2001", "Sample", False),
    ],
)
def test_alike_is_a_folded_title_by_the_same_author_within_a_year(
    cast: Cast, title: str, issued: str, author: str, found: bool
) -> None:
    draft(cast, key="old2001", title="About a made-up source: a study of tests that are made up", page="5")
    people = [{"family": author, "given": "A."}] if author else []

    alike = _only(_content(title=title, issued=issued, author=people, page="77"))

    assert [each.key for each in alike] == ["old2001"] * found


@pytest.mark.parametrize(("kind", "found"), [("book", True), ("report", True), ("chapter", False)])
def test_a_book_is_found_by_its_isbn_of_either_length(cast: Cast, kind: str, found: bool) -> None:
    draft(cast, key="old2001", type="book", title="The whole", ISBN=["0306406152"], volume="", page="")

    alike = _only(_content(type=kind, title="Whole, 2nd printing", issued="2009", ISBN=["9780306406157"]))

    assert [(each.key, each.why, each.certain) for each in alike] == [("old2001", "has the same ISBN", False)] * found


def test_two_entries_of_one_book_are_a_pair(cast: Cast) -> None:
    for key, number in (("one2001", "0306406152"), ("two2009", "9780306406157")):
        draft(
            cast, key=key, type="book", title=f"A book called {key}", ISBN=[number], issued=key[3:], volume="", page=""
        )

    assert [pair.scheme for pair in pairs()] == ["isbn"]


def test_an_entry_is_no_candidate_of_itself(cast: Cast) -> None:
    edition = published(cast, key="alone2001")

    assert candidates([edition.text.fields], except_for=edition.document) == [()]


def test_an_entry_with_the_longest_fields_is_found_too(cast: Cast) -> None:
    longest: dict[str, Any] = {
        "title": "T" * 1000,
        "volume": "V" * 1000,
        "page": "P" * 1000,
        "DOI": f"10.1000/{'d' * 292}",
    }
    longest["author"] = [{"family": "F" * 400}]
    draft(cast, key="long2001", **longest)

    assert [each.certain for each in _only(_content(**longest))] == [True]
