"""Citations are printed as NLM prints them, whatever is missing."""

import itertools
import re
from typing import Any

import pytest

from references.formatting import nlm_citation, short_label

ARTICLE: dict[str, Any] = {
    "key": "reviewer2001",
    "type": "article-journal",
    "author": [{"family": "Reviewer", "given": "Test"}],
    "title": "A title",
    "container_title": "Journal of Tests",
    "container_title_short": "J Tests",
    "issued": "2001-02-03",
    "volume": "4",
    "issue": "5",
    "page": "6-9",
    "epub": "2001-01",
    "notes": ["Review."],
}


def article(**changes: object) -> dict[str, Any]:
    return ARTICLE | changes


def authors(*people: dict[str, str]) -> str:
    """What is printed for these authors, before the full stop."""
    citation = nlm_citation(article(author=list(people)))
    return citation.removesuffix(". A title. J Tests. 2001 Feb 3;4(5):6-9. Epub 2001 Jan. Review.")


def source(**changes: object) -> str:
    """What is printed after the title and before the electronic date."""
    citation = nlm_citation(article(epub="", notes=[], **changes))
    return citation.removeprefix("Reviewer T. A title. ")


def test_a_complete_article_is_printed_with_every_part_in_its_place() -> None:
    assert nlm_citation(ARTICLE) == "Reviewer T. A title. J Tests. 2001 Feb 3;4(5):6-9. Epub 2001 Jan. Review."


@pytest.mark.parametrize(
    ("given", "initials"),
    [
        ("J.L.", "JL"), ("J L", "JL"), ("J. L.", "JL"), ("JL", "JL"), ("Jan D", "JD"), ("Jean-Pierre", "JP"),
        ("jan", "J"), ("Maria de Lourdes", "ML"), ("Johan Willem Maria", "JW"), ("Örjan", "Ö"), ("D'Arcy", "D"),
    ],
)  # fmt: skip
def test_given_names_become_two_initials_at_most(given: str, initials: str) -> None:
    assert authors({"family": "Reviewer", "given": given}) == f"Reviewer {initials}"


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("J.B., Jr.", "Reviewer JB Jr"),
        ("John B Sr", "Reviewer JB Sr"),
        ("John, III", "Reviewer J 3rd"),
        ("J, 3rd", "Reviewer J 3rd"),
        ("Jr", "Reviewer Jr"),
        ("V", "Reviewer V"),
        ("J. V.", "Reviewer JV"),
    ],
)
def test_a_rank_stands_after_the_initials_and_a_lone_numeral_is_an_initial(given: str, printed: str) -> None:
    assert authors({"family": "Reviewer", "given": given}) == printed


@pytest.mark.parametrize(
    ("suffix", "printed"), [("Jr.", "Reviewer J Jr"), ("III", "Reviewer J 3rd"), ("11th", "Reviewer J 11th")]
)
def test_a_rank_may_stand_in_a_field_of_its_own(suffix: str, printed: str) -> None:
    assert authors({"family": "Reviewer", "given": "J.", "suffix": suffix}) == printed


def test_particles_collective_authors_and_single_names_are_kept_as_they_are() -> None:
    people = (
        {"family": "van der Reviewer", "given": "T."},
        {"literal": "Test Study Group"},
        {"family": "Tester", "given": ""},
        {"family": "", "given": ""},
    )

    assert authors(*people) == "van der Reviewer T, Test Study Group, Tester"


@pytest.mark.parametrize("title", ["Is it rare?", "It is rare!", "It is rare.", "“Is it rare?”", "And so on…"])
def test_a_title_that_ends_its_own_sentence_gets_no_second_mark(title: str) -> None:
    assert nlm_citation(article(title=title)).startswith(f"Reviewer T. {title} J Tests. 2001")


def test_a_collective_author_with_a_full_stop_gets_no_second_one() -> None:
    assert nlm_citation(article(author=[{"literal": "Tests Inc."}])).startswith("Tests Inc. A title.")


