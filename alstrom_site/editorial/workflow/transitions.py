"""The steps between the states, as a list; buttons, refusals, tests and the drawn diagram read it."""

from dataclasses import dataclass

from alstrom_site.accounts.roles import MEDICAL_REVIEWER, Role
from alstrom_site.editorial.workflow.states import LIVE, OPEN, READY, Status

AT_THE_DESK = "editorial.view_document"
WRITE = "editorial.write_document"
REVIEW = "editorial.review_edition"
PUBLISH_PERMISSION = "editorial.publish_edition"
DECIDES_ABOUT_TEXT = (WRITE, REVIEW, PUBLISH_PERMISSION)
"""Whoever has one of these may propose, comment on a text, and show it to somebody outside."""

UNDER_WAY = frozenset({Status.DRAFT, Status.CHANGES_REQUESTED})
"""With its editors."""


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
    """Refused to whoever approved the text in this round."""
    needs_ready: bool = False
    """Refused while a requirement is not met."""
    needs_comment: bool = False
    signed_as: Role | None = None
    """The role that the signature names; who signs holds it, whatever else they may do."""
    by_policy: bool = False
    """Refused unless the review policy waits for a signature of a role that the person holds."""
    by_a_person: bool = True
    """False for what follows from another step and is never offered as a button."""
    of_the_live_text: bool = False
    """Taken on what readers see, not on the edition that is being worked on."""


REVISE = Transition(
    "revise",
    "Edit",
    UNDER_WAY,
    Status.DRAFT,
    WRITE,
    "Changes the text. It must be submitted before anybody can approve it.",
    past="saved a new text of",
)
TAKE_BACK = Transition(
    "take back",
    "Take back and edit",
    READY | {Status.IN_REVIEW},
    Status.DRAFT,
    WRITE,
    "Changes the text while it is in review or approved. It goes back to draft, and its approvals no longer count.",
    past="took back and changed",
)
BRING_UP_TO_DATE = Transition(
    "bring up to date",
    "Bring up to date",
    OPEN,
    Status.DRAFT,
    WRITE,
    "Takes over what went live since this edition was begun. It goes back to draft, and its approvals no longer count.",
    past="brought up to date",
)
SUBMIT = Transition(
    "submit",
    "Submit for review",
    UNDER_WAY,
    Status.IN_REVIEW,
    WRITE,
    "Asks the reviewers to check exactly this text.",
    past="submitted",
    needs_ready=True,
)
REQUEST_CHANGES = Transition(
    "request changes",
    "Request changes",
    READY | {Status.IN_REVIEW},
    Status.CHANGES_REQUESTED,
    REVIEW,
    "Sends the text back to its editors with your comment. The approvals of this round no longer count.",
    past="requested changes to",
    signed_as=MEDICAL_REVIEWER,
    four_eyes=True,
    needs_comment=True,
)
RECOMMEND = Transition(
    "recommend",
    "Give advice",
    frozenset({Status.IN_REVIEW}),
    Status.IN_REVIEW,
    REVIEW,
    "Leaves your advice for those who decide. It decides nothing itself.",
    past="gave advice on",
    signed_as=MEDICAL_REVIEWER,
    four_eyes=True,
    needs_comment=True,
)
APPROVE = Transition(
    "approve",
    "Approve",
    frozenset({Status.IN_REVIEW}),
    Status.APPROVED,
    AT_THE_DESK,
    "Signs exactly this text. Any later change makes the approval void.",
    past="approved",
    by_policy=True,
    four_eyes=True,
    one_step_each=True,
    needs_ready=True,
)
APPROVE_IN_PART = Transition(
    "approve",
    "Approve",
    frozenset({Status.IN_REVIEW}),
    Status.IN_REVIEW,
    AT_THE_DESK,
    "Signs exactly this text. Others must sign too before it is approved.",
    past="approved",
    by_policy=True,
    four_eyes=True,
    one_step_each=True,
    needs_ready=True,
    by_a_person=False,
)
SCHEDULE = Transition(
    "schedule",
    "Schedule",
    READY,
    Status.SCHEDULED,
    PUBLISH_PERMISSION,
    "Publishes exactly this text at the time you choose, if everything still holds then.",
    past="scheduled",
    one_step_each=True,
    needs_ready=True,
)
CANCEL_SCHEDULE = Transition(
    "cancel schedule",
    "Cancel the schedule",
    frozenset({Status.SCHEDULED, Status.FAILED_TO_PUBLISH}),
    Status.APPROVED,
    PUBLISH_PERMISSION,
    "Takes the text off the schedule. It stays approved.",
    past="cancelled the schedule of",
)
FAIL = Transition(
    "fail to publish",
    "Fail to publish",
    frozenset({Status.SCHEDULED}),
    Status.FAILED_TO_PUBLISH,
    PUBLISH_PERMISSION,
    "Notes why a scheduled text did not go live.",
    past="had set the schedule that failed for",
    by_a_person=False,
)
PUBLISH = Transition(
    "publish",
    "Publish",
    READY,
    Status.PUBLISHED,
    PUBLISH_PERMISSION,
    "Makes the approved text the one that readers see, at once.",
    past="published",
    one_step_each=True,
    needs_ready=True,
)
PUBLISH_IN_EMERGENCY = Transition(
    "publish in emergency",
    "Publish in an emergency",
    UNDER_WAY | {Status.IN_REVIEW},
    Status.PUBLISHED,
    PUBLISH_PERMISSION,
    "Makes this text public before anybody has approved it. Every reviewer is told, and the page says that its review"
    " is pending.",
    past="made an emergency publication of",
    one_step_each=True,
    needs_ready=True,
    needs_comment=True,
)
APPROVE_AFTERWARDS = Transition(
    "approve",
    "Approve after publication",
    frozenset({Status.PUBLISHED}),
    Status.PUBLISHED,
    REVIEW,
    "Signs the text that was published in an emergency.",
    past="gave the approval that was pending for",
    signed_as=MEDICAL_REVIEWER,
    four_eyes=True,
    one_step_each=True,
    needs_ready=True,
    of_the_live_text=True,
)
REAFFIRM = Transition(
    "reaffirm",
    "Reviewed, no change needed",
    frozenset({Status.PUBLISHED}),
    Status.PUBLISHED,
    REVIEW,
    "Signs the live text as it stands again and moves its review dates, nothing else.",
    past="reaffirmed",
    signed_as=MEDICAL_REVIEWER,
    four_eyes=True,
    needs_ready=True,
    of_the_live_text=True,
)
WITHDRAW = Transition(
    "withdraw",
    "Withdraw",
    frozenset({Status.PUBLISHED}),
    Status.WITHDRAWN,
    PUBLISH_PERMISSION,
    "Leaves the page readable, under a dated notice that says why it no longer holds.",
    past="withdrew",
    needs_comment=True,
    of_the_live_text=True,
)
UNPUBLISH = Transition(
    "unpublish",
    "Unpublish",
    LIVE,
    Status.UNPUBLISHED,
    PUBLISH_PERMISSION,
    "Takes the page away. Its address says that it is gone, or leads to another page.",
    past="unpublished",
    needs_comment=True,
    of_the_live_text=True,
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
    of_the_live_text=True,
)
DISCARD = Transition(
    "discard",
    "Discard",
    OPEN,
    Status.DISCARDED,
    WRITE,
    "Ends this edition without publishing it. Its texts stay in the record.",
    past="discarded",
    needs_comment=True,
)
