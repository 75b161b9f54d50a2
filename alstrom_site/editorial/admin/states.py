"""How a state and a date are shown: in words, with a shape, and never by colour alone."""

from dataclasses import dataclass
from datetime import date

from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import LIVE, OPEN, TRANSITIONS, Status

REVIEW_WANTED = "Review wanted by"
STAGES = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.PUBLISHED)
# Where on the way from draft to published each other state stands.
_STANDS_AT = {
    Status.CHANGES_REQUESTED: Status.DRAFT,
    Status.SCHEDULED: Status.APPROVED,
    Status.FAILED_TO_PUBLISH: Status.APPROVED,
    Status.WITHDRAWN: Status.PUBLISHED,
}
REACHABLE = tuple(
    status
    for status in Status
    if status in OPEN | LIVE | {Status.UNPUBLISHED} and any(each.target == status for each in TRANSITIONS)
)
"""The states in which a document can be found, in the order of the workflow."""


@dataclass(frozen=True)
class StateTag:
    """A state as a tag: `name` picks shape and colour, `label` says it. `edition` is its number."""

    name: str
    label: str
    edition: int

    @classmethod
    def of(cls, edition: Edition) -> "StateTag":
        """Return the tag of an edition."""
        return cls(slug_of(edition.state), edition.state.label, edition.number)


@dataclass(frozen=True)
class DueDate:
    """A day by which somebody should have looked at a text."""

    label: str
    day: date
    is_late: bool


@dataclass(frozen=True)
class Stage:
    """One station of the step line; `place` is "done", "now" or "to come"."""

    label: str
    place: str


def slug_of(status: Status) -> str:
    """Return the state as an address and a class name spell it."""
    return status.value.replace(" ", "-")


def step_line(edition: Edition) -> tuple[Stage, ...]:
    """Return the way from draft to published with the present station marked; empty for an edition that ended."""
    state = edition.state
    if state not in OPEN | LIVE:
        return ()
    at = STAGES.index(_STANDS_AT.get(state, state))
    # What went out in an emergency passed neither review nor approval: both are still to come.
    done = STAGES.index(Status.IN_REVIEW) if edition.review_is_pending else at
    return tuple(
        Stage(state.label if place == at else stage.label, _place(place, at, done))
        for place, stage in enumerate(STAGES)
    )


def due_dates(document: Document, open_edition: Edition | None, day: date) -> tuple[DueDate, ...]:
    """Return what is due: the review of an open edition, and the next review of the live text."""
    dates = []
    if open_edition is not None and open_edition.state is Status.IN_REVIEW and open_edition.review_due_on:
        dates.append(DueDate(REVIEW_WANTED, open_edition.review_due_on, open_edition.is_late(day)))
    if (next_review := document.next_review_on) is not None:
        dates.append(DueDate("Next review due", next_review, next_review < day))
    return tuple(dates)


def _place(place: int, at: int, done: int) -> str:
    if place == at:
        return "now"
    return "done" if place < done else "to come"