@pytest.mark.parametrize(
    ("changes", "printed"),
    [
        ({"issue": ""}, "J Tests. 2001 Feb 3;4:6-9."),
        ({"volume": ""}, "J Tests. 2001 Feb 3;(5):6-9."),
        ({"volume": "", "issue": ""}, "J Tests. 2001 Feb 3:6-9."),
        ({"page": ""}, "J Tests. 2001 Feb 3;4(5)."),
        ({"issued": ""}, "J Tests. 4(5):6-9."),
        ({"issued": "in press"}, "J Tests. in press;4(5):6-9."),
        ({"volume": "", "issue": "", "page": ""}, "J Tests. 2001 Feb 3."),
        ({"volume": "", "issue": "", "issued": ""}, "J Tests. 6-9."),
        ({"issue": "Suppl 1"}, "J Tests. 2001 Feb 3;4 Suppl 1:6-9."),
        ({"container_title_short": ""}, "Journal of Tests. 2001 Feb 3;4(5):6-9."),
        ({"container_title_short": "J. Tests."}, "J. Tests. 2001 Feb 3;4(5):6-9."),
        ({"container_title_short": "", "container_title": ""}, "2001 Feb 3;4(5):6-9."),
    ],
)
def test_missing_parts_leave_no_punctuation_behind(changes: dict[str, str], printed: str) -> None:
    assert source(**changes) == printed


@pytest.mark.parametrize("type_", ["article-journal", "book", "chapter", "webpage", "report"])
def test_no_choice_of_missing_parts_leaves_dangling_punctuation(type_: str) -> None:
    optional = ["author", "title", "container_title", "issued", "volume", "issue", "page", "epub", "notes"]
    base = article(type=type_, container_title_short="")

    for missing in itertools.product([False, True], repeat=len(optional)):
        blank = {name: type(base[name])() for name, gone in zip(optional, missing, strict=True) if gone}
        printed = nlm_citation(base | blank)
        assert not re.search(r"\.\.|\s[.,;:]|\s\s|[;:,]\.|[;:,]$|^[.,;:\s]|;:|\(\)|\s$", printed), printed


def test_a_reference_with_nothing_in_it_prints_nothing() -> None:
    assert nlm_citation({}) == ""


@pytest.mark.parametrize(
    ("page", "printed"),
    [
        ("1193-202", "1193-202"),
        ("1193–1202", "1193-202"),
        ("96-98", "96-8"),
        ("96-101", "96-101"),
        ("12-17, 30-39", "12-7, 30-9"),
        ("e12-e15", "e12-e15"),
        ("99-12", "99-12"),
        ("7-7", "7-7"),
        ("49", "49"),
    ],
)
def test_pages_do_not_repeat_figures(page: str, printed: str) -> None:
    assert source(page=page) == f"J Tests. 2001 Feb 3;4(5):{printed}."


@pytest.mark.parametrize(
    ("type_", "printed"),
    [
        ("book", "A title. Journal of Tests. Vol. 4. 2001 Feb 3. p. 6-9."),
        ("report", "A title. Journal of Tests. Vol. 4. 2001 Feb 3. p. 6-9."),
        ("chapter", "A title. In: Journal of Tests. Vol. 4. 2001 Feb 3. p. 6-9."),
        ("webpage", "Journal of Tests [Internet]. A title; 2001 Feb 3."),
    ],
)
def test_other_types_are_printed_in_a_form_of_their_own(type_: str, printed: str) -> None:
    assert nlm_citation(article(type=type_, epub="", notes=[])) == f"Reviewer T. {printed}"


ONE, TWO, THREE = ({"family": name, "given": "T."} for name in ("One", "Two", "Three"))


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"author": [ONE]}, "One 2001"),
        ({"author": [ONE, TWO]}, "One and Two 2001"),
        ({"author": [ONE, TWO, THREE]}, "One and others 2001"),
        ({"author": [{"literal": "Test Study Group"}]}, "Test Study Group 2001"),
        ({"author": [ONE], "issued": "2002-10/2003-01"}, "One 2002"),
        ({"author": [ONE], "issued": ""}, "One"),
        ({"author": []}, "A title 2001"),
        ({"author": [], "title": "One two three four five six seven"}, "One two three four five six… 2001"),
        ({"author": [], "title": "", "issued": ""}, "reviewer2001"),
    ],
)
def test_the_short_label_names_authors_and_year_or_what_there_is(changes: dict[str, Any], label: str) -> None:
    assert short_label(article(**changes)) == label
