"""CSL-JSON files and the content of references turn into each other without loss."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.csl import fields_without_a_place, from_csl, read_bibliography, to_csl, write_bibliography
from tests.site.test_partial_dates import edtf_strings


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r", "\n")).strip()


texts = st.text(st.characters(codec="utf-8"), max_size=12).map(_clean)
words = texts.filter(bool)
people = st.one_of(
    st.fixed_dictionaries({"family": words}, optional={"given": words, "suffix": words}),
    st.fixed_dictionaries({"given": words}),
    st.fixed_dictionaries({"literal": words}),
)
contents = st.fixed_dictionaries(
    {
        "key": words,
        "type": st.sampled_from(["article-journal", "book", "webpage"]),
        "author": st.lists(people, max_size=3),
        "title": texts,
        "container_title": texts,
        "container_title_short": texts,
        "issued": st.one_of(st.just(""), edtf_strings()),
        "volume": texts,
        "issue": texts,
        "page": texts,
        "epub": st.one_of(st.just(""), edtf_strings(), st.just("in press")),
        "DOI": st.sampled_from(["", "10.1000/xyz", "not a DOI"]),
        "PMID": st.sampled_from(["", "17940554"]),
        "PMCID": st.sampled_from(["", "PMC4369917"]),
        "notes": st.lists(words, max_size=3),
    },
    optional={
        **dict.fromkeys(["publisher", "publisher_place", "edition", "number_of_pages", "collection_title"], words),
        **dict.fromkeys(["collection_number", "number", "genre", "medium", "language", "original_title"], words),
        **dict.fromkeys(["event_title", "event_place", "URL", "abstract", "source_line"], words),
        **dict.fromkeys(["abstract_licence", "publication_model", "publication_status"], words),
        **dict.fromkeys(["accessed", "event_date", "updated", "container_issued"], edtf_strings()),
        "editor": st.lists(people, min_size=1, max_size=3),
        "ISBN": st.sampled_from([["9780306406157"], ["9780306406157", "0306406152"]]),
        "ISSN": st.sampled_from([["0317-8471"], ["0317-8471", "1050-124X"]]),
        "publication_types": st.lists(words, min_size=1, max_size=3),
        "notices": st.lists(
            st.fixed_dictionaries({"type": words}, optional={"pmid": words, "doi": words, "text": words}),
            min_size=1,
            max_size=2,
        ),
    },
)


@given(contents)
def test_a_reference_survives_the_way_through_csl(content: dict[str, Any]) -> None:
    assert from_csl(to_csl(content)) == content


@given(st.lists(contents, max_size=3))
def test_a_bibliography_written_from_what_was_read_is_the_same_file(references: list[dict[str, Any]]) -> None:
    written = write_bibliography(references)

    assert write_bibliography(read_bibliography(written)) == written


def test_fields_go_into_the_standard_variables_of_csl() -> None:
    content = from_csl({"id": "k", "type": "book"})

    assert to_csl(content | {"epub": "2007-10", "PMID": "17940554", "notes": ["Review."]}) == {
        "id": "k",
        "type": "book",
        "available-date": {"date-parts": [[2007, 10]]},
        "PMID": "17940554",
        "custom": {"notes": ["Review."]},
    }


def test_an_item_of_another_program_is_read_with_its_own_ways() -> None:
    item = {
        "id": 7,
        "type": "article-journal",
        "author": [
            {"family": "Reviewer", "given": "T.", "suffix": "Jr.", "non-dropping-particle": "van"},
            {"literal": "Test Study Group"},
            "Tester",
            {},
        ],
        "title": " A title ",
        "volume": 15,
        "issued": {"date-parts": [["2007", "12"]]},
        "DOI": "https://doi.org/10.1000/XYZ",
        "note": "PMID: 17940554\nRead twice",
    }

    read = from_csl(item)

    assert read["author"] == [
        {"family": "van Reviewer", "given": "T.", "suffix": "Jr."},
        {"literal": "Test Study Group"},
        {"literal": "Tester"},
    ]
    assert (read["key"], read["title"], read["volume"], read["issued"]) == ("7", "A title", "15", "2007-12")
    assert (read["DOI"], read["PMID"], read["notes"]) == ("10.1000/xyz", "17940554", ["Read twice"])


@pytest.mark.parametrize(
    ("date", "text"),
    [
        ("2007-12", "2007-12"),
        ({"raw": "Dec 2007"}, "Dec 2007"),
        ({"edtf": "2007"}, "2007"),
        ({"literal": "in press"}, "in press"),
        ({}, ""),
        (None, ""),
    ],
)
def test_a_date_in_words_is_kept_as_it_stands(date: object, text: str) -> None:
    assert from_csl({"id": "k", "type": "book", "issued": date})["issued"] == text


def test_the_fields_that_have_no_place_are_named() -> None:
    item = {"id": "k", "type": "book", "publisher": "P", "jurisdiction": "u", "custom": {"notes": [], "shelf": "3"}}

    assert fields_without_a_place(item) == ["jurisdiction", "custom.shelf"]


def test_what_csl_has_no_variable_for_stands_under_custom() -> None:
    filled = {
        "publication_types": ["Journal Article", "Retracted Publication"],
        "notices": [{"type": "RetractionIn", "pmid": "12345678", "text": "J Tests. 2010;1:1"}],
        "source_line": "J Tests. 2004;1:1.",
    }

    assert to_csl(from_csl({"id": "k", "type": "book", "custom": filled}))["custom"] == filled


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("978-0-306-40615-7, 0-306-40615-2", ["9780306406157", "0306406152"]),
        ("978 0 306 40615 7", ["9780306406157"]),
        ("9780306406157 0306406152", ["9780306406157", "0306406152"]),
        (["978-0-306-40615-7"], ["9780306406157"]),
        ("unknown", ["unknown"]),
    ],
)
def test_several_isbns_may_stand_in_one_text(written: object, kept: list[str]) -> None:
    assert from_csl({"id": "k", "type": "book", "ISBN": written})["ISBN"] == kept


def test_names_that_other_programs_use_are_read() -> None:
    item = {"id": "k", "type": "dataset", "version": "2.1", "event": "Test Days", "journalAbbreviation": "J Tests"}

    read = from_csl(item)

    assert (read["edition"], read["event_title"], read["container_title_short"]) == ("2.1", "Test Days", "J Tests")


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ({"type": "book", "title": "A title"}, "“A title” needs both an “id” and a “type”"),
        ({"id": "k"}, "“k” needs both an “id” and a “type”"),
        (
            {"id": "k", "type": "book", "issued": {"date-parts": [[2007, 13]]}},
            "“k” cannot be read. There is no month 13",
        ),
        ({"id": "k", "type": "book", "issued": {"season": 1}}, "“k” cannot be read. This date has no usable"),
    ],
)
def test_an_unfit_entry_is_refused_by_name(item: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        from_csl(item)


@pytest.mark.parametrize(
    ("text", "sentence"), [("[{]", "is not JSON: line 1"), ("{}", "is a list of entries"), ("[1]", "is a list of")]
)
def test_a_file_that_is_no_bibliography_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_bibliography(text)


def test_letters_are_written_as_themselves() -> None:
    content = from_csl({"id": "k", "type": "book", "title": "Alström"})

    assert "Alström" in write_bibliography([content])
    assert json.loads(write_bibliography([content]))[0]["title"] == "Alström"
