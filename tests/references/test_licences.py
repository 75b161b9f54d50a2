"""An abstract is shown under a licence that lets it be shown, and not for any words that stand where one is named."""

import pytest

from references.licences import is_open


@pytest.mark.parametrize(
    "licence",
    [
        "CC BY 4.0",
        "CC-BY-NC-ND",
        "CC0",
        "© 2020 The authors, CC BY",
        "Creative Commons Attribution",
        "https://creativecommons.org/licenses/by/4.0/",
        "Public domain",
        "By permission of the publisher",
    ],
)
def test_an_open_licence_is_one_whatever_stands_beside_it(licence: str) -> None:
    assert is_open(licence)


@pytest.mark.parametrize(
    "licence",
    ["", "© Elsevier, all rights reserved", "No reuse without permission", "Not in the public domain", "Unknown"],
)
def test_words_that_name_an_owner_or_nothing_are_no_licence(licence: str) -> None:
    assert not is_open(licence)
