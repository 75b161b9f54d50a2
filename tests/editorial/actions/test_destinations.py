"""Where a page leads that was taken down: to a page that readers can open and rely on, never round in a circle."""

import re

import pytest
from django.test import Client

from alstrom_site.editorial.workflow import NotReady
from tests.cast import Cast
from tests.documents import draft, made_live, next_edition, published, signed, submitted
from tests.editorial.actions.test_retiring import LATER, propose, unpublish, unpublished, withdrawn

pytestmark = pytest.mark.django_db

DESTINATIONS = {
    "itself": ("/glossary/sample-term/", "A page cannot lead to itself"),
    "itself in capitals": ("/GLOSSARY/Sample-Term", "A page cannot lead to itself"),
    "itself with the site before it": ("http://127.0.0.1:8000/glossary/sample-term", "A page cannot lead to itself"),
    "nothing": ("/glossary/unknown/", "Readers can open no page at /glossary/unknown/"),
    "a draft": ("/glossary/draft-term/", "Readers can open no page"),
    "another spelling": ("/glossary/OTHER-term/", "but one at /glossary/other-term/"),
    "another site": ("https://example.org/", "Readers can open no page"),
    "a protocol": ("//example.org/", "Readers can open no page"),
    "a withdrawn page": ("/glossary/withdrawn-term/", "was withdrawn"),
    "a page that is gone": ("/glossary/gone-term/", "Readers can open no page"),
    "the desk": ("/admin/", "Readers can open no page"),
}


@pytest.mark.parametrize("case", DESTINATIONS)
def test_a_page_that_is_taken_down_leads_to_no(cast: Cast, case: str) -> None:
    edition = published(cast, "term")
    published(cast, "term", slug="other-term")
    draft(cast, "term", slug="draft-term")
    withdrawn(cast, slug="withdrawn-term")
    unpublished(cast, slug="gone-term")
    typed, sentence = DESTINATIONS[case]

    with pytest.raises(NotReady, match=re.escape(sentence)):
        propose(cast, edition, "unpublish", typed)


def test_a_page_may_lead_to_one_whose_address_differs_in_capitals(cast: Cast) -> None:
    kept, other = published(cast, key="Sample2001"), published(cast, key="sample2001", DOI="10.1000/other")

    proposal = propose(cast, other, "unpublish", "/bibliography/Sample2001/")

    assert proposal.moved_to == "/bibliography/Sample2001/"
    assert kept.document != other.document


@pytest.mark.parametrize("typed", ["/glossary/other-term/", "glossary/other-term", " /glossary/other-term "])
def test_a_destination_is_kept_as_the_path_of_its_page(cast: Cast, typed: str) -> None:
    published(cast, "term", slug="other-term")

    assert propose(cast, published(cast, "term"), "unpublish", typed).moved_to == "/glossary/other-term/"


def test_two_pages_never_lead_to_each_other(cast: Cast, client: Client) -> None:
    second = published(cast, "term", slug="second-term")
    unpublished(cast, slug="first-term", moved_to="/glossary/second-term/")

    with pytest.raises(NotReady, match="Readers can open no page at /glossary/first-term/"):
        propose(cast, second, "unpublish", "/glossary/first-term/")
    propose(cast, second, "unpublish")
    unpublish(cast, second)

    # Both are gone now, and the first one no longer leads to what is gone.
    assert [client.get(f"/glossary/{name}-term/").status_code for name in ("first", "second")] == [410, 410]


def test_a_destination_that_moves_is_followed_in_one_step(cast: Cast, client: Client) -> None:
    second = published(cast, "term", slug="second-term")
    unpublished(cast, slug="first-term", moved_to="/glossary/second-term/")

    newer = submitted(cast, next_edition(cast, second.document, at=LATER, slug="third-term"), at=LATER)
    made_live(cast, signed(cast, newer, at=LATER), at=LATER)

    answers = [client.get(f"/glossary/{name}-term/").get("Location") for name in ("first", "second")]
    assert answers == ["/glossary/third-term/", "/glossary/third-term/"]


def test_a_page_that_is_gone_is_in_no_list_and_not_in_the_search(cast: Cast, client: Client) -> None:
    unpublished(cast, "term")

    for path in ("/", "/glossary/", "/search/?q=sample+term", "/sitemap.xml"):
        assert b"/glossary/sample-term/" not in client.get(path).content


def test_a_withdrawn_page_is_marked_in_lists_and_left_out_of_the_sitemap(cast: Cast, client: Client) -> None:
    withdrawn(cast, "term")

    for path in ("/glossary/", "/search/?q=sample+term"):
        html = client.get(path).content
        assert b"/glossary/sample-term/" in html
        assert b"Withdrawn on" in html
    assert b"/glossary/sample-term/" not in client.get("/sitemap.xml").content
    assert b'<meta name="robots" content="noindex">' in client.get("/glossary/sample-term/").content
