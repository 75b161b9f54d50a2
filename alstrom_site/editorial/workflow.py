"""The workflow as data: the states of an edition, the steps between them, and how a step is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from alstrom_site.accounts.roles import MEDICAL_REVIEWER, Role


class Status(StrEnum):
    """Where an edition stands."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    CHANGES_REQUESTED = "changes requested"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    FAILED_TO_PUBLISH = "failed to publish"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    UNPUBLISHED = "unpublished"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        """The state as a person reads it."""
        return self.value.capitalize()


OPEN = frozenset(
    {
        Status.DRAFT,
        Status.IN_REVIEW,
        Status.CHANGES_REQUESTED,
        Status.APPROVED,
        Status.SCHEDULED,
        Status.FAILED_TO_PUBLISH,
    }
)
LIVE = frozenset({Status.PUBLISHED, Status.WITHDRAWN})
CLOSED = frozenset(Status) - OPEN - LIVE

WRITE = "editorial.write_document"
REVIEW = "editorial.review_edition"
PUBLISH_PERMISSION = "editorial.publish_edition"


@dataclass(frozen=True)
class Transition:
    """One step of the workflow: `verb` names it everywhere, `effect` tells the person what it will do."""

    verb: str
    label: str
    sources: frozenset[Status]
    target: Status
    permission: str
    effect: str
    past: str
    four_eyes: bool = False
    """Refused to everybody who wrote any of the change."""
    one_step_each: bool = False
    """Refused to whoever already gave a verdict in this round."""
    needs_ready: bool = False
    """Refused while a requirement is not met."""
    needs_comment: bool = False
    signed_as: Role | None = None
    """The role that the signature names; who signs holds it, whatever else they may do."""
    by_a_person: bool = True
    """False for what follows from another step and is never offered as a button."""


REVISE = Transition(
    "revise",
    "Edit",
    frozenset({Status.DRAFT, Status.CHANGES_REQUESTED}),
    Status.DRAFT,
    WRITE,
    "Changes the text. It must be submitted before anybody can approve it.",
    past="saved a new text of",
)
TAKE_BACK = Transition(
    "take back",
    "Take back and edit",
    frozenset({Status.IN_REVIEW, Status.APPROVED}),
    Status.DRAFT,
    WRITE,
    "Changes the text while it is in review or approved. It goes back to draft, and its approvals no longer count.",
    past="took back and changed",
)
SUBMIT = Transition(
    "submit",
    "Submit for review",
    frozenset({Status.DRAFT, Status.CHANGES_REQUESTED}),
    Status.IN_REVIEW,
    WRITE,
    "Asks the medical reviewers to check exactly this text.",
    past="submitted",
    needs_ready=True,
)
REQUEST_CHANGES = Transition(
    "request changes",
    "Request changes",
    frozenset({Status.IN_REVIEW, Status.APPROVED}),
    Status.CHANGES_REQUESTED,
    REVIEW,
    "Sends the text back to its editors with your comment.",
    past="requested changes to",
    signed_as=MEDICAL_REVIEWER,
    four_eyes=True,
    needs_comment=True,
)
APPROVE = Transition(
    "approve",
    "Approve",
    frozenset({Status.IN_REVIEW}),
    Status.APPROVED,
    REVIEW,
    "Signs exactly this text. Any later change makes the approval void.",
    past="approved",
    signed_as=MEDICAL_REVIEWER,
    four_eyes=True,
    one_step_each=True,
    needs_ready=True,
)
PUBLISH = Transition(
    "publish",
    "Publish",
    frozenset({Status.APPROVED}),
    Status.PUBLISHED,
    PUBLISH_PERMISSION,
    "Makes the approved text the one that readers see, at once.",
    past="published",
    one_step_each=True,
    needs_ready=True,
)
SUPERSEDE = Transition(
    "supersede",
    "Supersede",
    LIVE,
    Status.SUPERSEDED,
    PUBLISH_PERMISSION,
    "Takes the place of the live edition.",
    past="superseded",
    by_a_person=False,
)
DISCARD = Transition(
    "discard",
    "Discard",
    frozenset({Status.DRAFT, Status.CHANGES_REQUESTED, Status.IN_REVIEW, Status.APPROVED}),
    Status.DISCARDED,
    WRITE,
    "Ends this edition without publishing it. Its texts stay in the record.",
    past="discarded",
    needs_comment=True,
)

TRANSITIONS = (REVISE, TAKE_BACK, SUBMIT, REQUEST_CHANGES, APPROVE, PUBLISH, SUPERSEDE, DISCARD)

START = "start"
"""The verb of an edition's first event; it comes from no state, so it is no transition."""
VERBS_OF_NEW_TEXT = frozenset({START, REVISE.verb, TAKE_BACK.verb})


@dataclass(frozen=True)
class Issue:
    """Something missing from a text: the field it is about, what is wrong, and the way out, in one sentence."""

    field: str
    message: str
    code: str = "incomplete"


class ActionRefused(Exception):
    """A step was refused and nothing was written; the text is a sentence for the person who tried it."""


class NotPermitted(ActionRefused):
    """This person may not take this step."""


class WrongState(ActionRefused):
    """The edition is not in a state from which this step can be taken."""


class OutOfDate(ActionRefused):
    """What the person acted on is not what is there now."""


class NotReady(ActionRefused):
    """Requirements are not met; `issues` holds all of them."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__(" ".join(issue.message for issue in self.issues))
