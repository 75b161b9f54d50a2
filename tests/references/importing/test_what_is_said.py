"""What the screens say of records that were read in part, and of what was brought as a whole."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

pytestmark = pytest.mark.django_db

IMPORT = reverse("admin:references_import")
BY_HAND = "Fill in the form by hand"
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


def test_what_was_not_read_of_a_file_is_said_in_plain_words(cast: Cast) -> None:
    record = '{"type": "book", "title": "A title", "original-date": {"raw": "1990"}, "custom": {"shelf_mark": "7"}}'

    page = shown(cast, f"[{record}, what is this]")

    assert "An entry has no place for: original date, shelf mark." in page
    assert "Line 1: " in page
    assert BY_HAND not in page


def test_the_form_says_beforehand_how_much_it_takes(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.editor)

    assert "Up to 20 MB and 5,000 records." in client.get(IMPORT).content.decode()
