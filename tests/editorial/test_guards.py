"""The database refuses forged rows, each by the guard that is named for it, whatever the way in."""

import pytest
from django.db import connection, transaction

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Event, Review, Revision
from alstrom_site.editorial.models.event import FIRST
from tests.breaking import is_sentence, refused_by
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, fresh, in_review

pytestmark = pytest.mark.django_db


def forged(row: Review | Event, **changes: str | int | None) -> tuple[str, str]:
    """Return by which rule the database refuses a copy of a row with these columns changed."""
    columns = [str(field.column) for field in row._meta.concrete_fields if not field.primary_key]
    values = ", ".join("%s" if column in changes else column for column in columns)
    statement = f"INSERT INTO {row._meta.db_table} ({', '.join(columns)}) SELECT {values} FROM {row._meta.db_table}"  # noqa: S608 own names
    return refused_by(f"{statement} WHERE id = %s", *(changes[name] for name in columns if name in changes), row.pk)


@pytest.fixture
def review(cast: Cast) -> Review:
    """An approval of an edition beside which another document stands."""
    in_review(cast, key="other2002")
    return approved(cast).reviews.get()


def test_no_verdict_is_stored_on_a_text_of_another_edition(cast: Cast, review: Review) -> None:
    other = Revision.objects.exclude(edition=review.edition_id).get()

    rule, sentence = forged(review, revision_id=other.pk, reviewer_id=cast.second_reviewer.pk)

    assert rule == "editorial_review_text_is_of_its_edition"
    assert is_sentence(sentence)


def test_no_verdict_is_stored_with_the_digest_of_another_text(cast: Cast, review: Review) -> None:
    rule, sentence = forged(review, revision_digest="0" * 64, reviewer_id=cast.second_reviewer.pk)

    assert rule == "editorial_review_digest_is_of_its_text"
    assert is_sentence(sentence)


@pytest.mark.parametrize("change", ["round", "text"])
def test_no_verdict_is_stored_on_an_old_round_or_an_old_text(cast: Cast, review: Review, change: str) -> None:
    edition = fresh(review.edition)
    if change == "text":
        content = {**edition.text.fields, "volume": "8"}
        actions.save(edition, content, by=cast.editor, at=NOW + 9 * STEP, seen=edition.text.digest, take_back=True)

    rule, sentence = forged(review, reviewer_id=cast.second_reviewer.pk, round=2 if change == "round" else 1)

    assert rule == "editorial_review_is_of_the_latest_text"
    assert is_sentence(sentence)


def test_no_verdict_is_stored_of_somebody_who_wrote_in_the_edition(cast: Cast, review: Review) -> None:
    rule, sentence = forged(review, reviewer_id=cast.editor.pk)

    assert rule == "editorial_review_is_by_somebody_else"
    assert is_sentence(sentence)


def test_a_copied_verdict_of_another_reviewer_is_refused_by_nothing_else(cast: Cast, review: Review) -> None:
    review.pk, review.reviewer_id = None, cast.second_reviewer.pk
    with transaction.atomic():
        review.save(force_insert=True)
        transaction.set_rollback(True)

    assert review.pk is not None


def next_event(**changes: str | int) -> tuple[str, str]:
    """Return by which rule the database refuses a copy of the newest event, put after it, with these changes."""
    newest = Event.objects.order_by("-position")[0]
    after: dict[str, str | int | None] = {
        "position": newest.position + 1,
        "previous": newest.digest,
        "digest": "f" * 64,
        "review_id": None,
    }
    return forged(newest, **{**after, **changes})


@pytest.mark.parametrize(
    ("column", "rule"),
    [
        ("edition_id", "editorial_event_text_is_of_its_edition"),
        ("document_id", "editorial_event_edition_is_of_its_document"),
        ("revision_digest", "editorial_event_digest_is_of_its_text"),
        ("review_id", "editorial_event_review_is_its_own"),
    ],
)
def test_no_event_is_stored_about_what_does_not_belong_together(cast: Cast, column: str, rule: str) -> None:
    other = approved(cast, key="other2002")
    in_review(cast)
    wrong: dict[str, str | int] = {
        "edition_id": other.pk,
        "document_id": other.document_id,
        "revision_digest": other.text.digest,
        "review_id": other.reviews.get().pk,
    }

    found, sentence = next_event(**{column: wrong[column]})

    assert found == rule
    assert is_sentence(sentence)


@pytest.mark.parametrize(
    "changes", [{"position": 99}, {"previous": "a" * 64}, {"previous": FIRST}, {"position": 0, "previous": FIRST}]
)
def test_no_event_is_stored_that_does_not_follow_the_newest(cast: Cast, changes: dict[str, str | int]) -> None:
    in_review(cast)

    rule, sentence = next_event(**changes)

    assert rule == "editorial_event_follows_the_newest"
    assert is_sentence(sentence)


def test_no_two_events_follow_the_same_one() -> None:
    names = [constraint.name for constraint in Event._meta.constraints]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'editorial_event_one_follows_each'"
        )
        assert cursor.fetchone() == ("UNIQUE (previous)",)

    assert "editorial_event_one_follows_each" in names
