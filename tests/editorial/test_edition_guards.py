"""The database refuses to move an edition past the workflow, and to make live what is not."""

import re

import pytest
from django.db import connection

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Edition, guards
from alstrom_site.editorial.workflow import (
    APPROVE,
    LIVE,
    PUBLISH,
    PUBLISH_IN_EMERGENCY,
    SUBMIT,
    TRANSITIONS,
    VERBS_OF_NEW_TEXT,
    Status,
)
from tests.breaking import is_sentence, refused_by, run, triggers_off
from tests.cast import NOW, Cast
from tests.documents import (
    STEP,
    approved,
    changes_requested,
    draft,
    fresh,
    in_review,
    made_live,
    next_edition,
    published,
    signed,
    submitted,
)

pytestmark = pytest.mark.django_db

EDITION = "UPDATE editorial_edition SET {} WHERE id = %s"


def refused_change(edition: Edition, change: str, *parameters: str | int) -> str:
    """Return the rule by which the database refuses a change of an edition."""
    rule, sentence = refused_by(EDITION.format(change), *parameters, edition.pk)
    assert is_sentence(sentence) or sentence.startswith("new row for relation")
    return rule


@pytest.mark.parametrize("change", ["document_id = %s", "number = 100 + %s", "created_by_id = 1 + %s"])
def test_an_edition_keeps_its_document_its_number_and_who_began_it(cast: Cast, change: str) -> None:
    edition, other = draft(cast), draft(cast, key="other2002")

    rule = refused_change(edition, change, other.document_id)

    assert rule == "editorial_edition_keeps_its_document_and_number"


@pytest.mark.parametrize("change", ["published_at = now()", "published_by_id = 1 + published_by_id"])
def test_an_edition_keeps_when_it_was_published_and_by_whom(cast: Cast, change: str) -> None:
    assert refused_change(published(cast), change) == "editorial_edition_keeps_its_publication"


@pytest.mark.parametrize("change", ["published_at = now()", "published_by_id = created_by_id"])
def test_an_edition_that_was_never_published_does_not_say_so(cast: Cast, change: str) -> None:
    assert refused_change(approved(cast), change) == "editorial_edition_only_published_has_its_time"


def test_an_edition_begins_as_a_draft(cast: Cast) -> None:
    edition = published(cast)

    rule, sentence = refused_by(
        "INSERT INTO editorial_edition (document_id, number, status, round, head_id, created_at, created_by_id,"
        " approved_at, published_at, published_by_id) SELECT document_id, 2, status, round, head_id, created_at,"
        " created_by_id, approved_at, published_at, published_by_id FROM editorial_edition WHERE id = %s",
        edition.pk,
    )

    assert rule == "editorial_edition_begins_as_a_draft"
    assert is_sentence(sentence)


def test_no_edition_moves_where_no_step_leads(cast: Cast) -> None:
    edition = draft(cast)

    change = "status = 'approved', approved_at = now()"

    assert refused_change(edition, change) == "editorial_edition_moves_by_the_workflow"


@pytest.mark.parametrize("change", ["status = 'in review'", "round = 7", "round = 1"])
def test_rounds_are_counted_when_an_edition_is_submitted_and_never_else(cast: Cast, change: str) -> None:
    assert refused_change(draft(cast), change) == "editorial_edition_counts_its_rounds"


@pytest.mark.parametrize("head", ["NULL", "(SELECT min(id) FROM editorial_revision)"])
def test_no_text_is_put_in_the_place_of_one_in_review(cast: Cast, head: str) -> None:
    live = published(cast)
    edition = submitted(cast, next_edition(cast, live.document, at=NOW + 10 * STEP, volume="8"), at=NOW + 11 * STEP)

    assert refused_change(edition, f"head_id = {head}") == "editorial_edition_is_written_as_a_draft"


def test_the_text_of_an_edition_is_one_of_its_own(cast: Cast) -> None:
    edition, other = draft(cast), draft(cast, key="other2002")

    assert refused_change(edition, "head_id = %s", other.text.pk) == "editorial_edition_text_is_its_own"


def test_no_edition_becomes_approved_without_an_approval(cast: Cast) -> None:
    change = "status = 'approved', approved_at = now()"

    assert refused_change(in_review(cast), change) == "editorial_edition_is_approved"


@pytest.mark.breaks_the_record
def test_an_old_approval_does_not_count_again(cast: Cast) -> None:
    edition = approved(cast)
    with triggers_off("editorial_edition"):
        run(EDITION.format("status = 'in review', round = round + 1"), edition.pk)

    assert refused_change(edition, "status = 'approved'") == "editorial_edition_is_approved"


PUBLISHED = "status = 'published', approved_at = now(), published_at = now(), published_by_id = %s"


def test_a_text_that_was_sent_back_goes_live_in_an_emergency_only(cast: Cast) -> None:
    edition = changes_requested(cast.second_reviewer, approved(cast), at=NOW + 3 * STEP)

    assert refused_change(edition, PUBLISHED, cast.publisher.pk) == "editorial_edition_is_published_as_approved"


def test_no_approval_of_before_a_request_for_changes_makes_good_an_emergency(cast: Cast) -> None:
    edition = changes_requested(cast.second_reviewer, approved(cast), at=NOW + 3 * STEP)
    seen, at = edition.text.digest, NOW + 4 * STEP
    known = actions.Besides(despite=edition.reviews.values_list("pk", flat=True))
    actions.publish_in_emergency(edition, by=cast.publisher, at=at, seen=seen, reason="A test.", besides=known)

    assert refused_change(edition, "approved_afterwards_at = now()") == "editorial_edition_is_approved"


