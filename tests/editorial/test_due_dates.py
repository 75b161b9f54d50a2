"""When a text was last reviewed: by the last signature on the whole of it that holds, and by no other."""

import pytest

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, Edition, PublishedPage
from alstrom_site.editorial.review_policy import ReviewStep
from tests.cast import NOW, Cast
from tests.documents import STEP, changes_requested, fresh, next_edition, published, signed, yes_to_all

pytestmark = pytest.mark.django_db


def submitted_major(cast: Cast, document: Document, title: str, hours: int) -> Edition:
    """Submit a next edition with another title, `hours` on."""
    edition = next_edition(cast, document, at=NOW + hours * STEP, title=title)
    seen = edition.text.digest
    actions.submit(edition, by=cast.editor, at=NOW + hours * STEP, seen=seen, change="major", note="It changed.")
    return fresh(edition)


def in_emergency(cast: Cast, edition: Edition, hours: int) -> Edition:
    """Publish it unreviewed, `hours` on."""
    seen = edition.text.digest
    known = actions.Besides("It changed.", edition.reviews.values_list("pk", flat=True))
    actions.publish_in_emergency(
        edition, by=cast.publisher, at=NOW + hours * STEP, seen=seen, reason="It cannot wait.", besides=known
    )
    return fresh(edition)


def request_changes(cast: Cast, edition: Edition, hours: int) -> Edition:
    """The second reviewer undoes the approvals of the round."""
    return changes_requested(cast.second_reviewer, edition, at=NOW + hours * STEP)


def test_an_approval_that_was_undone_is_no_review_of_what_went_out_after_it(cast: Cast) -> None:
    first = published(cast)
    reviewed = fresh(first).document.last_reviewed_at
    second = signed(cast, submitted_major(cast, first.document, "Second", 5), at=NOW + 6 * STEP)
    in_emergency(cast, request_changes(cast, second, 7), 8)

    third = in_emergency(cast, submitted_major(cast, first.document, "Third", 9), 10)

    assert third.document.last_reviewed_at == reviewed


def test_one_signature_of_two_is_no_review_of_what_went_out_in_an_emergency(cast: Cast) -> None:
    first = published(cast)
    reviewed = fresh(first).document.last_reviewed_at
    two = actions.OwnPolicy([ReviewStep(1, MEDICAL_REVIEWER, 2)])
    was = actions.own_policy(first.document).digest
    actions.set_policy(first.document, two, by=cast.publisher, at=NOW + 4 * STEP, seen=was)
    second = signed(cast, submitted_major(cast, fresh(first).document, "Second", 5), at=NOW + 6 * STEP)
    in_emergency(cast, second, 8)

    third = in_emergency(cast, submitted_major(cast, first.document, "Third", 9), 10)

    assert third.document.last_reviewed_at == reviewed


def test_no_page_names_a_reviewer_whose_approval_was_undone(cast: Cast) -> None:
    first = published(cast)
    second = signed(cast, submitted_major(cast, first.document, "Second", 5), at=NOW + 6 * STEP)

    in_emergency(cast, request_changes(cast, second, 7), 8)

    body = bytes(PublishedPage.objects.get(document=first.document).body).decode()
    assert cast.reviewer.display_name not in body


def test_what_was_approved_after_an_emergency_was_reviewed_then(cast: Cast) -> None:
    first = published(cast)
    second = in_emergency(cast, submitted_major(cast, first.document, "Second", 5), 6)
    seen, said = second.text.digest, yes_to_all(second)
    actions.approve_afterwards(second, by=cast.reviewer, at=NOW + 7 * STEP, seen=seen, said=said)

    third = in_emergency(cast, submitted_major(cast, first.document, "Third", 9), 10)

    assert third.document.last_reviewed_at == NOW + 7 * STEP
