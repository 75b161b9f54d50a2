"""Home, the lists and the sitemap: what is live, in order, page by page, with a fixed number of queries."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.utils import timezone

from alstrom_site.editorial import actions
from tests.cast import NOW, Cast
from tests.documents import draft, published


def test_lists_show_what_is_live_with_a_fixed_number_of_queries(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    expected = {"/": 3, "/questions/": 2, "/glossary/": 2, "/bibliography/": 4, "/sitemap.xml": 1}
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
@pytest.mark.parametrize("path", ["/", "/questions/", "/glossary/", "/bibliography/", "/search/", "/sitemap.xml"])
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

    for path in ("/", "/questions/", "/glossary/", "/bibliography/", "/search/?q=test"):
        assert b"No clinician has reviewed some of the texts listed here" in client.get(path).content


def test_lists_mark_what_is_withdrawn_or_not_reviewed_or_past_its_review_date(cast: Cast, client: Client) -> None:
    long_ago, now = NOW - timedelta(days=3000), timezone.now()
    published(cast, "article", slug="what-is-alstrom-syndrome", at=long_ago)
    for kind in ("faq", "term"):
        published(cast, kind, slug="kite-current", at=now - timedelta(days=1))
        published(cast, kind, slug="kite-old", at=long_ago)
        gone = published(cast, kind, slug="kite-gone", at=long_ago)
        seen, reason = gone.text.digest, "It was made up."
        actions.propose(gone, actions.Retirement("withdraw", reason), by=cast.everything, at=now, seen=seen)
        actions.withdraw(gone, by=cast.publisher, at=now, seen=seen, reason=reason)
        new = draft(cast, kind, slug="kite-new", at=now)
        actions.publish_in_emergency(new, by=cast.publisher, at=now, seen=new.text.digest, reason=reason)

    paths = ("/", "/questions/", "/glossary/", "/search/?q=kite", "/search/?q=xyzzy")
    tags = {path: re.findall(r'<p class="(\w+)-tag">', client.get(path).content.decode()) for path in paths}

    assert tags["/"] == ["overdue", "pending", "overdue"]
    assert tags["/search/?q=xyzzy"] == ["overdue"]
    assert tags["/questions/"] == tags["/glossary/"] == ["withdrawn", "pending", "overdue"]
    assert sorted(tags["/search/?q=kite"]) == sorted(2 * tags["/glossary/"])


def test_the_sitemap_names_every_live_page(cast: Cast, client: Client) -> None:
    for kind in ("article", "faq"):
        published(cast, kind)

    response = client.get("/sitemap.xml")

    found = re.findall(r"<url><loc>([^<]+)</loc>", response.content.decode())
    home = site_settings.SITE_URL
    assert found[:4] == [f"{home}{path}" for path in ("/", "/questions/", "/glossary/", "/bibliography/")]
    assert found[4:] == [
        f"{home}{path}" for path in ("/bibliography/sample2001/", "/questions/is-this-a-test/", "/sample-article/")
    ]
    assert response["Content-Type"] == "application/xml; charset=utf-8"


@pytest.mark.django_db
def test_crawlers_are_kept_from_the_desk(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/\n" in text
    assert text.endswith("/sitemap.xml\n")
