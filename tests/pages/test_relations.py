"""What a text leads to is kept when it is saved, and public pages find who leads to them by it."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alstrom_site.editorial import derived, projection
from alstrom_site.editorial.kinds import compose
from alstrom_site.editorial.models import Document, Edition, PublishedPage
from alstrom_site.editorial.texts import shown_in
from tests.cast import NOW, Cast
from tests.documents import draft, fresh, next_edition, published

MORE = {"description": "More."}


def relations(edition: Edition) -> list[tuple[str, str]]:
    return list(fresh(edition).text.relations.values_list("kind", "address"))


def html_of(edition: Edition) -> str:
    projection.refresh_stale()
    return bytes(PublishedPage.objects.get(document=edition.document_id).body).decode()


def test_an_article_leads_to_its_questions_related_pages_and_terms_in_this_order(cast: Cast) -> None:
    edition = draft(
        cast,
        "article",
        quick_answer="A [word](term:second-word) [@sample2001].",
        body="A [word](term:first-word), a [word][1] and `[none](term:in-code)`.\n\n[1]: term:second-word",
        faqs=["why-so", "what-else"],
        related=[{"address": "other-article", **MORE}, {"address": "", **MORE}],
    )

    assert relations(edition) == [
        ("faq", "why-so"),
        ("faq", "what-else"),
        ("article", "other-article"),
        ("term", "second-word"),
        ("term", "first-word"),
    ]
    assert list(edition.text.relations.values_list("position", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("kind", "field"), [("faq", "answer"), ("term", "definition")])
def test_a_question_and_a_term_lead_to_the_terms_that_they_link_to(cast: Cast, kind: str, field: str) -> None:
    text: dict[str, Any] = {field: "A [word](term:a-word), [again](term:a-word) [@sample2001]."}

    edition = draft(cast, kind, **text)

    assert relations(edition) == [("term", "a-word")]


def test_an_entry_of_the_bibliography_leads_to_nothing(cast: Cast) -> None:
    assert relations(draft(cast, "reference", title="About [this](term:word)")) == []


def test_every_saved_text_has_its_own_relations(cast: Cast) -> None:
    published(cast, "term", slug="old-word")
    first = published(cast, "faq", answer="A [word](term:old-word).")
    published_text = first.text

    second = next_edition(cast, first.document, at=NOW, answer="A [word](term:new-word).")

    assert relations(second) == [("term", "new-word")]
    assert list(published_text.relations.values_list("address", flat=True)) == ["old-word"]


def test_a_text_that_refers_to_what_no_address_can_be_is_saved(cast: Cast) -> None:
    endless = "a" * 121

    edition = draft(cast, "faq", answer=f"A [word](term:{endless}) [@{endless}].")

    assert relations(edition) == []
    assert fresh(edition).text.citations.get().key == "a" * 120


def leading(kind: str) -> dict[str, Any]:
    """The fields by which an article leads to the question, term or source at the address "led-to"."""
    ways: dict[str, dict[str, Any]] = {
        "faq": {"faqs": ["led-to"]},
        "term": {"body": "A [word](term:led-to) [@sample2001]."},
        "reference": {"body": "A sentence [@led-to]."},
    }
    return ways[kind]


def statements(edition: Edition) -> list[str]:
    live = projection.live_document(Document.objects.get(pk=edition.document_id))
    with CaptureQueriesContext(connection) as captured:
        compose(live)
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("kind", ["faq", "term", "reference"])
def test_a_page_asks_no_more_of_the_database_when_more_pages_lead_to_it(cast: Cast, kind: str) -> None:
    address: dict[str, Any] = {"key" if kind == "reference" else "slug": "led-to"}
    edition = published(cast, kind, **address)
    published(cast, "article", slug="article-0", **leading(kind))
    few = statements(edition)

    for number in range(1, 6):
        published(cast, "article", slug=f"article-{number}", **leading(kind))
    many = statements(edition)

    assert len(many) == len(few)
    assert len(re.findall(r'<a href="/article-[^"#]+">', html_of(edition))) == 6
    assert not any("LIKE" in sql for sql in many)


def test_no_step_after_an_upgrade_misses_a_text_older_than_the_table(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = published(cast, "faq", slug="why-so")
    with monkeypatch.context() as earlier:
        earlier.setattr(derived, "_relations", lambda *_: [])
        article = published(cast, "article", faqs=["why-so"])
    upgrade: dict[str, Any] = {"verbosity": 0, "interactive": False, "db": "default", "apps": apps}

    emit_post_migrate_signal(**upgrade, plan=[("a step back", True)])
    assert list(shown_in(question.document)) == []
    emit_post_migrate_signal(**upgrade, plan=[("a step", False)])

    assert list(shown_in(question.document)) == [article.document]


def test_rebuilding_completes_the_relations_of_texts_older_than_the_table(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = published(cast, "faq", slug="why-so")
    with monkeypatch.context() as earlier:
        earlier.setattr(derived, "_relations", lambda *_: [])
        article = published(cast, "article", faqs=["why-so"])
    assert "/sample-article/" not in html_of(question)

    projection.rebuild()
    projection.rebuild()

    assert relations(article) == [("faq", "why-so")]
    assert '<a href="/sample-article/">Sample article</a>' in html_of(question)
