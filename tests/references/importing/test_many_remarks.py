"""A file of which hardly anything is understood is told in a page that can be read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from references.admin import watching
from tests.cast import Cast

pytestmark = pytest.mark.django_db

RECORD = "TY  - JOUR\nTI  - A made-up title\n"


def test_the_first_lines_that_were_not_understood_are_named_and_the_others_counted(cast: Cast) -> None:
    file = RECORD + "X9  - z\n" * 300 + "ER  - \n"
    client = Client()
    client.force_login(cast.editor)

    response = client.post(reverse("admin:references_import"), {"text": file, "format": "ris"}, follow=True)

    page = response.content.decode()
    assert page.count("X9 is not one of RIS") == 200
    assert "Line 203: From here on 100 more are not named here." in page


def test_of_a_file_in_which_nothing_can_be_read_the_others_are_counted_too(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.editor)

    response = client.post(
        reverse("admin:references_import"), {"text": "[" + "5\n,{},\n" * 30 + "]", "format": "csl-json"}
    )

    errors = response.context["errors"]
    assert (len(errors), errors[-1]) == (21, "Line 21: From here on 40 more are not named here.")


def test_a_file_of_notices_that_is_too_long_is_refused_unread(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "MOST_BYTES", 10)
    client = Client()
    client.force_login(cast.editor)

    response = client.post(
        reverse("admin:references_watched"), {"file": SimpleUploadedFile("retraction_watch.csv", b"x" * 11)}
    )

    assert (response.status_code, "longer than" in response.content.decode()) == (400, True)
