"""The form of a bibliography entry: every entry comes back as it was, and what is wrong stands beside its field."""

from pathlib import Path
from typing import Any

import pytest

import pages
from references.csl import read_bibliography
from references.forms import ReferenceForm
from references.kinds import ReferenceKind
from tests.posting import fields_of

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


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"author-0-family": "Ångström", "issued": "1973-01"}, "angstrom1973"),
        ({"author-0-family": "van den Test", "issued": "2002-10/2002-12"}, "vandentest2002"),
        ({"author-0-literal": "Test Group", "issued": "2005-05-15"}, "testgroup2005"),
    ],
)
def test_an_empty_key_is_made_from_the_first_author_and_the_year(typed: dict[str, str], key: str) -> None:
    assert filled(**typed, **{"author-TOTAL": "1"}).content()["key"] == key


@pytest.mark.parametrize("typed", [{}, {"issued": "1973"}, {"author-0-family": "Test"}, {"author-0-family": "測試"}])
def test_a_key_that_cannot_be_made_is_asked_for(typed: dict[str, str]) -> None:
    assert filled(**typed, **{"author-TOTAL": "1"}).errors == {"key": ["Key is empty. Fill it in."]}


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