def test_who_approved_a_text_does_not_publish_it(cast: Cast) -> None:
    change = "status = 'published', published_at = now(), published_by_id = %s"

    rule = refused_change(approved(cast), change, cast.reviewer.pk)

    assert rule == "editorial_edition_is_published_by_somebody_else"


def test_an_edition_changes_its_state_only_with_an_event(cast: Cast) -> None:
    assert (
        refused_change(draft(cast), "status = 'discarded', ended_at = now()") == "editorial_edition_state_is_recorded"
    )


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("submitted_at = now()", "editorial_edition_keeps_its_submission"),
        ("submitted_by_id = created_by_id + 1", "editorial_edition_keeps_its_submission"),
        ("review_due_on = current_date", "editorial_edition_keeps_its_submission"),
        ("publish_at = now()", "editorial_edition_keeps_its_schedule"),
        ("publish_until = now()", "editorial_edition_keeps_its_schedule"),
        ("scheduled_by_id = created_by_id", "editorial_edition_keeps_its_schedule"),
        ("failure = 'Forged.'", "editorial_edition_keeps_its_schedule"),
        ("withdrawn_at = now()", "editorial_edition_keeps_its_withdrawal"),
        ("withdrawal_reason = 'Forged.'", "editorial_edition_keeps_its_withdrawal"),
        ("ended_at = now()", "editorial_edition_keeps_its_end"),
        ("based_on_id = head_id", "editorial_edition_keeps_what_it_is_based_on"),
    ],
)
def test_an_edition_keeps_what_a_step_wrote(cast: Cast, change: str, rule: str) -> None:
    assert refused_change(published(cast), change) == rule


def test_a_document_keeps_its_kind(cast: Cast) -> None:
    edition = draft(cast)

    rule, sentence = refused_by("UPDATE editorial_document SET kind = 'term' WHERE id = %s", edition.document_id)

    assert rule == "editorial_document_keeps_its_kind"
    assert is_sentence(sentence)


POINTER = "UPDATE editorial_document SET live_edition_id = %s WHERE id = %s"


def test_a_document_points_to_no_edition_that_is_not_live_or_not_its_own(cast: Cast) -> None:
    live = published(cast)
    edition = next_edition(cast, live.document, at=NOW + 10 * STEP, volume="8")

    assert refused_by(POINTER, edition.pk, live.document_id)[0] == "editorial_document_points_to_its_live_edition"

    other = published(cast, key="other2002")
    run(POINTER.replace("%s", "NULL", 1), other.document_id)
    assert refused_by(POINTER, other.pk, live.document_id)[0] == "editorial_document_points_to_its_live_edition"
    run(POINTER, other.pk, other.document_id)


def test_a_live_edition_is_the_one_that_its_document_points_to(cast: Cast) -> None:
    live = published(cast)

    assert refused_by(POINTER, None, live.document_id)[0] == "editorial_edition_live_is_pointed_to"
    assert refused_change(live, "status = 'superseded'") == "editorial_document_points_to_its_live_edition"
    change = "status = 'published', published_at = now(), published_by_id = %s"
    assert refused_change(approved(cast, key="other2002"), change, cast.publisher.pk) == (
        "editorial_edition_live_is_pointed_to"
    )


def test_two_publications_in_one_transaction_satisfy_the_guards_at_its_end(cast: Cast) -> None:
    live = published(cast)
    edition = submitted(cast, next_edition(cast, live.document, at=NOW + 10 * STEP, volume="8"), at=NOW + 11 * STEP)
    made_live(cast, signed(cast, edition, at=NOW + 12 * STEP), at=NOW + 13 * STEP)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert fresh(live).status == Status.SUPERSEDED


def test_a_temporary_table_stands_in_for_no_table_of_the_record(cast: Cast) -> None:
    edition = in_review(cast)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE editorial_review ON COMMIT DROP AS TABLE editorial_review")
        cursor.execute(
            "INSERT INTO editorial_review (edition_id, revision_id, round, revision_digest, verdict)"
            " VALUES (%s, %s, %s, %s, 'approve')",
            [edition.pk, edition.text.pk, edition.round, edition.text.digest],
        )

    assert refused_change(edition, "status = 'approved', approved_at = now()") == "editorial_edition_is_approved"

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE pg_temp.editorial_review")


def test_the_guards_hold_the_words_of_the_table_of_steps() -> None:
    body = guards.EDITION_MOVES_BY_THE_WORKFLOW.body
    moves = {(source.value, step.target.value) for step in TRANSITIONS for source in step.sources}

    assert set(re.findall(r"\('(.+)', '(.+)'\)", body)) == {move for move in moves if move[0] != move[1]}
    assert {step.target for step in TRANSITIONS if step.verb in VERBS_OF_NEW_TEXT} == {Status.DRAFT}
    into_review = [step for step in TRANSITIONS if step.target == Status.IN_REVIEW]
    assert [step for step in into_review if step.sources != {Status.IN_REVIEW}] == [SUBMIT]
    past_review = ", ".join(f"'{status}'" for status in sorted(PUBLISH_IN_EMERGENCY.sources - PUBLISH.sources))
    assert f"OLD.status IN ({past_review})" in guards.EDITION_IS_APPROVED.body
    assert (APPROVE.target, PUBLISH.target, sorted(LIVE)) == ("approved", "published", ["published", "withdrawn"])
