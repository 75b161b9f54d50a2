"""Readers get published pages: the stored bytes, to everybody the same, and nothing else."""

import ast
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from PIL import Image

from alstrom_site.editorial.models import PublishedPage
from pages import images
from tests.cast import PASSWORD, Cast
from tests.documents import draft, published

ROOT = Path(__file__).resolve().parents[2]
LISTS = [
    "/",
    "/questions/",
    "/glossary/",
    "/bibliography/",
    "/search/",
    "/search/?q=test",
    "/sitemap.xml",
    "/robots.txt",
]


@pytest.fixture
def one_of_each(cast: Cast) -> list[str]:
    """The paths of four live pages."""
    for kind in ("article", "faq", "term"):
        published(cast, kind)
    return ["/sample-article/", "/questions/is-this-a-test/", "/glossary/sample-term/", "/bibliography/sample2001/"]


def on(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    monkeypatch.setattr("alstrom_site.reading.timezone.now", lambda: noon)


def test_a_page_is_served_as_stored_in_one_query(
    one_of_each: list[str], client: Client, django_assert_num_queries: Any
) -> None:
    for path in one_of_each:
        with django_assert_num_queries(1):
            response = client.get(path)

        stored = PublishedPage.objects.get(path=path)
        assert response.status_code == 200
        assert response.content in (bytes(stored.body), bytes(stored.body_overdue))
        assert response["ETag"].strip('"') == hashlib.sha256(response.content).hexdigest()
        assert response["Cache-Control"] == "public, max-age=60"
        assert response["Content-Language"] == "en-GB"
        assert response["Content-Type"] == "text/html; charset=utf-8"


def test_whoever_has_a_page_already_gets_no_bytes(one_of_each: list[str], client: Client) -> None:
    for path in [*one_of_each, *LISTS]:
        etag = client.get(path)["ETag"]

        again = client.get(path, headers={"If-None-Match": etag})
        weak = client.get(path, headers={"If-None-Match": f'W/"old", W/{etag}'})
        other = client.get(path, headers={"If-None-Match": '"something-else"'})

        assert [response.status_code for response in (again, weak, other)] == [304, 304, 200]
        assert again.content == b""
        assert again["ETag"] == etag


def test_head_tells_what_get_would_bring(one_of_each: list[str], client: Client) -> None:
    for path in [*one_of_each, *LISTS]:
        whole, head = client.get(path), client.head(path)

        assert head.content == b""
        assert head.status_code == 200
        assert head["Content-Length"] == str(len(whole.content))
        assert head["ETag"] == whole["ETag"]


def test_no_public_answer_depends_on_who_asks(one_of_each: list[str], cast: Cast) -> None:
    known = Client()
    assert known.login(username=cast.editor.username, password=PASSWORD)
    for path in [*one_of_each, *LISTS, "/unknown/", "/media/images/unknown.png"]:
        to_stranger, to_editor = Client().get(path), known.get(path)

        assert to_stranger.content == to_editor.content
        for response in (to_stranger, to_editor):
            assert not response.cookies
            assert "cookie" not in response.get("Vary", "").lower()
            assert b"csrf" not in response.content


def test_only_get_and_head_are_answered(one_of_each: list[str]) -> None:
    strict = Client(enforce_csrf_checks=True)
    for path in [*one_of_each, *LISTS, "/media/images/unknown.png"]:
        for method in (strict.post, strict.put, strict.patch, strict.delete, strict.options):
            response = method(path)

            assert response.status_code == 405, (path, method)
            assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("day", "late"), [(date(2027, 3, 1), False), (date(2027, 3, 2), False), (date(2027, 3, 3), True)]
)
def test_the_notice_of_a_late_review_appears_the_day_after_it_was_due(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, day: date, late: bool
) -> None:
    published(cast, "article")
    on(day, monkeypatch)

    with CaptureQueriesContext(connection) as queries:
        response = client.get("/sample-article/")

    assert (b"past its review date" in response.content) is late
    assert len(queries) == 1
    stored = PublishedPage.objects.get(path="/sample-article/")
    assert response["ETag"] == f'"{stored.etag_overdue if late else stored.etag}"'


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        *("/unknown/", "/questions/unknown/", "/glossary/unknown/", "/bibliography/unknown/", "/a/b/c/"),
        *("/bibliography/a%00b/", "/%00/", "/bibliography/a//b/", "/x.php", "/questions/%ff/", "/bibliography/a%20b/"),
    ],
)
def test_an_unknown_address_gets_a_page_that_helps_on(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert b"Page not found" in response.content
    assert b'action="/search/"' in response.content


def test_a_draft_has_no_public_address(cast: Cast, client: Client) -> None:
    draft(cast, "term", slug="unsigned")

    assert client.get("/glossary/unsigned/").status_code == 404


def test_an_address_without_its_last_slash_leads_to_the_page(one_of_each: list[str], client: Client) -> None:
    for path in [*one_of_each, "/questions/", "/glossary/", "/bibliography/", "/search/"]:
        response = client.get(path.rstrip("/"))

        assert (response.status_code, response["Location"]) == (301, path)
        assert not response.cookies


def test_a_page_is_at_its_exact_address_only(one_of_each: list[str], client: Client) -> None:
    for path in one_of_each:
        assert client.get(path.upper()).status_code == 404
        assert client.get(f"{path}more/").status_code == 404


def test_a_failure_shows_a_page_that_needs_no_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False
    monkeypatch.setattr("alstrom_site.reading.PublishedPage", None)

    response = client.get("/anything/")

    assert response.status_code == 500
    assert b"Something went wrong on our side" in response.content


def test_lists_show_what_is_live_with_a_fixed_number_of_queries(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    expected = {"/": 3, "/questions/": 2, "/glossary/": 2, "/bibliography/": 2, "/sitemap.xml": 1}
    for round_ in range(2):
        published(cast, "article", slug=f"article-{round_}")
        published(cast, "faq", slug=f"question-{round_}")
        published(cast, "term", slug=f"term-{round_}")
        for path, queries in expected.items():
            with django_assert_num_queries(queries):
                assert client.get(path).status_code == 200

    shown = {path: client.get(path).content.decode() for path in expected}
    assert 'href="/article-1/"' in shown["/"]
    assert 'href="/questions/question-1/"' in shown["/"]
    assert 'href="/questions/question-1/"' in shown["/questions/"]
    assert 'href="/glossary/term-1/"' in shown["/glossary/"]
    assert 'href="/bibliography/sample2001/"' in shown["/bibliography/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", LISTS)
def test_lists_of_nothing_are_calm(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_home_begins_with_the_first_page_and_parts_the_others_by_audience(cast: Cast, client: Client) -> None:
    published(cast, "article", slug="what-is-alstrom-syndrome", quick_answer="It is *this* [@sample2001].")
    published(cast, "article", slug="for-doctors", audience="professionals")
    published(cast, "article", slug="for-parents", audience="families")

    html = client.get("/").content.decode()

    assert "It is this." in html
    assert html.count('href="/what-is-alstrom-syndrome/"') == 1
    assert html.index("/for-parents/") < html.index('id="for-professionals"') < html.index("/for-doctors/")


def test_long_lists_come_in_pages(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alstrom_site.reading.Stretch.asked.__func__.__kwdefaults__", {"size": 2, "query": ()})
    for letter in "cab":
        published(cast, "term", slug=f"{letter}-term")

    first, second = (client.get("/glossary/", {"page": page}).content.decode() for page in ("1", "2"))

    assert 'href="/glossary/?page=2"' in first
    assert ["a-term/" in first, "b-term/" in first, "c-term/" in first] == [True, True, False]
    assert "c-term/" in second
    assert 'rel="canonical" href="http://127.0.0.1:8000/glossary/?page=2"' in second
    assert client.get("/glossary/", {"page": "99"}).content.decode() == second
    assert client.get("/glossary/", {"page": "\x00"}).content.decode() == first


def test_terms_stand_under_their_letter_whatever_their_accents(cast: Cast, client: Client) -> None:
    for slug, term in (("zoster", "Zoster"), ("oedema", "Ödem"), ("ocular", "ocular"), ("two", "2nd")):
        published(cast, "term", slug=slug, term=term)

    html = client.get("/glossary/").content.decode()

    places = [html.index(f'id="letter-{letter}"') for letter in ("0–9", "o", "z")]
    assert places == sorted(places)
    assert html.index(">ocular<") < html.index(">Ödem<") < html.index(">Zoster<")


def test_lists_of_demonstration_texts_say_so(cast: Cast, client: Client) -> None:
    cast.reviewer.is_demonstration = True
    cast.reviewer.save()
    for kind in ("article", "faq", "term"):
        published(cast, kind)

    for path in ("/", "/questions/", "/glossary/", "/bibliography/"):
        assert b"No clinician has reviewed this text" in client.get(path).content


def test_the_sitemap_names_every_live_page(one_of_each: list[str], client: Client) -> None:
    response = client.get("/sitemap.xml")

    found = re.findall(r"<url><loc>([^<]+)</loc>", response.content.decode())
    home = site_settings.SITE_URL
    assert found[:4] == [f"{home}{path}" for path in ("/", "/questions/", "/glossary/", "/bibliography/")]
    assert sorted(found[4:]) == sorted(f"{home}{path}" for path in one_of_each)
    assert response["Content-Type"] == "application/xml; charset=utf-8"


@pytest.mark.django_db
def test_crawlers_are_kept_from_the_desk(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/\n" in text
    assert text.endswith("/sitemap.xml\n")


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
    assert Image.open(BytesIO(b"".join(response))).size == (20, 10)
    again = client.get(picture.url, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


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


PUBLIC_MODULES = [
    *("alstrom_site/reading.py", "pages/search.py", "pages/sitemaps.py", "references/views.py"),
    *(f"pages/views/{name}.py" for name in ("reading", "lists", "searching", "images", "errors")),
]


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


@pytest.mark.parametrize("module", PUBLIC_MODULES)
def test_public_views_know_nothing_but_published_pages(module: str) -> None:
    allowed = (
        *("alstrom_site.editorial.models.PublishedPage", "alstrom_site.editorial.models.published_page."),
        "alstrom_site.editorial.composing.",
    )

    of_the_record = {name for name in imports_of(ROOT / module) if name.startswith("alstrom_site.editorial")}

    assert {name for name in of_the_record if not name.startswith(allowed)} == set()
    assert not imports_of(ROOT / module) & {"pages.models", "references.models", "pages.kinds", "references.kinds"}


def test_every_public_view_is_under_that_law() -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages" / "views").glob("*.py")}

    assert files - set(PUBLIC_MODULES) == {"pages/views/__init__.py", "pages/views/editor.py"}


@pytest.mark.django_db
def test_the_policy_for_contents_holds_on_public_pages(client: Client) -> None:
    response: Any = client.get("/")

    assert isinstance(response, HttpResponse)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
