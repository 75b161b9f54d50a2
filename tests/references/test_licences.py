"""An abstract is shown under a licence that lets it be shown, and not for any words that stand where one is named."""

from importlib import import_module

import pytest
from django.db import connection

from alstrom_site.editorial.models import PublishedPage
from references.licences import is_open
from tests.cast import Cast
from tests.documents import published


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
        "CC\u2011BY\u00a04.0",
        "Attribution 4.0 International",
        "This article is licensed under the Creative Commons Attribution 4.0 International License (CC BY 4.0).",
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
        "© Test Press. Reproduced with kind permission",
        "By permission of the publisher",
        "CC BY. All rights reserved",
        "CC BY (figures only)",
        "CC BY after the embargo",
        "Formerly CC BY",
        "Non-CC BY",
        "Public domain?",
        "CC BYE",
        "May be reproduced with permission",
        "No part may be reproduced except by permission of the publisher",
        "Not under a CC BY licence",
        "NOT yet in the public domain",
        "It isn't in the public domain",
    ],
)
def test_words_that_name_an_owner_or_nothing_are_no_licence(licence: str) -> None:
    assert not is_open(licence)


@pytest.mark.django_db
@pytest.mark.parametrize(("licence", "kept"), [("CC BY 4.0", True), ("CC BY, with permission", False), ("", False)])
def test_lists_made_before_keep_the_abstracts_of_open_licences_alone(cast: Cast, licence: str, kept: bool) -> None:
    document = published(cast, abstract="Words.", abstract_licence="CC0").document
    shared = PublishedPage.objects.get(document=document).listing
    shared["reference"]["abstract_licence"] = licence
    PublishedPage.objects.filter(document=document).update(listing=shared)

    (step,) = import_module("references.migrations.0013_abstracts_under_open_licences").Migration.operations
    with connection.cursor() as cursor:
        cursor.execute(step.sql)

    assert ("abstract" in PublishedPage.objects.get(document=document).listing["reference"]) is kept
