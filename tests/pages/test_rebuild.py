"""Published pages are derived: the command makes all of them again, byte for byte the same."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from alstrom_site.editorial import projection
from alstrom_site.editorial.kinds import LiveDocument, Page, compose
from alstrom_site.editorial.models import Edition, PublishedPage
from tests.cast import NOW, Cast
from tests.documents import draft, made_live, next_edition, published, signed, submitted

LATER = NOW + timedelta(days=40)


@pytest.fixture
def small_site(cast: Cast) -> None:
    """Pages of every kind that show each other, made in an order in which each was first published without others."""
    waiting = draft(cast, "article", slug="second-article", faqs=["why-so"], at=NOW)
    term = draft(cast, "term", slug="late-word", at=NOW)
    published(cast, "reference", key="zeta1999", PMID="12345678")
    published(cast, "faq", slug="why-so", answer="So [@zeta1999], a [word](term:late-word).")
    published(
        cast,
        "article",
        body="## One\n\nA [word](term:late-word) [@sample2001; @zeta1999, p. 3].",
        faqs=["why-so"],
        related=[{"address": "second-article", "description": "More."}],
        codes=[{"system": "TEST", "code": "1", "as_of": "2007-12"}],
    )
    through_the_workflow(cast, term)
    through_the_workflow(cast, waiting)
    through_the_workflow(cast, next_edition(cast, waiting.document, at=LATER, title="A changed title"))
    unpublished = next_edition(cast, term.document, at=LATER, term="Unsigned word")
    submitted(cast, unpublished, at=LATER)
    projection.refresh_stale()


def through_the_workflow(cast: Cast, edition: Edition) -> None:
    made_live(cast, signed(cast, submitted(cast, edition, at=LATER), at=LATER), at=LATER)


def rebuild() -> str:
    printed = StringIO()
    call_command("rebuild_pages", stdout=printed)
    return printed.getvalue()


def everything() -> dict[str, str]:
    """The digest of every column of every page but the row's own number, by path."""
    return {row["path"]: digest_of(dict(row)) for row in PublishedPage.objects.values()}


def digest_of(row: dict[str, Any]) -> str:
    columns = [(name, bytes(value) if isinstance(value, memoryview) else value) for name, value in sorted(row.items())]
    return hashlib.sha256(repr([pair for pair in columns if pair[0] != "id"]).encode()).hexdigest()


def leave_as_they_are() -> None:
    pass


def delete_all() -> None:
    PublishedPage.objects.all().delete()


def spoil_all() -> None:
    PublishedPage.objects.update(body=b"x", body_overdue=b"x", title="x", listing={}, made_from=[], search_text="")


@pytest.mark.usefixtures("small_site")
@pytest.mark.parametrize("beforehand", [leave_as_they_are, delete_all, spoil_all])
def test_rebuilt_pages_are_byte_for_byte_the_same(beforehand: Callable[[], None]) -> None:
    before = everything()

    beforehand()
    rebuild()

    assert len(before) == 6
    assert everything() == before


@pytest.mark.usefixtures("small_site")
def test_a_page_without_a_live_document_is_dropped() -> None:
    stray = PublishedPage.objects.get(path="/second-article/")
    document = stray.document
    live, document.live_edition = document.live_edition, None
    document.save()

    printed = rebuild()

    assert printed == "5 pages built.\n"
    assert not PublishedPage.objects.filter(path="/second-article/").exists()
    document.live_edition = live
    document.save()
    rebuild()


@pytest.mark.usefixtures("small_site")
def test_a_page_that_cannot_be_made_keeps_no_other_from_being_made(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    before = everything()

    def fail_for_the_term(live: LiveDocument) -> Page:
        if live.document.kind == "term":
            raise KeyError("gone")
        return compose(live)

    monkeypatch.setattr(projection, "compose", fail_for_the_term)
    PublishedPage.objects.exclude(kind="term").update(title="x")

    with pytest.raises(CommandError, match=r"late-word \('gone'\)\. All others are\."):
        rebuild()

    term = PublishedPage.objects.get(kind="term")
    assert {path: row for path, row in everything().items() if path != term.path} == {
        path: row for path, row in before.items() if path != term.path
    }
    assert "This page is being brought up to date." in client.get(term.path).content.decode()


@pytest.mark.django_db
def test_a_site_without_texts_has_no_pages() -> None:
    assert rebuild() == "0 pages built.\n"


def test_one_page_is_counted_in_the_singular(cast: Cast) -> None:
    published(cast)

    assert rebuild() == "1 page built.\n"
