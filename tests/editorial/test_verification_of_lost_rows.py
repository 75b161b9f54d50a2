"""verify_record finds verdicts that were taken away, and rows that hang on nothing."""

import pytest
from django.db import connection

from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.verification.one_document import faults_of
from tests.breaking import drop_constraint, run, triggers_off
from tests.cast import NOW, Cast
from tests.documents import STEP, changes_requested, in_review, published

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_the_record]

NOWHERE = 987654
KEYS = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'"


def found() -> list[str]:
    """The faults as sentences."""
    return [str(fault) for fault in faults()]


def run_past_everything(statement: str, *parameters: int) -> None:
    """Execute it with neither guards nor foreign keys, until the test is over."""
    tables = ("editorial_review", "editorial_event", "editorial_publishedpage")
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(KEYS, [table])
            names = cursor.fetchall()
        for (name,) in names:
            drop_constraint(table, name)
    with triggers_off(*tables):
        run(statement, *parameters)


def turned_back(cast: Cast) -> Edition:
    """A text of which changes were requested."""
    return changes_requested(cast.reviewer, in_review(cast, "term"), at=NOW + 2 * STEP, comment="The dose is wrong.")


def test_a_verdict_that_was_taken_away_is_found(cast: Cast) -> None:
    edition = turned_back(cast)
    review = edition.reviews.get()
    run_past_everything("DELETE FROM editorial_review WHERE id = %s", review.pk)

    message = f"Review {review.pk}: it was recorded, and is no longer there."
    assert message in found()
    assert message in [str(fault) for fault in faults_of(edition.document)]


@pytest.mark.parametrize("column", ["revision_id", "edition_id"])
def test_a_verdict_on_a_text_that_is_not_there_is_found(cast: Cast, column: str) -> None:
    edition = turned_back(cast)
    review = edition.reviews.get()
    run_past_everything(f"UPDATE editorial_review SET {column} = %s", NOWHERE)  # noqa: S608 as listed above

    message = f"Review {review.pk}: it is not what was signed and recorded."
    assert message in found()
    assert message in [str(fault) for fault in faults_of(edition.document)]


def test_a_newest_event_of_a_text_that_is_not_there_is_found(cast: Cast) -> None:
    turned_back(cast)
    run_past_everything("UPDATE editorial_event SET revision_id = %s WHERE position = 3", NOWHERE)

    assert f"Event 3: revision {NOWHERE} is not the text that it was recorded with." in found()


def test_a_page_of_a_document_that_is_not_there_is_found(cast: Cast) -> None:
    page = published(cast, "term").document.published_page
    run_past_everything("UPDATE editorial_publishedpage SET document_id = %s", NOWHERE)

    assert f"Page {page.path}: readers get it, and its document is not there." in found()
