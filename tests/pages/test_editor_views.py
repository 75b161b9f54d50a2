"""Who may ask for a preview or send a picture, and what they get back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from PIL import Image

from alstrom_site.editorial.texts import Text
from pages import live
from pages.views import editor

urlpatterns = [
    path("admin/preview/", editor.preview),
    path("admin/upload/", editor.upload),
    path("", include("alstrom_site.urls")),
]
PREVIEW, UPLOAD = "/admin/preview/", "/admin/upload/"
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    settings.SECURE_SSL_REDIRECT = False
    monkeypatch.setattr(
        live,
        "known_sources",
        lambda texts: sources(
            goldstein1973=[{"family": "Goldstein"}, {"family": "Fialkow"}], joy2007=[{"literal": "Joy and others"}]
        ),
    )
    monkeypatch.setattr(live, "term_names", lambda texts: {"acanthosis-nigricans": "acanthosis nigricans"})
    cache.clear()
    yield
    cache.clear()


def sources(**authors: list[dict[str, str]]) -> dict[str, Text]:
    """Sources of these authors, by key, of the year that the key ends in."""
    return {key: Text(1, key, key, {"author": people, "issued": key[-4:]}) for key, people in authors.items()}


def signed_in(*codenames: str, enforce_csrf: bool = False, name: str = "test-person") -> Client:
    person = get_user_model().objects.create_user(
        username=name, email=f"{name}@example.org", password=None, display_name="Test Person"
    )
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client(enforce_csrf_checks=enforce_csrf)
    client.force_login(person)
    return client


def picture(format: str = "PNG") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (20, 10), "teal").save(out, format)
    return SimpleUploadedFile("evil.html", out.getvalue(), content_type="text/html")


def stored(folder: Path) -> list[Path]:
    return [found for found in folder.rglob("*") if found.is_file()]


def assert_refused(response: Any, status: int, words: str) -> None:
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    assert set(response.json()) == {"error"}
    assert words in response.json()["error"]


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_a_stranger_gets_a_sentence_and_no_sign_in_page(address: str) -> None:
    assert_refused(Client().post(address, {"text": "x"}), 401, "signed out")


@pytest.mark.parametrize(
    ("codename", "preview", "upload"),
    [
        ("write_document", 200, 400),
        ("review_edition", 200, 403),
        ("publish_edition", 403, 403),
        ("administer", 403, 403),
        ("view_record", 403, 403),
    ],
)
def test_each_permission_opens_only_its_views(codename: str, preview: int, upload: int) -> None:
    client = signed_in(codename)

    assert (client.post(PREVIEW).status_code, client.post(UPLOAD).status_code) == (preview, upload)


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_a_person_without_permission_is_told_whom_to_ask(address: str) -> None:
    assert_refused(signed_in().post(address, {"text": "x"}), 403, "administrator")


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch", "options"])
def test_only_post_is_answered(address: str, method: str) -> None:
    response = getattr(signed_in("write_document"), method)(address)

    assert (response.status_code, response["Allow"]) == (405, "POST")


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_a_request_without_csrf_token_is_refused_in_json(address: str, tmp_path: Path) -> None:
    client = signed_in("write_document", enforce_csrf=True)

    response = client.post(address, {"text": "x", "image": picture(), "alt": "A teal field"})

    assert_refused(response, 403, "reload")
    assert stored(tmp_path) == []


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_a_body_that_announces_too_much_is_refused_before_it_is_read(address: str) -> None:
    class Unreadable(BytesIO):
        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

    client = signed_in("write_document")

    announced: Any = {"CONTENT_LENGTH": str(50 * 1024**2), "wsgi.input": Unreadable()}

    response = client.generic("POST", address, b"", **announced)

    assert_refused(response, 413, "too large")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The time that the views see; put another time into it to let it pass."""
    times = [datetime(2026, 3, 2, 10, 15, 20, tzinfo=UTC)]
    monkeypatch.setattr(timezone, "now", lambda: times[-1])
    return times


@pytest.mark.parametrize(("address", "bounds"), [(PREVIEW, editor.PREVIEW), (UPLOAD, editor.UPLOAD)])
def test_haste_is_refused_until_the_minute_is_over(address: str, bounds: editor.Bounds, clock: list[datetime]) -> None:
    client = signed_in("write_document")

    answers = [client.post(address) for _ in range(bounds.per_minute)]
    refused = client.post(address)
    clock.append(clock[-1] + timedelta(seconds=40))

    assert all(answer.status_code != 429 for answer in answers)
    assert_refused(refused, 429, f"more than {bounds.per_minute} in a minute. Wait 40 seconds.")
    assert refused["Retry-After"] == "40"
    assert client.post(address).status_code != 429


