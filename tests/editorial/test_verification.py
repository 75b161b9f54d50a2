"""verify_record finds what somebody did to the tables behind the site's back."""

from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from alstrom_site.editorial.actions._record import Happening, record
from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.models import Event, Review
from alstrom_site.editorial.projection import rebuild
from alstrom_site.editorial.texts import REQUEST_MEANT_UNSIGNED
from alstrom_site.editorial.verification import chain_head, faults
from tests.breaking import drop_constraint, run, triggers_off
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, in_review, published

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_the_record]


def found() -> list[str]:
    """The faults as sentences."""
    return [str(fault) for fault in faults()]


def test_a_whole_record_has_no_fault(cast: Cast) -> None:
    published(cast)
    in_review(cast, key="other2002")
    out = StringIO()

    call_command("verify_record", stdout=out)

    position, digest = chain_head()
    assert out.getvalue() == f"Newest event: {position}, digest {digest}\nThe record is whole.\n"


def test_a_record_written_in_another_zone_than_utc_has_no_fault(cast: Cast) -> None:
    published(cast, at=datetime(2026, 3, 2, 0, 30, 0, 123456, tzinfo=ZoneInfo("Europe/Berlin")))

    assert found() == []


def test_an_altered_revision_is_found_even_with_its_digest_altered_too(cast: Cast) -> None:
    edition = published(cast)
    forged = edition.text.content.replace("made-up source", "forged source")
    with triggers_off("editorial_revision"):
        run(
            "UPDATE editorial_revision SET content = %s, digest = encode(sha256(convert_to(%s, 'UTF8')), 'hex')"
            " WHERE id = %s",
            forged,
            forged,
            edition.text.pk,
        )

    messages = found()

    assert any(f"revision {edition.text.pk} is not the text that it was recorded with" in each for each in messages)
    assert any("nobody approved exactly its text" in each for each in messages)


def test_an_altered_review_is_found(cast: Cast) -> None:
    edition = published(cast)
    review = edition.reviews.get()
    with triggers_off("editorial_review"):
        run("UPDATE editorial_review SET reviewer_name = 'Somebody else' WHERE id = %s", review.pk)

    assert f"Review {review.pk}: it is not what was signed and recorded." in found()


def test_an_altered_event_is_found(cast: Cast) -> None:
    published(cast)
    with triggers_off("editorial_event"):
        run("UPDATE editorial_event SET by_name = 'Somebody else' WHERE position = 2")

    assert "Event 2: it does not have the digest that stands beside it." in found()


def test_a_removed_event_is_found(cast: Cast) -> None:
    published(cast)
    with triggers_off("editorial_event"):
        run("DELETE FROM editorial_event WHERE position = 2")

    assert "Event 3: events 2 to 2 are missing before it." in found()


def test_a_removed_newest_event_is_found_by_what_it_left_behind(cast: Cast) -> None:
    edition = published(cast)
    newest = Event.objects.order_by("-position")[0]
    noted = newest.digest
    with triggers_off("editorial_event"):
        run("DELETE FROM editorial_event WHERE id = %s", newest.pk)

    assert f"Edition {edition.pk}: its “status” is “published”, and its events say “approved”." in found()
    assert any("is no longer there" in str(fault) for fault in faults(noted=noted))


def test_a_digest_is_taken_as_it_was_noted_and_what_is_none_is_no_fault_of_the_record(cast: Cast) -> None:
    published(cast)
    noted, out = Event.objects.order_by("-position")[0].digest, StringIO()

    call_command("verify_record", noted=f" {noted.upper()}\n", stdout=out)

    assert "The record is whole." in out.getvalue()
    with pytest.raises(CommandError, match="Give the digest whole") as refused:
        call_command("verify_record", noted=noted[:20])
    assert refused.value.returncode == 2


