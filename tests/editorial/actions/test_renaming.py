"""A known page moves to another address with a new edition; the old one leads there for good and is nobody else's."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Document, Edition, FormerAddress, PublishedPage
from alstrom_site.editorial.texts import latest_texts, live_texts
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import ActionRefused, NotReady
from tests.cast import NOW, Cast, make_cast
from tests.documents import (
    STEP,
    approved,
    draft,
    fresh,
    made_live,
    next_edition,
    published,
    signed,
    submitted,
    term_content,
)

LATER = NOW + 20 * STEP


def renaming(cast: Cast, edition: Edition, slug: str) -> Edition:
    """Return an approved next edition that moves the document."""
    opened = next_edition(cast, Document.objects.get(pk=edition.document_id), at=LATER, slug=slug)
    return signed(cast, submitted(cast, opened, at=LATER + STEP), at=LATER + 2 * STEP)


def renamed(cast: Cast, edition: Edition, slug: str) -> Edition:
    return made_live(cast, renaming(cast, edition, slug), at=LATER + 3 * STEP)


def answer(client: Client, path: str) -> tuple[int, str]:
    response = client.get(path)
    return response.status_code, response.get("Location", "")


@pytest.mark.django_db
def test_until_it_is_published_the_address_of_readers_is_the_old_one(cast: Cast, client: Client) -> None:
    edition = published(cast, "term")

    renaming(cast, edition, "better-term")

    assert fresh(edition).document.address == "sample-term"
    assert answer(client, "/glossary/sample-term/")[0] == 200
    assert answer(client, "/glossary/better-term/")[0] == 404


@pytest.mark.django_db
def test_once_published_the_old_address_leads_to_the_new_one(cast: Cast, client: Client) -> None:
    edition = renamed(cast, published(cast, "term"), "better-term")

    assert edition.document.address == "better-term"
    assert answer(client, "/glossary/better-term/")[0] == 200
    assert answer(client, "/glossary/sample-term/") == (301, "/glossary/better-term/")
    assert list(faults()) == []


@pytest.mark.django_db
def test_a_page_that_moves_twice_and_back_never_loops(cast: Cast, client: Client) -> None:
    edition = renamed(cast, published(cast, "term"), "second-term")
    edition = renamed(cast, edition, "third-term")
    assert answer(client, "/glossary/sample-term/") == (301, "/glossary/third-term/")

    renamed(cast, edition, "sample-term")

    assert answer(client, "/glossary/sample-term/")[0] == 200
    assert answer(client, "/glossary/second-term/") == (301, "/glossary/sample-term/")
    assert answer(client, "/glossary/third-term/") == (301, "/glossary/sample-term/")
    assert FormerAddress.objects.count() == 3
    assert list(faults()) == []


@pytest.mark.django_db
def test_a_former_address_is_nobody_elses_in_a_new_document(cast: Cast) -> None:
    renamed(cast, published(cast, "term"), "better-term")

    with pytest.raises(ContentRefused, match="stood at /glossary/sample-term/, and that address leads to it for good"):
        draft(cast, "term")


@pytest.mark.django_db
def test_the_address_of_a_discarded_draft_is_said_to_be_its_own(cast: Cast) -> None:
    edition = draft(cast, "term")
    actions.discard(edition, by=cast.editor, at=LATER, seen=edition.text.digest, comment="Not needed.")

    with pytest.raises(ContentRefused) as refused:
        draft(cast, "term")

    belongs = "The address /glossary/sample-term/ belongs to “Sample term”, whose text was discarded."
    assert str(refused.value) == f"{belongs} Begin the next edition of that glossary term, or choose another address."
    assert refused.value.issues[0].elsewhere == ("term", "sample-term")


@pytest.mark.django_db
def test_a_former_address_is_nobody_elses_in_a_draft(cast: Cast) -> None:
    renamed(cast, published(cast, "term"), "better-term")
    other = draft(cast, "term", slug="other-term")

    with pytest.raises(ContentRefused, match="Choose another address"):
        actions.save(other, term_content(), by=cast.editor, at=LATER, seen=other.text.digest)

    assert fresh(other).text.digest == other.text.digest


@pytest.mark.django_db
def test_a_known_page_cannot_move_to_an_address_that_another_has_or_had(cast: Cast) -> None:
    renamed(cast, published(cast, "term"), "better-term")
    opened = next_edition(cast, published(cast, "term", slug="other-term").document, at=LATER, definition="More.")

    for slug in ("sample-term", "better-term"):
        content = {**opened.text.fields, "slug": slug}
        with pytest.raises(ContentRefused, match="Choose another address"):
            actions.save(opened, content, by=cast.editor, at=LATER, seen=opened.text.digest)


@pytest.mark.django_db
def test_an_address_that_was_taken_meanwhile_stops_the_publication_and_nothing_is_written(cast: Cast) -> None:
    edition = published(cast, "term")
    waiting = renaming(cast, edition, "better-term")
    draft(cast, "term", slug="better-term")

    with pytest.raises(NotReady, match="stands at /glossary/better-term/ already"):
        made_live(cast, waiting, at=LATER + 4 * STEP)

    assert fresh(edition).document.live_edition_id == edition.pk
    assert not FormerAddress.objects.exists()


@pytest.mark.django_db
def test_a_publication_that_fails_at_its_end_moves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = published(cast, "term")
    waiting = renaming(cast, edition, "better-term")

    def fail(document: Document, **_: object) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr(projection, "refresh", fail)
    with pytest.raises(OSError, match="full"):
        made_live(cast, waiting, at=LATER + 4 * STEP)

    assert fresh(edition).document.address == "sample-term"
    assert not FormerAddress.objects.exists()
    assert fresh(waiting).status == "approved"


@pytest.mark.django_db
def test_texts_that_refer_by_the_old_address_find_the_document(cast: Cast) -> None:
    question = published(cast, "faq", slug="why-so")
    term = published(cast, "term")
    article = published(cast, "article", faqs=["why-so"], quick_answer="A [word](term:sample-term) [@sample2001].")

    renamed(cast, question, "why-so-then")
    renamed(cast, term, "better-term")
    projection.refresh_stale()

    html = bytes(PublishedPage.objects.get(document=article.document).body).decode()
    assert 'href="/questions/why-so-then/"' in html
    assert 'class="term"' in html
    asked = bytes(PublishedPage.objects.get(document=question.document).body).decode()
    assert '<a href="/sample-article/">Sample article</a>' in asked
    assert live_texts("faq", ["why-so"])["why-so"].address == "why-so-then"
    assert set(latest_texts("faq", ["why-so", "why-so-then"])) == {"why-so", "why-so-then"}
    assert list(faults()) == []


@pytest.mark.django_db
def test_an_article_that_carries_a_renamed_question_can_be_approved_and_published_again(cast: Cast) -> None:
    question = published(cast, "faq", slug="why-so")
    article = published(cast, "article", faqs=["why-so"])
    renamed(cast, question, "why-so-then")

    again = next_edition(cast, article.document, at=LATER, summary="Another summary.")
    again = signed(cast, submitted(cast, again, at=LATER + 5 * STEP), at=LATER + 6 * STEP)

    assert made_live(cast, again, at=LATER + 7 * STEP).status == "published"


@pytest.mark.django_db
def test_an_old_address_is_found_in_one_query_more_and_only_where_no_page_stands(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    renamed(cast, published(cast, "term"), "better-term")

    for path, queries in (("/glossary/better-term/", 1), ("/glossary/sample-term/", 2), ("/glossary/unknown/", 2)):
        with django_assert_num_queries(queries):
            client.get(path)


Act = Callable[[], object]


def both_at_once(*acts: Act) -> list[Exception | None]:
    """Run the acts on a connection each, begun at the same moment, and return what each raised."""
    outcomes: list[Exception | None] = [None] * len(acts)
    together = threading.Barrier(len(acts))

    def run(place: int) -> None:
        try:
            together.wait(timeout=20)
            acts[place]()
        except Exception as error:  # whatever it is, it is the outcome
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_two_pages_that_move_to_one_address_at_once_one_does() -> None:
    cast = make_cast()
    waiting = [renaming(cast, published(cast, "term", slug=slug), "one-term") for slug in ("first-term", "other-term")]

    outcomes = both_at_once(*(lambda each=each: made_live(cast, each, at=LATER + 4 * STEP) for each in waiting))

    assert outcomes.count(None) == 1
    assert [type(each) for each in outcomes if each] == [NotReady]
    assert FormerAddress.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_left_at_this_moment_is_not_taken_by_another() -> None:
    cast = make_cast()
    waiting = renaming(cast, published(cast, "term"), "better-term")

    outcomes = both_at_once(
        lambda: made_live(cast, waiting, at=LATER + 4 * STEP),
        lambda: actions.start("term", term_content(), by=cast.second_editor, at=LATER + 4 * STEP),
    )

    assert outcomes[0] is None
    assert isinstance(outcomes[1], ContentRefused)
    assert Document.objects.of_kind("term").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_and_a_publication_that_meet_leave_one_whole_state() -> None:
    cast = make_cast()
    live = published(cast, "term")
    newer = next_edition(cast, live.document, at=LATER, definition="Other words.")
    newer = signed(cast, submitted(cast, newer, at=LATER), at=LATER)
    wanted = actions.Retirement("withdraw", "It no longer holds.")
    actions.propose(live, wanted, by=cast.editor, at=LATER, seen=live.text.digest)

    outcomes = both_at_once(
        lambda: made_live(cast, newer, at=LATER + STEP),
        lambda: actions.withdraw(
            live, by=cast.everything, at=LATER + STEP, seen=live.text.digest, reason="It no longer holds."
        ),
    )

    # Whoever comes first is the only one: what was signed before a withdrawal is no longer published after it, and a
    # withdrawal of what a publication took the place of comes too late.
    (refused,) = (each for each in outcomes if each is not None)
    assert isinstance(refused, ActionRefused)
    states = ("published", "superseded") if outcomes[0] is None else ("approved", "withdrawn")
    assert (fresh(newer).status, fresh(live).status) == states
    assert not live.proposals.waiting().exists()


@pytest.mark.django_db
def test_an_approved_text_of_a_document_that_was_never_public_needs_no_former_address(cast: Cast) -> None:
    edition = approved(cast, "term")

    made_live(cast, edition, at=LATER)

    assert not FormerAddress.objects.exists()