@pytest.mark.usefixtures("clock")
def test_one_persons_haste_does_not_slow_another() -> None:
    hasty = signed_in("write_document")
    for _ in range(editor.UPLOAD.per_minute + 1):
        last = hasty.post(UPLOAD)

    calm = signed_in("write_document", name="another-test-person").post(UPLOAD)

    assert (last.status_code, calm.status_code) == (429, 400)


def test_the_preview_shows_citations_and_terms_resolved() -> None:
    text = "## Signs\r\n\r\nSee [acanthosis nigricans](term:acanthosis-nigricans) [@joy2007, p. 3]."

    answer = signed_in("write_document").post(PREVIEW, {"text": text, "where": "body"}).json()

    assert 'href="/glossary/acanthosis-nigricans/"' in answer["html"]
    assert answer["cited"] == [{"number": 1, "label": "Joy and others 2007"}]
    assert answer["problems"] == []
    assert answer["words"] == 4


def test_earlier_texts_of_the_page_give_the_numbers_but_not_their_problems() -> None:
    fields = {
        "before": ["First [@goldstein1973] and [@unknown2001].", "Again [@goldstein1973]."],
        "text": "Now [@joy2007].",
    }

    answer = signed_in("review_edition").post(PREVIEW, fields).json()

    assert answer["cited"] == [{"number": 2, "label": "Joy and others 2007"}]
    assert answer["problems"] == []


def test_problems_come_with_their_line() -> None:
    answer = signed_in("write_document").post(PREVIEW, {"text": "Fine.\r\n\r\nNot [@nobody1999]."}).json()

    assert [(problem["code"], problem["line"]) for problem in answer["problems"]] == [("unknown-reference", 3)]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "[x](javascript:alert(1))", '<img src=x onerror="alert(1)">']
)
def test_the_preview_carries_no_markup_of_the_writer(text: str) -> None:
    html = signed_in("write_document").post(PREVIEW, {"text": text}).json()["html"]

    assert not any(part in html for part in ("<script", "<img", 'href="javascript'))


def test_a_text_that_is_too_long_is_a_problem_not_a_failure() -> None:
    response = signed_in("write_document").post(PREVIEW, {"text": "a " * 150_000})

    assert response.status_code == 200
    assert [problem["code"] for problem in response.json()["problems"]] == ["text-too-long"]


def test_a_picture_is_stored_under_our_name_and_comes_back_as_markdown(tmp_path: Path) -> None:
    response = signed_in("write_document").post(UPLOAD, {"image": picture(), "alt": "  A teal\n field "})

    [kept] = stored(tmp_path)
    assert kept.parent == tmp_path / "images"
    assert kept.suffix == ".png"
    assert response.json() == {
        "markdown": f"![A teal field](/media/images/{kept.name})",
        "url": f"/media/images/{kept.name}",
    }
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "alt",
    [
        "A [bracket] and ](/other) \\ end",
        "*stars* _lines_ `ticks`",
        "<b>",
        "&amp; &#65; R&D",
        "[@joy2007]",
        "a\x00b\u202ec",
    ],
)
def test_any_description_comes_out_of_the_preview_as_it_was_typed(alt: str) -> None:
    client = signed_in("write_document")

    markdown = client.post(UPLOAD, {"image": picture(), "alt": alt}).json()["markdown"]

    preview = client.post(PREVIEW, {"text": markdown}).json()
    visible = "".join(c for c in alt if c.isprintable())
    escaped = visible.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert f'alt="{escaped}"' in preview["html"]
    assert preview["problems"] == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"alt": "A teal field"}, "No picture arrived"),
        ({"image": "a text", "alt": "A teal field"}, "No picture arrived"),
        ({"alt": ""}, "Describe"),
        ({"alt": " \n\u200b"}, "Describe"),
        ({"alt": "x" * 301}, "300 characters"),
    ],
)
def test_a_picture_needs_a_file_and_a_description(fields: dict[str, str], words: str, tmp_path: Path) -> None:
    sent: dict[str, Any] = {"image": picture(), **fields} if words != "No picture arrived" else fields

    response = signed_in("write_document").post(UPLOAD, sent)

    assert_refused(response, 400, words)
    assert stored(tmp_path) == []


@pytest.mark.parametrize(
    ("content", "content_type", "words"),
    [
        (b"<html><script>alert(1)</script>", "image/gif", "not a picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml", "SVG"),
        (b"", "image/png", "empty"),
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_is_called(
    content: bytes, content_type: str, words: str, tmp_path: Path
) -> None:
    sent = SimpleUploadedFile("picture.gif", content, content_type=content_type)

    response = signed_in("write_document").post(UPLOAD, {"image": sent, "alt": "Words"})

    assert_refused(response, 400, words)
    assert stored(tmp_path) == []