def test_a_live_edition_without_approval_is_found(cast: Cast) -> None:
    edition = published(cast)
    with triggers_off("editorial_review", "editorial_event"):
        run("UPDATE editorial_event SET review_id = NULL WHERE edition_id = %s AND review_id IS NOT NULL", edition.pk)
        run("DELETE FROM editorial_review WHERE edition_id = %s", edition.pk)

    assert any("it is live, and nobody approved exactly its text" in each for each in found())


def test_an_edition_made_live_past_the_workflow_is_found(cast: Cast) -> None:
    edition = in_review(cast)
    with triggers_off("editorial_edition"):
        run(
            "UPDATE editorial_edition SET status = 'published', approved_at = %s, published_at = %s,"
            " published_by_id = %s WHERE id = %s",
            NOW,
            NOW,
            cast.publisher.pk,
            edition.pk,
        )

    messages = found()

    assert any("nobody approved exactly its text" in each for each in messages)
    assert f"Edition {edition.pk}: its “status” is “published”, and its events say “in review”." in messages
    assert any("its document does not point to it" in each for each in messages)


@pytest.mark.parametrize(("verb", "target", "is_found"), [("publish", "published", True), ("revise", "draft", False)])
def test_a_recorded_step_that_never_was_one_is_found(cast: Cast, verb: str, target: str, is_found: bool) -> None:
    edition = in_review(cast)
    with triggers_off("editorial_event", "editorial_edition"):
        event = record(Happening(edition, verb, "in review", target, cast.publisher, NOW))

    no_step = f"Event {event.position}: “{verb}” never led from “in review” to “{target}”."
    assert (no_step in found()) == is_found


def test_an_approval_in_the_name_of_an_author_is_found(cast: Cast) -> None:
    edition = published(cast)
    review = edition.reviews.get()
    with triggers_off("editorial_review"):
        run("UPDATE editorial_review SET reviewer_id = %s WHERE id = %s", cast.editor.pk, review.pk)

    assert f"Review {review.pk}: it is not what was signed and recorded." in found()


def test_a_page_that_shows_another_text_is_found(cast: Cast) -> None:
    edition = published(cast)
    run("UPDATE editorial_publishedpage SET revision_digest = %s WHERE document_id = %s", "0" * 64, edition.document_id)

    assert any("readers see another text than the approved one" in each for each in found())


@pytest.mark.parametrize("column", ["body", "body_overdue"])
def test_altered_bytes_of_a_page_are_found_even_with_their_etag_altered_too(cast: Cast, column: str) -> None:
    edition = published(cast)
    etag = column.replace("body", "etag")
    run(
        f"UPDATE editorial_publishedpage SET {column} = 'x'::bytea, {etag} = encode(sha256('x'::bytea), 'hex')"  # noqa: S608 own names
        " WHERE document_id = %s",
        edition.document_id,
    )

    assert [message for message in found() if f"({column}, {etag})" in message]


def test_a_text_given_to_another_author_is_found(cast: Cast) -> None:
    edition = published(cast)
    with triggers_off("editorial_revision"):
        run("UPDATE editorial_revision SET author_id = %s WHERE id = %s", cast.second_editor.pk, edition.text.pk)

    said = f"its “author” is “{cast.second_editor.pk}”, and its events say “{cast.editor.pk}”."
    assert f"Revision {edition.text.pk}: {said}" in found()


def test_an_edition_that_says_it_was_published_and_was_not_is_found(cast: Cast) -> None:
    edition = in_review(cast)
    drop_constraint("editorial_edition", "editorial_edition_only_published_has_its_time")
    run("UPDATE editorial_edition SET published_at = now() WHERE id = %s", edition.pk)

    assert any(f"Edition {edition.pk}: its “published at” is" in each for each in found())


def test_an_edition_without_its_text_is_found(cast: Cast) -> None:
    edition = in_review(cast)
    with triggers_off("editorial_edition"):
        run("UPDATE editorial_edition SET head_id = NULL WHERE id = %s", edition.pk)

    assert found() == [f"Edition {edition.pk}: its “head” is empty, and its events say “{edition.text.pk}”."]


