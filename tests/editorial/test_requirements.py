"""What a text lacks keeps it from every step towards readers from which it must: the whole truth table."""

import pytest

from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.requirements import missing
from alstrom_site.editorial.workflow import (
    APPROVE,
    APPROVE_AFTERWARDS,
    APPROVE_IN_PART,
    CANCEL_SCHEDULE,
    PUBLISH,
    PUBLISH_IN_EMERGENCY,
    REAFFIRM,
    RECOMMEND,
    SCHEDULE,
    SUBMIT,
    TRANSITIONS,
    Status,
    Transition,
)
from references.watching import Notice, observe
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, published
from tests.editorial.comments.remarks import commented

pytestmark = pytest.mark.django_db

# By the code of what refuses the step, "" where nothing does, when the text lacks: required content; a source that is
# live; a source that holds; an answer to what must be fixed. A schedule fires by the step of publishing.
TABLE: dict[Transition, tuple[str, str, str, str]] = {
    SUBMIT: ("incomplete", "", "retracted", ""),
    APPROVE: ("incomplete", "", "retracted", "must-fix"),
    APPROVE_IN_PART: ("incomplete", "", "retracted", "must-fix"),
    SCHEDULE: ("incomplete", "", "retracted", "must-fix"),
    PUBLISH: ("incomplete", "reference-not-live", "retracted", "must-fix"),
    PUBLISH_IN_EMERGENCY: ("incomplete", "reference-not-live", "retracted", ""),
    APPROVE_AFTERWARDS: ("incomplete", "reference-not-live", "retracted", "must-fix"),
    REAFFIRM: ("incomplete", "reference-not-live", "retracted", "must-fix"),
}
TOWARDS_READERS = {Status.IN_REVIEW, Status.APPROVED, Status.SCHEDULED, Status.PUBLISHED}
GO_NO_FURTHER = {RECOMMEND, CANCEL_SCHEDULE}


def lacking(cast: Cast) -> tuple[Edition, ...]:
    """Return a text for each thing that a text may lack, and that lacks nothing else."""
    published(cast)
    draft(cast, key="draft2001")
    gone = published(cast, key="gone2001").document
    observe(gone, [Notice("RetractionIn", "2010-02-06")], source="Retraction Watch", by=cast.publisher, at=NOW + STEP)
    sentence = "## First part\n\nA sentence made up for tests"
    to_be_fixed = draft(cast, "article", slug="to-be-fixed")
    commented(to_be_fixed, cast.reviewer, body="This needs a source.", must_fix=True)
    return (
        draft(cast, "article", summary=""),
        draft(cast, "article", slug="cites-a-draft", body=f"{sentence} [@draft2001]."),
        draft(cast, "article", slug="cites-what-was-retracted", body=f"{sentence} [@gone2001]."),
        to_be_fixed,
    )


def test_every_step_towards_readers_is_refused_for_what_the_text_lacks(cast: Cast) -> None:
    editions = lacking(cast)

    found = {step: [missing(step, edition) for edition in editions] for step in TABLE}

    # None of these was approved, which is another table.
    codes = {s: tuple("".join({i.code for i in each} - {"not-approved"}) for each in row) for s, row in found.items()}
    assert codes == TABLE
    assert all(issue.message.endswith(".") for row in found.values() for each in row for issue in each)
    assert set(TABLE) == {step for step in TRANSITIONS if step.target in TOWARDS_READERS} - GO_NO_FURTHER
    assert all(step.needs_ready for step in TABLE)
