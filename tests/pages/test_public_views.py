"""Readers get published pages: the stored bytes, to everybody the same, and nothing else."""

import ast
import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alstrom_site.editorial import projection
from alstrom_site.editorial.models import PublishedPage
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
    projection.refresh_stale()
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


PUBLIC_MODULES = [
    *("alstrom_site/reading.py", "pages/search.py", "pages/sitemaps.py"),
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "references" / "views").glob("*.py")),
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
        # Where a list shows a page: made with the page and from it.
        "alstrom_site.editorial.models.ListPlace",
        "alstrom_site.editorial.composing.",
        # Where a page went that is no more: of documents and former addresses, never of texts.
        *("alstrom_site.editorial.addresses.Gone", "alstrom_site.editorial.addresses.where_it_went"),
        "alstrom_site.editorial.addresses.standing_at",
    )

    of_the_record = {name for name in imports_of(ROOT / module) if name.startswith("alstrom_site.editorial")}

    assert {name for name in of_the_record if not name.startswith(allowed)} == set()
    assert not imports_of(ROOT / module) & {"pages.models", "references.models", "pages.kinds", "references.kinds"}


def test_every_public_view_is_under_that_law() -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages" / "views").glob("*.py")}

    of_the_desk = {"pages/views/editor.py", "pages/views/completing.py"}
    assert files - set(PUBLIC_MODULES) == {"pages/views/__init__.py", *of_the_desk}


@pytest.mark.django_db
def test_the_policy_for_contents_holds_on_public_pages(client: Client) -> None:
    response: Any = client.get("/")

    assert isinstance(response, HttpResponse)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
