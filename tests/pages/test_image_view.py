"""The editors' pictures as readers get them."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from PIL import Image

from pages import images


@pytest.fixture
def picture(tmp_path: Path) -> Iterator[images.StoredImage]:
    """A stored picture, in the media folder of this test."""
    out = BytesIO()
    Image.new("RGB", (20, 10), "teal").save(out, "PNG")
    out.seek(0)
    with override_settings(MEDIA_ROOT=tmp_path):
        stored = images.store(out, into=tmp_path / "images")
        for stray in ("secret.png", "images/evil.html", "images/evil.svg", "images/a.png.html"):
            (tmp_path / stray).write_bytes(b"secret")
        yield stored


def test_a_picture_is_served_for_good_and_as_nothing_else(
    picture: images.StoredImage, client: Client, django_assert_num_queries: Any, db: None
) -> None:
    with django_assert_num_queries(0):
        response = client.get(picture.url)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    # Of many pieces, a slow reader would hold a thread.
    assert not response.streaming
    assert Image.open(BytesIO(response.content)).size == (20, 10)
    again = client.get(picture.url, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
def test_another_picture_in_its_place_is_not_served(
    picture: images.StoredImage, client: Client, tmp_path: Path
) -> None:
    (tmp_path / "images" / picture.name).write_bytes(b"another picture")

    assert client.get(picture.url).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("picture")
@pytest.mark.parametrize(
    "name",
    [
        *(
            "../secret.png",
            "..%2fsecret.png",
            "%2e%2e/secret.png",
            "....//secret.png",
            "/etc/passwd",
            ".png",
            "secret.png",
        ),
        *("a%00.png", "evil.html", "evil.svg", "a.png.html", "x" * 300 + ".png", "..", ".", "a.png%0a", "A.PNG"),
    ],
)
def test_no_name_leads_out_of_the_picture_folder(client: Client, name: str) -> None:
    response = client.get(f"/media/images/{name}")

    assert response.status_code == 404
    assert b"secret" not in response.content
