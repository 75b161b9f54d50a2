"""References read from NLM's text print again as they were."""

from string import ascii_lowercase, ascii_uppercase
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.formats.nlm_text import LONGEST_CITATION, parse_nlm_citation, parse_nlm_date
from references.formatting import nlm_citation
from references.kinds import ReferenceKind
from tests.references.test_starter_bibliography import PRINTED, starter_references

# What the printed form leaves out, and what only the bibliography knows.
NOT_PRINTED = {"key", "container_title", "DOI", "PMID"}


@pytest.mark.parametrize("key", PRINTED)
def test_each_reference_of_the_first_source_is_read_field_by_field(key: str) -> None:
    read = parse_nlm_citation(PRINTED[key])

    expected = starter_references()[key]
    assert {name: read[name] for name in read if name not in NOT_PRINTED} == {
        name: expected[name] for name in expected if name not in NOT_PRINTED
    }
    assert nlm_citation(read) == PRINTED[key]


def test_what_was_read_has_the_shape_of_a_reference() -> None:
    read = parse_nlm_citation(PRINTED["joy2007"])

    assert ReferenceKind().clean({**read, "key": "joy2007"}) == {**read, "key": "joy2007"}


DATES = {
    "2008": "2008",
    "2008 Aug": "2008-08",
    "2009 May 4": "2009-05-04",
    "2002 Oct-Dec": "2002-10/2002-12",
    "1998 Dec-1999 Jan": "1998-12/1999-01",
    "2005 Mar 28-Apr 3": "2005-03-28/2005-04-03",
    "2005 Mar 3-8": "2005-03-03/2005-03-08",
    "2001-2003": "2001/2003",
    "2005 Fall": "2005-23",
}


@pytest.mark.parametrize("printed", DATES)
def test_a_printed_date_keeps_its_precision(printed: str) -> None:
    assert parse_nlm_date(printed) == DATES[printed]


@pytest.mark.parametrize("printed", ["2005 Feb 30", "2005 Dec-Oct"])
def test_a_date_of_no_calendar_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match=r"There is no day|not after"):
        parse_nlm_date(printed)


FORMS = {
    "a supplement": "Test A. A title. J Test. 2001 Apr;12 Suppl 1:S1-9.",
    "a part of an issue": "Test A. A title. J Test. 2001 Apr;12(3 Pt 2):1-9.",
    "a rank": "Test AB Jr, Probe C. A title. J Test. 2001;12:1-9.",
    "others": "Test AB, Probe C, et al. A title. J Test. 2001;12:1-9.",
    "no author": "A title. J Test. 2001;12:1-9.",
    "no place yet": "Test A. A title. J Test. 2001 Apr 3.",
    "two notes": "Test A. A title? J Test. 2001;12(1):1-9. Epub 2000 Dec 24. Review. No abstract available.",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_prints_again_as_it_was(form: str) -> None:
    assert nlm_citation(parse_nlm_citation(FORMS[form])) == FORMS[form]


def test_a_year_in_the_title_is_not_taken_for_the_date() -> None:
    read = parse_nlm_citation("Test A. The years. 1998. What they say. J Test. 2001;12:1-9. Review.")

    assert (read["title"], read["issued"]) == ("The years. 1998. What they say", "2001")


def test_identifiers_behind_the_citation_are_kept_in_their_fields() -> None:
    text = "Test A. A title. J Test. 2001;12:1. doi: 10.1000/TEST.1. PubMed PMID: 123; PMCID: PMC45."
    read = parse_nlm_citation(text.replace("; PMCID", ". PMCID"))

    assert (read["DOI"], read["PMID"], read["PMCID"], read["notes"]) == ("10.1000/test.1", "123", "PMC45", [])


def test_what_cannot_be_read_behind_the_pages_stays_a_note() -> None:
    read = parse_nlm_citation("Test A. A title. J Test. 2001;12:1. Epub 2001 Feb 30. PMID: none.")

    assert read["notes"] == ["Epub 2001 Feb 30.", "PMID: none."]


@pytest.mark.parametrize(
    "text", ["", "Gene Review", "A sentence of 2008.", "A. " * LONGEST_CITATION, "Test A. A title. J Test. 2001"]
)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a citation"):
        parse_nlm_citation(text)


WORD = st.text(ascii_lowercase, min_size=2, max_size=9).map(str.capitalize)
NAME = st.builds(
    lambda family, letters: {"family": family, "given": "".join(f"{letter}." for letter in letters)},
    st.lists(WORD, min_size=1, max_size=2).map("-".join),
    st.text(ascii_uppercase, min_size=1, max_size=2),
)
WORDS = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
NUMBER = st.integers(1, 999).map(str)
REFERENCES = st.fixed_dictionaries(
    {
        "type": st.just("article-journal"),
        "author": st.lists(NAME, min_size=1, max_size=4),
        "title": st.lists(WORDS, min_size=1, max_size=3).map(". ".join),
        "container_title_short": WORDS,
        "issued": st.sampled_from(sorted(DATES.values())),
        "volume": NUMBER,
        "issue": st.just("") | NUMBER,
        "page": st.just("") | NUMBER.map("S{}".format),
        "epub": st.just("") | st.just("2001-02-03"),
        "notes": st.just([]) | WORDS.map(lambda words: [f"{words}."]),
    }
)


@given(REFERENCES)
def test_whatever_we_print_we_read_again(reference: dict[str, Any]) -> None:
    read = parse_nlm_citation(nlm_citation(reference))

    assert {name: read[name] for name in reference} == reference
