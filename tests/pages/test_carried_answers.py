"""An article carries answers that others signed: it claims for them what they were signed for, and no more."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.test import Client

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.kinds import LiveDocument, Page, compose
from alstrom_site.editorial.models import Document, Edition, PublishedPage
from alstrom_site.editorial.review_policy import ReviewStep
from tests.cast import NOW, Cast
from tests.documents import STEP, fresh, made_live, next_edition, published, signed, submitted, yes_to_all
from tests.editorial.policies_of_tests import under
from tests.pages.reading import Reading
from tests.pages.test_relations import statements
from tests.pages.test_structured_data import structured_data_of

LATER = NOW + timedelta(days=30)
NOT_REVIEWED = "No clinician has reviewed this text."
SOME_NOT_REVIEWED = "No clinician has reviewed some of the answers on this page."
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
    assert said.count(SOME_NOT_REVIEWED) == 1
    assert said.count(ANSWER_NOT_REVIEWED) == 1
    assert NOT_REVIEWED not in said
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
    assert b"apart from the common questions: each answer has a review of its own" in bytes(page_of(article).body)
    assert structured_data_of(article)["reviewedBy"]


def test_a_wholly_unsigned_article_says_it_once(cast: Cast) -> None:
    with demonstration(cast):
        published(cast, "faq", slug="why-so")
        article = published(cast, "article", faqs=["why-so"])

    said = paragraphs(article)
    assert said.count(NOT_REVIEWED) == 1
    assert {SOME_NOT_REVIEWED, ANSWER_NOT_REVIEWED}.isdisjoint(said)
    assert not [words for words in said if words.startswith("Answer last reviewed")]


def test_the_notice_goes_when_a_clinician_signs_the_answer(cast: Cast) -> None:
    with demonstration(cast):
        question = published(cast, "faq", slug="why-so")
    article = published(cast, "article", faqs=["why-so"])

    edition = next_edition(cast, question.document, at=LATER, answer="Signed words.")
    made_live(cast, signed(cast, submitted(cast, edition, at=LATER), at=LATER), at=LATER)

    assert {NOT_REVIEWED, SOME_NOT_REVIEWED}.isdisjoint(paragraphs(article))
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

    assert SOME_NOT_REVIEWED in paragraphs(published(cast, "article", faqs=["why-so"]))


def test_more_answers_ask_no_more_of_the_database(cast: Cast) -> None:
    slugs = [f"question-{number}" for number in range(6)]
    for slug in slugs:
        published(cast, "faq", slug=slug)
    few = published(cast, "article", slug="few", faqs=slugs[:1])
    many = published(cast, "article", slug="many", faqs=slugs)

    assert len(statements(many)) == len(statements(few))


WITHDRAWN = b"This answer was withdrawn"
MARKED = "This page is being brought up to date."
OVERDUE = "This answer is past its review date. It was to be reviewed by {}."


def withdrawn(cast: Cast, edition: Edition) -> None:
    """The publisher confirms what another one proposed."""
    seen, reason = edition.text.digest, "It was made up."
    actions.propose(edition, actions.Retirement("withdraw", reason), by=cast.everything, at=LATER, seen=seen)
    actions.withdraw(edition, by=cast.publisher, at=LATER, seen=seen, reason=reason)


def test_no_article_shows_a_withdrawn_answer_unmarked_for_a_moment(cast: Cast) -> None:
    question = published(cast, "faq", slug="why-so")
    article = published(cast, "article", faqs=["why-so"])

    withdrawn(cast, question)

    page = PublishedPage.objects.get(document=article.document)
    assert WITHDRAWN in bytes(page.body)
    assert WITHDRAWN in bytes(page.body_overdue)
    assert not page.is_stale


def test_an_article_that_cannot_be_made_keeps_no_answer_from_being_withdrawn_and_warns_its_readers(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = published(cast, "faq", slug="why-so")
    article = published(cast, "article", faqs=["why-so"])

    def fail_for_the_article(live: LiveDocument) -> Page:
        if live.document == article.document:
            raise RuntimeError("This page cannot be made.")
        return compose(live)

    monkeypatch.setattr(projection, "compose", fail_for_the_article)

    withdrawn(cast, question)

    assert fresh(question).status == "withdrawn"
    assert PublishedPage.objects.get(document=article.document).is_stale
    assert MARKED in Reading(client.get("/sample-article/").content.decode()).words("p")


def test_beyond_so_many_articles_the_rest_warns_its_readers_until_it_is_made_by_a_job(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = published(cast, "faq", slug="why-so")
    for slug in ("one", "two", "three"):
        published(cast, "article", slug=slug, faqs=["why-so"])
    projection.refresh_stale()
    monkeypatch.setattr(projection, "MOST_AT_ONCE", 2)
    before = client.get("/three/")

    withdrawn(cast, question)

    assert WITHDRAWN in client.get("/two/").content
    between = client.get("/three/", headers={"If-None-Match": before["ETag"]})
    assert between.status_code == 200
    assert MARKED in Reading(between.content.decode()).words("p")
    assert MARKED not in Reading(before.content.decode()).words("p")
    projection.refresh_stale()
    after = client.get("/three/")
    assert WITHDRAWN in after.content
    assert len({each["ETag"] for each in (before, between, after)}) == 3
    assert MARKED not in Reading(after.content.decode()).words("p")


def said_on(edition: Edition, day: date) -> tuple[list[str], str]:
    """Return the paragraphs that readers see on a day, and the ETag."""
    body, etag = page_of(edition).served_on(day)
    return Reading(body.decode()).words("p"), etag


def test_an_answer_that_is_late_is_marked_in_the_article_from_the_day_after_its_own_date(cast: Cast) -> None:
    published(cast, "faq", slug="first", at=NOW - timedelta(days=200))
    published(cast, "faq", slug="second", at=NOW - timedelta(days=100))
    article = published(cast, "article", faqs=["first", "second"])
    first, second = sorted(filter(None, Document.objects.filter(kind="faq").values_list("review_due_on", flat=True)))
    day = timedelta(days=1)
    marks = [OVERDUE.format(f"{each:%-d %B %Y}") for each in (first, second)]

    seen = {each: said_on(article, each) for each in (first, first + day, second, second + day)}

    shown = [[mark in words for mark in marks] for words, _ in seen.values()]
    assert shown == [[False, False], [True, False], [True, False], [True, True]]
    etags = [etag for _, etag in seen.values()]
    assert etags[0] == PublishedPage.objects.get(document=article.document).etag
    assert etags[1] == etags[2]
    assert len(set(etags)) == 3


def test_a_late_answer_is_marked_no_more_once_it_was_reviewed_again(cast: Cast) -> None:
    question = published(cast, "faq", slug="first", at=NOW - timedelta(days=300))
    article = published(cast, "article", faqs=["first"])
    due = question.document.review_due_on
    assert due is not None
    on_the_day_after = due + timedelta(days=1)
    assert OVERDUE.format(f"{due:%-d %B %Y}") in said_on(article, on_the_day_after)[0]

    seen, said = question.text.digest, yes_to_all(question)
    actions.reaffirm(question, by=cast.second_reviewer, at=NOW + 9 * STEP, seen=seen, said=said)

    assert not [words for words in said_on(article, on_the_day_after)[0] if "past its review date" in words]


def test_a_withdrawn_answer_is_not_said_to_be_late_as_well(cast: Cast) -> None:
    question = published(cast, "faq", slug="first", at=NOW - timedelta(days=300))
    article = published(cast, "article", faqs=["first"])

    withdrawn(cast, question)

    assert b"<!--after" not in bytes(page_of(article).body)


def test_an_article_neither_is_found_by_nor_claims_a_review_of_a_withdrawn_answer(cast: Cast) -> None:
    question = published(cast, "faq", slug="why-so", answer="A zebraword.")
    article = published(cast, "article", faqs=["why-so"])
    assert "zebraword" in page_of(article).search_text

    withdrawn(cast, question)

    page = page_of(article)
    assert "zebraword" not in page.search_text
    assert "zebraword" not in page.listing["text"]
    assert {"lastReviewed", "reviewedBy"}.isdisjoint(structured_data_of(article))
    assert not [words for words in paragraphs(article) if words.startswith("Answer last reviewed")]


def test_one_signature_of_two_is_claimed_nowhere_once_the_text_went_out_in_an_emergency(cast: Cast) -> None:
    two = ReviewStep(1, MEDICAL_REVIEWER, 2)
    answer, source = (signed(cast, under(cast, two, kind=kind), at=NOW + 2 * STEP) for kind in ("faq", "reference"))
    for edition in (answer, source):
        actions.publish_in_emergency(
            edition, by=cast.publisher, at=NOW + 3 * STEP, seen=edition.text.digest, reason="It cannot wait."
        )
    article = published(cast, "article", at=LATER, faqs=["is-this-a-test"])

    assert not {"lastReviewed", "reviewedBy"} & {**structured_data_of(answer), **structured_data_of(article)}.keys()
    cards = [page_of(each).listing["card"] for each in (answer, source)]
    assert [(card["pending"], card["reviewed"]) for card in cards] == [(True, "")] * 2
    assert "Test reviewer" not in Reading(bytes(page_of(answer).body).decode()).words("aside")[0]
    words = paragraphs(article)
    assert "This answer was published before its medical review. Its review is pending." in words
    assert not any("Answer last reviewed" in each for each in words)

    # What was approved since is claimed, by all who signed it.
    actions.approve_afterwards(
        fresh(answer), by=cast.second_reviewer, at=LATER, seen=answer.text.digest, said=yes_to_all(answer)
    )
    claimed = structured_data_of(answer)
    assert (claimed["lastReviewed"], len(claimed["reviewedBy"])) == ("2026-04-01", 2)
