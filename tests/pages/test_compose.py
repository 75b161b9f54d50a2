"""What goes into a public page, and which other pages are made anew with it."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.composing import shown_day
from alstrom_site.editorial.kinds import compose
from alstrom_site.editorial.models import Document, Edition, PublishedPage
from tests.cast import NOW, Cast
from tests.documents import draft, made_live, next_edition, path_of, published, signed, submitted

LATER = NOW + timedelta(days=30)


def html_of(edition: Edition) -> str:
    projection.refresh_stale()
    return bytes(PublishedPage.objects.get(document=edition.document_id).body).decode()


def made_from(edition: Edition) -> set[int]:
    projection.refresh_stale()
    return set(PublishedPage.objects.get(document=edition.document_id).made_from)


def through_the_workflow(cast: Cast, edition: Edition) -> Edition:
    edition = signed(cast, submitted(cast, edition, at=LATER), at=LATER)
    return made_live(cast, edition, at=LATER)


def test_citations_are_numbered_in_the_order_in_which_readers_meet_them(cast: Cast) -> None:
    for key in ("quick2001", "body2001", "unknown2001", "answer2001", "closing2001"):
        published(cast, "reference", key=key)
    published(cast, "faq", slug="why-so", answer="So [@answer2001; @body2001].")

    article = published(
        cast,
        "article",
        quick_answer="Short [@quick2001].",
        body="## Part\n\nLong [@body2001].",
        not_known="Open [@unknown2001].",
        closing_summary="End [@closing2001; @quick2001].",
        faqs=["why-so"],
    )

    html = html_of(article)
    listed = re.findall(r'id="reference-(\d)".*?source for tests, (\w+)\.', html, re.DOTALL)
    assert listed == [
        ("1", "quick2001"),
        ("2", "body2001"),
        ("3", "unknown2001"),
        ("4", "answer2001"),
        ("5", "closing2001"),
    ]
    assert html.index('id="question-why-so"') < html.index('id="part-summary"')
    assert [int(number) for number in re.findall(r'id="citation-(\d)"', html)] == [1, 2, 3, 4, 5, 6, 7]


def test_every_citation_leads_to_the_list_and_back(cast: Cast) -> None:
    article = published(cast, "article", body="One [@sample2001]. Two [see @sample2001, p. 3].")

    html = html_of(article)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {address for address in re.findall(r'href="#([^"]+)"', html)} <= set(ids)
    assert 'href="#citation-2"' in html


def test_the_source_is_printed_as_nlm_prints_it_with_its_links(cast: Cast) -> None:
    published(cast, "reference", PMID="12345678", DOI="10.1000/182")

    html = html_of(published(cast, "article"))

    assert "Sample AB. A made-up source for tests, sample2001. J Test Fixt. 2001 Apr;7(2):10-2." in html
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/12345678/"' in html
    assert 'href="https://doi.org/10.1000/182"' in html


def test_a_related_article_appears_when_it_goes_live_and_not_before(cast: Cast) -> None:
    other = draft(cast, "article", slug="other-article")
    article = published(cast, "article", related=[{"address": "other-article", "description": "More of the same."}])
    assert "/other-article/" not in html_of(article)

    through_the_workflow(cast, other)

    assert '<a href="/other-article/">Other article</a>' in html_of(article)


def test_a_term_that_is_not_live_is_plain_words_until_it_is(cast: Cast) -> None:
    term = draft(cast, "term", slug="waiting")
    article = published(cast, "article", body="A [word](term:waiting) here [@sample2001].")
    assert "A word here" in html_of(article)

    through_the_workflow(cast, term)

    assert '<a class="term" href="/glossary/waiting/">word</a>' in html_of(article)


def test_a_term_names_the_pages_that_link_to_it(cast: Cast) -> None:
    term = published(cast, "term", slug="gone-round")
    published(cast, "term", slug="gone")
    published(cast, "faq", slug="does-code-count", answer="`term:gone-round` is only mentioned.")
    published(cast, "article", body="A [word](term:gone-round) [@sample2001].")
    published(cast, "faq", slug="what-round", answer="See [it](term:gone-round).")
    draft(cast, "faq", slug="unsigned", answer="See [it](term:gone-round).")
    projection.rebuild()

    html = html_of(term)

    assert re.findall(r'<a href="([^"]+)">(?:Sample article|What round\?|Does code count\?|Unsigned\?)</a>', html) == [
        "/sample-article/",
        "/questions/what-round/",
    ]


def test_two_pages_of_one_title_say_what_they_are(cast: Cast) -> None:
    term = published(cast, "term", slug="word")
    published(cast, "article", title="Why so?", body="A [word](term:word) [@sample2001].")
    published(cast, "faq", slug="why-so", answer="A [word](term:word).")
    published(cast, "faq", slug="what-else", answer="A [word](term:word).")

    html = html_of(term)

    described = re.findall(r'<a href="[^"]+">(Why so\?|What else\?)</a>\s*(?:<p>([^<]*)</p>)?', html)
    assert described == [("Why so?", "Article"), ("What else?", ""), ("Why so?", "Question")]


def test_a_question_names_the_articles_that_carry_it_until_they_do_not(cast: Cast) -> None:
    question = published(cast, "faq", slug="why-so")
    article = published(cast, "article", faqs=["why-so"])
    assert '<a href="/sample-article/">Sample article</a>' in html_of(question)

    through_the_workflow(cast, next_edition(cast, article.document, at=LATER, faqs=[]))

    assert "/sample-article/" not in html_of(question)


def test_a_changed_answer_changes_every_article_that_shows_it(cast: Cast) -> None:
    question = published(cast, "faq", slug="why-so", answer="Old words.")
    article = published(cast, "article", faqs=["why-so"])

    through_the_workflow(cast, next_edition(cast, question.document, at=LATER, answer="New words."))

    assert "New words." in html_of(article)
    assert "Old words." not in html_of(article)


def test_a_draft_shows_nowhere_in_public(cast: Cast) -> None:
    question = published(cast, "faq", slug="why-so")
    article = published(cast, "article", faqs=["why-so"])

    next_edition(cast, question.document, at=LATER, question="Unsigned words?", answer="Unsigned words.")
    projection.rebuild()

    assert "Unsigned words" not in html_of(article) + html_of(question)


def test_a_page_is_made_from_all_that_shows_in_it(cast: Cast) -> None:
    reference = published(cast, "reference", key="own2001")
    through_answer = published(cast, "reference", key="answer2001")
    term = published(cast, "term", slug="word")
    question = published(cast, "faq", slug="why-so", answer="So [@answer2001].")
    waiting = draft(cast, "article", slug="other-article")

    article = published(
        cast,
        "article",
        body="A [word](term:word) [@own2001].",
        faqs=["why-so"],
        related=[{"address": "other-article", "description": "More."}],
    )

    shown = (reference, through_answer, term, question, waiting, article)
    assert made_from(article) == {edition.document_id for edition in shown}
    assert article.document_id in made_from(reference) & made_from(term) & made_from(question)


def test_only_the_text_for_after_the_due_date_says_that_the_review_is_late(cast: Cast) -> None:
    published(cast, "article")

    page = PublishedPage.objects.get(path="/sample-article/")

    assert b"past its review date" not in bytes(page.body)
    assert b"past its review date" in bytes(page.body_overdue)


@pytest.mark.parametrize("kind", ["article", "faq", "term", "reference"])
def test_no_page_loads_anything_from_elsewhere_or_runs_a_script(cast: Cast, kind: str) -> None:
    html = html_of(published(cast, kind))

    loaded = re.findall(r'<(?:img|script|iframe|source)\b[^>]*\bsrc="([^"]+)"', html)
    loaded += re.findall(r'<link\b[^>]*rel="(?:stylesheet|icon)"[^>]*href="([^"]+)"', html)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
    assert re.findall(r"<script\b([^>]*)>", html) in ([], [' type="application/ld+json"'])


def test_a_page_keeps_the_precision_of_its_source_text(cast: Cast) -> None:
    origin = {"title": "A test source text", "reviewed": "2008-08", "published": "2009-05-04"}

    html = html_of(published(cast, "article", origin=origin))

    assert 'last reviewed in <time datetime="2008-08">August 2008</time>' in html
    assert 'published on <time datetime="2009-05-04">4 May 2009</time>' in html


def test_a_reference_page_names_who_cites_it_and_a_changed_title_follows(cast: Cast) -> None:
    article = published(cast, "article")
    source = Document.objects.get(kind="reference", address="sample2001")

    through_the_workflow(cast, next_edition(cast, article.document, at=LATER, title="Another title"))

    projection.refresh_stale()
    page = PublishedPage.objects.get(document=source)
    assert page.path == path_of(source)
    assert '<a href="/sample-article/">Another title</a>' in bytes(page.body).decode()
    assert page.listing["card"]["cited_on"] == 1


def test_composing_asks_no_more_of_the_database_for_a_longer_text(cast: Cast) -> None:
    few = [published(cast, "reference", key=f"few{number}") for number in range(2)]
    many = [published(cast, "reference", key=f"many{number}") for number in range(12)]
    short = published(cast, "article", body=" ".join(f"A [@few{number}]." for number in range(len(few))))
    long = published(cast, "article", slug="long", body=" ".join(f"A [@many{number}]." for number in range(len(many))))

    assert queries_to_compose(short) == queries_to_compose(long)


def queries_to_compose(edition: Edition) -> int:
    live = projection.live_document(Document.objects.get(pk=edition.document_id))
    with CaptureQueriesContext(connection) as queries:
        compose(live)
    return len(queries)


def test_a_moment_is_shown_as_the_same_day_wherever_its_clock_stood() -> None:
    moment = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)

    assert shown_day(moment.astimezone(timezone(timedelta(hours=2)))) == shown_day(moment)


def test_a_saved_text_waits_for_its_publication(cast: Cast) -> None:
    article = published(cast, "article")
    before = html_of(article)
    edition = next_edition(cast, article.document, at=LATER, summary="Words that nobody signed.")

    actions.discard(edition, by=cast.editor, at=LATER, seen=edition.text.digest, comment="Test.")

    assert html_of(article) == before
