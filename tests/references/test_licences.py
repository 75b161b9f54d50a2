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
        "© Test Press. Reproduced with kind permission",
        "CC\u2011BY\u00a04.0. No changes were made.",
        "Crown copyright, OGL v3.0",
        "U.S. Government work",
    ],
)
def test_an_open_licence_is_one_whatever_stands_beside_it(licence: str) -> None:
    assert is_open(licence)


@pytest.mark.parametrize(
    "licence",
    [
        "",
        "© Elsevier, all rights reserved",
        "No reuse without permission",
        "Not in the public domain",
        "Unknown",
        "Reproduced only with permission of the publisher",
        "© Test Press. Reuse only by permission",
        "May be reproduced with permission",
        "No part may be reproduced except by permission of the publisher",
        "Not under a CC BY licence",
        "NOT yet in the public domain",
        "It isn't in the public domain",
    ],
)
def test_words_that_name_an_owner_or_nothing_are_no_licence(licence: str) -> None:
    assert not is_open(licence)
