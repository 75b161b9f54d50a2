"""The database refuses to alter what stands beside a text, and a signature without proof."""

import pytest
from django.db import connection

from alstrom_site.editorial.models import Flag, Proposal, Review, ReviewRequest, SharedLink
from tests.breaking import is_sentence, refused_by
from tests.cast import Cast
from tests.documents import approved, published
from tests.editorial.eventful import eventful

pytestmark = pytest.mark.django_db

LINK, REQUEST = "editorial_shared_link_keeps_what_it_is", "editorial_review_request_keeps_its_person"
ONCE, FLAG = "editorial_proposal_is_decided_once", "editorial_flag_keeps_what_it_says"


def test_what_stands_beside_a_text_keeps_what_it_says(cast: Cast) -> None:
    eventful(cast)
    rows = {
        SharedLink: [(LINK, "expires_at = now()"), (LINK, "revoked_at = NULL"), (LINK, "question = 'Forged?'")],
        ReviewRequest: [(REQUEST, "reviewer_id = reviewer_id + 1"), (REQUEST, "round = 7")],
        Proposal: [(ONCE, "reason = 'Forged.'"), (ONCE, "was_taken = NULL"), (ONCE, "decided_at = NULL")],
        Flag: [(FLAG, "statement = 'Forged.'"), (FLAG, "settled_at = NULL"), (FLAG, "raised_by_id = settled_by_id")],
    }
    for model, changes in rows.items():
        for expected, change in changes:
            first = model._default_manager.order_by("pk")[0].pk
            rule, sentence = refused_by(f"UPDATE {model._meta.db_table} SET {change} WHERE id = %s", first)  # noqa: S608 own names
            assert rule == expected, change
            assert is_sentence(sentence)


def test_owner_and_policy_of_a_document_change_with_an_event_that_says_so(cast: Cast) -> None:
    document = published(cast).document_id
    changes = {
        "owner_id = (SELECT max(id) FROM accounts_user)": "editorial_document_owner_is_recorded",
        "review_months = 36": "editorial_document_policy_is_recorded",
        "review_policy = '[]'": "editorial_document_policy_is_recorded",
        "first_published_at = now()": "editorial_document_keeps_its_first_publication",
    }
    for change, expected in changes.items():
        rule, sentence = refused_by(f"UPDATE editorial_document SET {change} WHERE id = %s", document)  # noqa: S608 own names
        assert rule == expected, change
        assert is_sentence(sentence)


def test_a_request_that_a_verdict_answered_stays_as_it_is(cast: Cast) -> None:
    eventful(cast)

    rule, sentence = refused_by("UPDATE editorial_reviewrequest SET due_on = current_date WHERE answer = 'given'")

    assert rule == "editorial_review_request_keeps_its_answer"
    assert is_sentence(sentence)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"signed_with": "''"}, "editorial_review_is_signed"),
        ({"signed_with": "''", "verdict": "'request changes'", "comment": "'No.'"}, "editorial_review_is_signed"),
        ({"is_demonstration": "true"}, "editorial_review_is_of_its_account"),
    ],
)
def test_no_verdict_is_stored_that_nobody_signed(cast: Cast, values: dict[str, str], expected: str) -> None:
    review = approved(cast).reviews.get()
    changed = {"reviewer_id": str(cast.second_reviewer.pk), **values}
    columns = [str(each.column) for each in Review._meta.concrete_fields if not each.primary_key]
    copied = ", ".join(changed.get(each, each) for each in columns)
    insert = f"INSERT INTO editorial_review ({', '.join(columns)}) SELECT {copied} FROM editorial_review"  # noqa: S608 own names

    rule, sentence = refused_by(f"{insert} WHERE id = %s", review.pk)

    assert (rule, is_sentence(sentence)) == (expected, True)


def test_a_page_that_was_kept_stays_byte_for_byte(cast: Cast) -> None:
    eventful(cast)

    _, sentence = refused_by("UPDATE editorial_publishedcopy SET body = 'forged'::bytea")

    assert sentence == "The record is kept: UPDATE of editorial_publishedcopy is refused."
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM editorial_publishedcopy WHERE digest <> encode(sha256(body), 'hex')")
        assert cursor.fetchone() == (0,)
