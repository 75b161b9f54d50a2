"""What a page says of itself: when it changed and why, who looked at it again, and what is not reviewed yet."""

from datetime import timedelta

import pytest
from django.test import Client

from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.kinds import Happened
from alstrom_site.editorial.models import Change, Document, Edition, PublishedPage
from alstrom_site.editorial.public_history import public_history
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, fresh, made_live, next_edition, published, signed, submitted, yes_to_all
from tests.pages.reading import Reading
from tests.pages.test_structured_data import structured_data_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=30)
NOTE = "The second sentence names another day."
WHY = "A sentence in it was dangerous."


def changed(cast: Cast, edition: Edition, change: str, **fields: str) -> Edition:
    """Return the next edition, published at LATER as a minor or a major change."""
    opened = next_edition(cast, fresh(edition).document, at=LATER, **fields)
    actions.submit(opened, by=cast.editor, at=LATER, seen=opened.text.digest, change=change, note=NOTE)
    return made_live(cast, signed(cast, fresh(opened), at=LATER), at=LATER)


def in_an_emergency(cast: Cast, edition: Edition) -> Edition:
    opened = next_edition(cast, fresh(edition).document, at=LATER, definition="A safer sentence.")
    actions.publish_in_emergency(
        opened,
        by=cast.publisher,
        at=LATER,
        seen=opened.text.digest,
        reason=WHY,
        besides=actions.Besides("One sentence is safer."),
    )
    return fresh(opened)


def page_of(edition: Edition) -> Reading:
    projection.refresh_stale()
    return Reading(bytes(PublishedPage.objects.get(document=edition.document_id).body).decode())


def told(edition: Edition) -> list[tuple[Happened, int]]:
    document = Document.objects.get(pk=edition.document_id)
    return [(change.what, change.edition) for change in public_history(document)]


def test_a_new_page_says_when_it_was_first_published(cast: Cast) -> None:
    edition = published(cast, "term")

    assert told(edition) == [(Happened.FIRST, 1)]
    assert "First published on 2 March 2026 Edition 1" in page_of(edition).words("p")


def test_a_major_change_moves_the_day_of_the_last_update_and_stands_in_the_history(cast: Cast) -> None:
    edition = changed(cast, published(cast, "term"), Change.MAJOR, definition="Other words.")

    assert told(edition) == [(Happened.FIRST, 1), (Happened.CHANGED, 2)]
    assert {"Changed on 1 April 2026 Edition 2", NOTE} <= set(page_of(edition).words("p"))
    assert "Last updated 1 April 2026" in page_of(edition).words("aside")[0]
    assert structured_data_of(edition)["dateModified"] == "2026-04-01"


def test_a_minor_change_moves_no_day_and_is_not_told(cast: Cast) -> None:
    edition = changed(cast, published(cast, "term"), Change.MINOR, definition="Other words.")

    assert told(edition) == [(Happened.FIRST, 1)]
    assert NOTE not in page_of(edition).words("p")
    assert "Last updated 2 March 2026" in page_of(edition).words("aside")[0]
    assert structured_data_of(edition)["dateModified"] == "2026-03-02"


def test_what_follows_a_withdrawal_is_told_whatever_its_size(cast: Cast) -> None:
    edition = published(cast, "term")
    wanted = actions.Retirement("withdraw", WHY)
    actions.propose(edition, wanted, by=cast.editor, at=NOW + 5 * STEP, seen=edition.text.digest)
    actions.withdraw(edition, by=cast.publisher, at=NOW + 5 * STEP, seen=edition.text.digest, reason=WHY)
    assert {"This page was withdrawn on 2 March 2026.", f"Why it was withdrawn: {WHY}"} <= set(
        page_of(edition).words("p")
    )

    again = changed(cast, edition, Change.MINOR, definition="Other words.")

    assert told(again) == [(Happened.FIRST, 1), (Happened.WITHDRAWN, 1), (Happened.AGAIN, 2)]
    assert not any("This page was withdrawn" in words for words in page_of(again).words("p"))


def test_a_withdrawn_page_claims_no_review_to_machines_and_is_never_late(cast: Cast) -> None:
    edition = published(cast, "term")
    wanted = actions.Retirement("withdraw", WHY)
    actions.propose(edition, wanted, by=cast.editor, at=LATER, seen=edition.text.digest)
    actions.withdraw(edition, by=cast.publisher, at=LATER, seen=edition.text.digest, reason=WHY)

    found = structured_data_of(edition)
    page = PublishedPage.objects.get(document=edition.document_id)

    assert (found["creativeWorkStatus"], found["expires"]) == ("Withdrawn", "2026-04-01")
    assert not {"lastReviewed", "reviewedBy"} & found.keys()
    assert bytes(page.body) == bytes(page.body_overdue)


def test_a_page_that_was_published_before_its_review_says_so_and_claims_none(cast: Cast, client: Client) -> None:
    edition = in_an_emergency(cast, published(cast, "term"))

    words = page_of(edition).words("p")
    panel = page_of(edition).words("aside")[0]
    found = structured_data_of(edition)

    assert "This text is public before its medical review is finished." in words
    assert f"It was published on 1 April 2026. Why: {WHY}" in words
    assert any("Only what cannot wait goes live before its review, and the page then says so" in each for each in words)
    assert "Last reviewed Review pending" in panel
    assert "which nobody has approved yet" in panel
    assert not any("No clinician has reviewed" in each for each in words)
    assert not {"lastReviewed", "reviewedBy"} & found.keys()
    for path in ("/glossary/", "/search/?q=sample+term"):
        assert client.get(path).status_code == 200


def test_a_review_after_the_publication_takes_the_notice_away_and_the_history_keeps_it(cast: Cast) -> None:
    edition = in_an_emergency(cast, published(cast, "term"))

    actions.approve_afterwards(
        edition, by=cast.reviewer, at=LATER + STEP, seen=edition.text.digest, said=yes_to_all(edition)
    )

    words = page_of(edition).words("p")
    assert "This text is public before its medical review is finished." not in words
    assert any("Published before its medical review" in each and "It was reviewed on" in each for each in words)
    assert structured_data_of(edition)["lastReviewed"] == "2026-04-01"


def test_an_article_says_at_the_answer_that_its_review_is_pending(cast: Cast) -> None:
    question = published(cast, "faq")
    article = published(cast, "article", faqs=["is-this-a-test"])
    opened = next_edition(cast, question.document, at=LATER, answer="A safer sentence.")
    actions.publish_in_emergency(
        opened,
        by=cast.publisher,
        at=LATER,
        seen=opened.text.digest,
        reason=WHY,
        besides=actions.Besides("One sentence."),
    )

    words = page_of(article).words("p")

    assert "This answer was published before its medical review. Its review is pending." in words
    assert "lastReviewed" not in structured_data_of(article)


def test_who_looked_at_a_page_again_is_named_with_the_day(cast: Cast) -> None:
    edition = published(cast, "term")

    actions.reaffirm(edition, by=cast.second_reviewer, at=LATER, seen=edition.text.digest, said=yes_to_all(edition))

    panel = page_of(edition).words("aside")[0]
    assert "Test reviewer" in panel
    assert "Test second reviewer" in panel
    assert "Reviewed again on 1 April 2026, no change needed" in panel


def test_a_draft_shows_in_no_history(cast: Cast) -> None:
    edition = published(cast, "term")
    waiting = next_edition(cast, edition.document, at=LATER, definition="Other words.")
    submitted(cast, waiting, at=LATER)

    assert told(edition) == [(Happened.FIRST, 1)]
    assert told(draft(cast, "term", slug="other-term")) == []