def test_an_edition_moved_to_another_document_is_found(cast: Cast) -> None:
    edition, other = in_review(cast, key="other2002"), published(cast)
    with triggers_off("editorial_edition"):
        run("UPDATE editorial_edition SET document_id = %s, number = 7 WHERE id = %s", other.document_id, edition.pk)

    assert "Event 1: its edition or text belongs to another document now." in found()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("last_reviewed_at = now()", "names another time of review"),
        ("review_due_on = '2040-01-01'", "names another day for the next review"),
        ("first_published_at = now()", "its “first published at” is"),
        ("last_published_at = now()", "its “last published at” is"),
        ("address = 'elsewhere'", "stands at another address"),
    ],
)
def test_an_altered_date_or_address_is_found_even_after_the_pages_were_made_again(
    cast: Cast, change: str, message: str
) -> None:
    edition = published(cast)
    with triggers_off("editorial_document"):
        run(f"UPDATE editorial_document SET {change} WHERE id = %s", edition.document_id)  # noqa: S608 as listed above
    rebuild()

    assert [each for each in found() if message in each]


def test_a_review_of_which_the_event_names_another_person_is_found(cast: Cast) -> None:
    edition = published(cast)
    review = edition.reviews.get()
    with triggers_off("editorial_review", "editorial_event"):
        run("UPDATE editorial_review SET reviewer_id = %s WHERE id = %s", cast.second_reviewer.pk, review.pk)
        review.refresh_from_db()
        details = canonical_json({"review": sha256(canonical_json(review.as_signed()))})
        run("UPDATE editorial_event SET details = %s WHERE review_id = %s", details, review.pk)

    assert f"Review {review.pk}: it is not what was signed and recorded." in found()


@pytest.mark.parametrize(
    ("altered", "is_found"),
    [
        ({}, True),
        ({"meaning": REQUEST_MEANT_UNSIGNED}, True),
        ({"verdict": "request changes", "comment": "No."}, True),
        ({"verdict": "request changes", "comment": "No.", "meaning": REQUEST_MEANT_UNSIGNED}, False),
        ({"verdict": "recommend", "comment": "No."}, False),
    ],
    ids=[
        "an approval",
        "one under the words of a request",
        "a request for changes",
        "one of before it was to be signed",
        "advice",
    ],
)
def test_a_verdict_that_nobody_signed_is_found(cast: Cast, altered: dict[str, str], is_found: bool) -> None:
    review = published(cast).reviews.get()
    with triggers_off("editorial_review", "editorial_event"):
        Review.objects.filter(pk=review.pk).update(signed_with="", **altered)

    message = "it was signed without proof of who signed, and by no demonstration account."
    assert (f"Review {review.pk}: {message}" in found()) == is_found


@pytest.mark.parametrize(
    "statement", ["UPDATE editorial_event SET details = '{'", "UPDATE editorial_review SET checklist = '[1.5]'"]
)
def test_what_cannot_be_read_any_more_is_a_fault_and_no_crash(cast: Cast, statement: str) -> None:
    edition = published(cast)
    with triggers_off("editorial_event", "editorial_review"):
        run(statement)

    assert f"Review {edition.reviews.get().pk}: it is not what was signed and recorded." in found()


def test_the_command_names_each_fault_and_exits_with_1(cast: Cast) -> None:
    edition = approved(cast, at=NOW + STEP)
    with triggers_off("editorial_event"):
        run("DELETE FROM editorial_event WHERE position = 1")
    errors = StringIO()

    with pytest.raises(CommandError, match="The record is not whole: 4 faults") as stopped:
        call_command("verify_record", stdout=StringIO(), stderr=errors)

    assert stopped.value.returncode == 1
    assert "Event 2: events 1 to 1 are missing before it." in errors.getvalue()
    assert f"Revision {edition.revisions.get().pk}: no event records it." in errors.getvalue()
