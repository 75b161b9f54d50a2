"""The form of a bibliography entry: every entry comes back as it was, and what is wrong stands beside its field."""

from pathlib import Path
from typing import Any

import pytest

import pages
from alstrom_site.editorial.canonical import canonical_json
from references.csl import read_bibliography
from references.form_parts import PARTS, fieldsets
from references.forms import ReferenceForm
from references.kinds import ReferenceKind
from tests.posting import fields_of
from tests.references.test_cleaning import LATER, OLD, OLD_CONTENT

FILE = Path(pages.__file__).parent / "starter_content" / "bibliography.json"
ENTRIES = read_bibliography(FILE.read_text(encoding="utf-8"))


def filled(**fields: str) -> ReferenceForm:
    form = ReferenceForm({"type": "article-journal", **fields})
    form.is_valid()
    return form


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["key"])
def test_an_entry_that_is_opened_and_sent_back_is_the_same(entry: dict[str, Any]) -> None:
    content = ReferenceKind().clean(entry)
    html = "".join(str(field) for field in ReferenceForm(initial=content))

    form = ReferenceForm({name: values[-1] for name, values in fields_of(html).items()})

    assert form.is_valid(), form.errors
    assert form.content() == content


def sent_back(content: dict[str, Any]) -> ReferenceForm:
    """The form as it comes back when it is opened and saved with nothing changed."""
    html = "".join(str(field) for field in ReferenceForm(initial=content))
    return ReferenceForm({name: values[-1] for name, values in fields_of(html).items()})


@pytest.mark.parametrize("name", sorted(LATER))
def test_a_field_that_came_later_is_the_same_after_the_form(name: str) -> None:
    content = ReferenceKind().clean(OLD_CONTENT | {name: LATER[name]})

    form = sent_back(content)

    assert form.is_valid(), form.errors
    assert form.content() == content


def test_an_old_entry_saved_with_nothing_changed_keeps_the_digest_that_was_signed() -> None:
    form = sent_back(OLD_CONTENT)

    assert form.is_valid(), form.errors
    assert canonical_json(form.content()) == OLD


def test_more_people_than_rows_come_as_lines_and_go_back_the_same() -> None:
    authors = [{"family": f"Author{number}", "given": "T. A.", "suffix": "Jr"} for number in range(300)]
    content = ReferenceKind().clean(
        OLD_CONTENT | {"author": [*authors, {"literal": "Group, Test"}, {"family": "Solo"}]}
    )

    form = sent_back(content)

    assert form.is_valid(), form.errors
    assert form.content() == content


def test_a_line_of_people_with_too_many_parts_is_named() -> None:
    form = filled(key="test", author="One | T.\nTwo | T. | | | more")

    assert form.errors == {"author": ["Line 2 has more than three marks “|”. Take one out."]}


def test_every_field_stands_in_exactly_one_part_of_the_form() -> None:
    placed = [name for part in PARTS for name in part.fields]

    assert sorted(placed) == sorted(field.name for field in ReferenceKind.fields)


@pytest.mark.parametrize(
    ("kind", "stands", "opened"),
    [
        ("article-journal", {}, set()),
        ("book", {}, {"The book and its publisher"}),
        ("webpage", {}, {"The book and its publisher", "On the web"}),
        ("thesis", {}, {"The book and its publisher", "Report, thesis or conference"}),
        ("article-journal", {"URL": "https://example.org/"}, {"On the web"}),
        ("article-journal", {"notices": [{"type": "ErratumIn"}]}, {"What its record says"}),
    ],
)
def test_the_parts_that_a_type_needs_or_that_are_filled_are_open(
    kind: str, stands: dict[str, Any], opened: set[str]
) -> None:
    shown = fieldsets(kind, stands)

    folding = {part.name for part in PARTS if part.folds}
    assert {name for name, part in shown if name in folding and "collapse" not in part["classes"]} == opened


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"author-0-family": "Ångström", "issued": "1973-01"}, "angstrom1973"),
        ({"author-0-family": "van den Test", "issued": "2002-10/2002-12", "title": "The one"}, "vandentest2002one"),
        ({"author-0-literal": "Test Group", "issued": "2005-05-15"}, "testgroup2005"),
        ({"title": "The report of tests", "issued": "2019"}, "2019report"),
        ({"title": "A report without a year"}, "report"),
        ({"title": "測試"}, "source"),
    ],
)
def test_an_empty_key_is_made_from_the_first_author_the_year_and_the_title(typed: dict[str, str], key: str) -> None:
    assert filled(**typed, **{"author-TOTAL": "1"}).content()["key"] == key


@pytest.mark.parametrize("typed", [{}, {"issued": "1973"}, {"author-0-family": "Test"}, {"author-0-family": "測試"}])
def test_a_key_that_cannot_be_made_is_asked_for(typed: dict[str, str]) -> None:
    assert filled(**typed, **{"author-TOTAL": "1"}).errors == {"key": ["Key is empty. Fill it in."]}


@pytest.mark.django_db
def test_a_key_is_not_asked_for_where_another_field_is_refused() -> None:
    form = filled(**{"author-0-family": "Test", "author-TOTAL": "1"}, issued="2019-13")

    assert list(form.errors) == ["issued"]


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("DOI", "https://doi.org/10.1000/ABC", "10.1000/abc"),
        ("PMID", "PMID: 00123", "123"),
        ("PMCID", "pmc0123", "PMC123"),
        ("issued", " 2002-10/2002-12 ", "2002-10/2002-12"),
    ],
)
def test_identifiers_and_dates_are_kept_in_one_spelling(field: str, typed: str, kept: str) -> None:
    assert filled(key="test", **{field: typed}).content()[field] == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("DOI", "elsewhere"),
        ("PMID", "PMC1"),
        ("PMCID", "123"),
        ("issued", "Oct-Dec 2002"),
        ("epub", "2002-13"),
        ("type", "poem"),
        ("key", "two words"),
        ("volume", "x" * 1001),
    ],
)
def test_what_is_wrong_is_said_once_and_beside_its_field(field: str, typed: str) -> None:
    errors = filled(**{"key": "test", field: typed}).errors

    assert list(errors) == [field]
    assert len(errors[field]) == 1
