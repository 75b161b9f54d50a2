"""What the screens say of records that were read in part, and of what was brought as a whole."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

pytestmark = pytest.mark.django_db

IMPORT = reverse("admin:references_import")
CUT_OFF = {
    "before its title": (
        "<PubmedArticle><MedlineCitation><PMID>30000023</PMID><Article><Journal><Title>Journal of tests</Title>",
        "No title: PMID 30000023.",
        "The record breaks off",
    ),
    "in its title": ("@article{a,\n  title = {A title, author = {Test, A}\n}\n", "A title, author", "no closing brace"),
}


def shown(cast: Cast, text: str) -> str:
    """The page of what the editor pasted."""
    client = Client()
    client.force_login(cast.editor)
    return client.post(IMPORT, {"text": text}, follow=True).content.decode()


@pytest.mark.parametrize("where", CUT_OFF)
def test_a_record_that_is_cut_off_is_not_ticked_and_says_so_openly(cast: Cast, where: str) -> None:
    text, title, remark = CUT_OFF[where]

    page = shown(cast, text)

    assert (page.count('name="records"'), page.count(" checked>")) == (1, 0)
    assert title in page
    assert remark in page.partition('<details class="arrival__more" open>')[2]
