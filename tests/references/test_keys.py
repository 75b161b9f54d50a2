"""Keys are made of author, year and word, and are free."""

from typing import Any

import pytest

from alstrom_site.editorial.models import FormerAddress
from references.keys import make_keys, stem
from tests.cast import NOW, Cast
from tests.documents import draft, published, reference_content


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "sample2001made"),
        ({"author": [{"family": "van der Größe-Ångström"}]}, "vandergrosseangstrom2001made"),
        ({"author": [{"literal": "Test Study Group"}]}, "teststudygroup2001made"),
        ({"author": [], "editor": [{"family": "Editor"}]}, "editor2001made"),
        ({"author": [], "title": "The made"}, "2001made"),
        ({"author": [{"family": "Ли"}], "title": "Книга"}, ""),
        ({"issued": "", "epub": "1999-02"}, "sample1999made"),
        ({"issued": "", "title": "<i>In vitro</i> tests"}, "samplevitro"),
        ({"title": "12 of 13"}, "sample2001"),
        ({"title": "2001 nights"}, "sample2001nights"),
        ({"author": [{"family": "A" * 99}], "title": "B" * 99}, "a" * 30 + "2001" + "b" * 24),
    ],
)
def test_a_key_begins_with_author_year_and_word(fields: dict[str, Any], expected: str) -> None:
    assert stem(reference_content("any", **{"title": "A made-up work", **fields})) == expected


@pytest.mark.django_db
def test_a_number_tells_apart_what_begins_alike(cast: Cast) -> None:
    draft(cast, key="sample2001made")

    keys = make_keys([reference_content("any", title=f"Made {n}") for n in range(3)])

    assert keys == ["sample2001made-2", "sample2001made-3", "sample2001made-4"]


@pytest.mark.django_db
def test_a_key_that_an_entry_had_is_not_given_again(cast: Cast) -> None:
    live = published(cast).document
    FormerAddress.objects.create(kind="reference", address="sample2001made", document=live, since=NOW)

    assert make_keys([reference_content("any", title="Made")]) == ["sample2001made-2"]


@pytest.mark.django_db
def test_many_keys_without_a_gap_are_all_known(cast: Cast) -> None:
    for number in range(2, 54):
        draft(cast, key=f"sample2001made-{number}", title=f"Work {number}", page=str(number))
    draft(cast, key="sample2001made", title="Work", page="1")

    assert make_keys([reference_content("any", title="Made")]) == ["sample2001made-54"]
