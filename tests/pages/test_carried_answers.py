"""An article carries answers that others signed: it claims for them what they were signed for, and no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from alstrom_site.editorial import projection
from alstrom_site.editorial.models import Edition, PublishedPage
from tests.cast import NOW, Cast
from tests.documents import made_live, next_edition, published, signed, submitted
from tests.pages.reading import Reading
from tests.pages.test_relations import statements
from tests.pages.test_structured_data import structured_data_of

LATER = NOW + timedelta(days=30)
NOT_REVIEWED = "No clinician has reviewed this text."
ANSWER_NOT_REVIEWED = "No clinician has reviewed this answer."


@contextmanager
def demonstration(cast: Cast) -> Iterator[None]:
    """What the reviewer signs meanwhile stands for no clinician."""
    cast.reviewer.is_demonstration = True
    cast.reviewer.save()
    yield
    cast.reviewer.is_demonstration = False
    cast.reviewer.save()


def page_of(edition: Edition) -> PublishedPage:
    projection.refresh_stale()
    return PublishedPage.objects.get(document=edition.document_id)


def paragraphs(edition: Edition) -> list[str]:
    return Reading(bytes(page_of(edition).body).decode()).words("p")


def test_an_article_with_an_answer_that_no_clinician_signed_says_so_above_and_at_the_answer(cast: Cast) -> None:
    with demonstration(cast):
        published(cast, "faq", slug="why-so")
    published(cast, "faq", slug="what-else")

    article = published(cast, "article", faqs=["why-so", "what-else"])

    said = paragraphs(article)
    assert said.count(NOT_REVIEWED) == 1
    assert said.count(ANSWER_NOT_REVIEWED) == 1
    assert page_of(article).listing["card"]["demonstration"]


def test_an_article_with_such_an_answer_claims_no_review_to_machines(cast: Cast) -> None:
    with demonstration(cast):
        published(cast, "faq", slug="why-so")

    found = structured_data_of(published(cast, "article", faqs=["why-so"]))

    assert "reviewedBy" not in found
    assert "lastReviewed" not in found


def test_an_article_whose_answers_clinicians_signed_names_its_reviewer_and_their_dates(cast: Cast) -> None:
    published(cast, "faq", slug="why-so", at=NOW - timedelta(days=40))

    article = published(cast, "article", faqs=["why-so"])

    said = paragraphs(article)
    assert NOT_REVIEWED not in said
    assert "Answer last reviewed 21 January 2026" in said
    assert structured_data_of(article)["reviewedBy"]


def test_a_wholly_unsigned_article_says_it_once(cast: Cast) -> None:
    with demonstration(cast):
        published(cast, "faq", slug="why-so")
        article = published(cast, "article", faqs=["why-so"])

    said = paragraphs(article)
    assert said.count(NOT_REVIEWED) == 1
    assert ANSWER_NOT_REVIEWED not in said
    assert not [words for words in said if words.startswith("Answer last reviewed")]


def test_the_notice_goes_when_a_clinician_signs_the_answer(cast: Cast) -> None:
    with demonstration(cast):
        question = published(cast, "faq", slug="why-so")
    article = published(cast, "article", faqs=["why-so"])

    edition = next_edition(cast, question.document, at=LATER, answer="Signed words.")
    made_live(cast, signed(cast, submitted(cast, edition, at=LATER), at=LATER), at=LATER)

    assert NOT_REVIEWED not in paragraphs(article)
    assert "Answer last reviewed 1 April 2026" in paragraphs(article)


def test_an_answer_that_is_not_live_is_neither_carried_nor_counted(cast: Cast) -> None:
    question = published(cast, "faq", slug="why-so")
    article = published(cast, "article", faqs=["why-so"])
    with demonstration(cast):
        edition = next_edition(cast, question.document, at=LATER, answer="Words on their way.")
        signed(cast, submitted(cast, edition, at=LATER), at=LATER)
    projection.rebuild()

    assert NOT_REVIEWED not in paragraphs(article)
    assert "Answer last reviewed 2 March 2026" in paragraphs(article)


def test_what_an_article_only_links_to_needs_no_notice_on_it(cast: Cast) -> None:
    with demonstration(cast):
        published(cast, "term", slug="a-word")

    article = published(cast, "article", body="A [word](term:a-word) [@sample2001].")

    assert NOT_REVIEWED not in paragraphs(article)


def test_an_approval_of_an_earlier_text_counts_for_no_answer(cast: Cast) -> None:
    question = published(cast, "faq", slug="why-so")
    with demonstration(cast):
        edition = next_edition(cast, question.document, at=LATER, answer="Unsigned words.")
        made_live(cast, signed(cast, submitted(cast, edition, at=LATER), at=LATER), at=LATER)

    assert NOT_REVIEWED in paragraphs(published(cast, "article", faqs=["why-so"]))


def test_more_answers_ask_no_more_of_the_database(cast: Cast) -> None:
    slugs = [f"question-{number}" for number in range(6)]
    for slug in slugs:
        published(cast, "faq", slug=slug)
    few = published(cast, "article", slug="few", faqs=slugs[:1])
    many = published(cast, "article", slug="many", faqs=slugs)

    assert len(statements(many)) == len(statements(few))
