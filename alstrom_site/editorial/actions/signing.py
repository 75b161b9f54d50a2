"""What a signature stands for, and how a verdict is frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from alstrom_site.accounts.interests import interests_are_due
from alstrom_site.accounts.roles import MEDICAL_REVIEWER, Role
from alstrom_site.editorial.actions._transitions import Taking
from alstrom_site.editorial.models import Edition, Review, Verdict
from alstrom_site.editorial.texts import SIGNED
from alstrom_site.editorial.workflow import SUBMIT, Issue, NotReady, OutOfDate

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

APPROVAL_MEANS = (
    "I have read this whole text and checked it against its sources. "
    "In my professional judgement it is accurate, and safe for its readers, as it stands."
)
REQUEST_MEANS = (
    "I have read this text. In my professional judgement it needs the changes in my comment before it can be approved."
)
REAFFIRMATION_MEANS = (
    "I have read this whole text again and checked it against its sources. "
    "In my professional judgement it is still accurate, and safe for its readers, and needs no change."
)
ADVICE_MEANS = "I have read this text and give the advice in my comment. It decides nothing."

Checklist = Sequence[tuple[str, bool]]


@dataclass(frozen=True)
class Said:
    """What a person says with a verdict, and how they proved at that moment who they are (password or passkey)."""

    comment: str = ""
    checklist: Checklist = ()
    signed_with: str = ""


NOTHING_SAID = Said()
SENTENCE_ENDS = (".", "!", "?", "…")
UNPROVEN = "Sign with your password or a passkey: nobody's verdict counts without that."
SUBMITTED_MEANWHILE = (
    "This text was submitted anew since you opened the page. Nothing was written. Look at what you would sign now."
)
FIRST_STEP = (1, MEDICAL_REVIEWER)

MEANINGS = {
    Verdict.APPROVE: APPROVAL_MEANS,
    Verdict.REQUEST_CHANGES: REQUEST_MEANS,
    Verdict.RECOMMEND: ADVICE_MEANS,
    Verdict.REAFFIRM: REAFFIRMATION_MEANS,
}


def meaning_of(verdict: str, edition: Edition) -> str:
    """Return what a signature under this verdict stands for; who approves a change approves what readers are told."""
    meaning = MEANINGS[Verdict(verdict)]
    if verdict != Verdict.APPROVE or not edition.change:
        return meaning
    change = edition.get_change_display().lower()
    told = f"with the note “{edition.change_note}”" if edition.change_note else "without a note"
    told += "" if edition.change_note.endswith(SENTENCE_ENDS) else "."
    return f"{meaning} I agree that it is announced as a {change} change, {told}"


def refuse_unseen_submission(edition: Edition, known: int | None) -> None:
    """Raise OutOfDate when the text was submitted anew since somebody read what their signature would stand for.

    The same text may be announced in another way then. `known` is the place in the chain of the newest event that they
    could see. None: by a program that has looked.
    """
    if known is not None and edition.events.filter(verb=SUBMIT.verb, position__gt=known).exists():
        raise OutOfDate(SUBMITTED_MEANWHILE)


def sign(
    step: Taking, verdict: Verdict, *, by: "User", at: datetime, said: Said, place: tuple[int, Role] = FIRST_STEP
) -> Review:
    """Freeze the verdict with the person's details as they are now; `place` is the step of the policy it fills.

    Raises NotReady when a verdict that decides is given without proof of who signs, demonstration accounts aside, and
    when somebody signs whose interests were not confirmed within a year.
    """
    number, role = place
    if verdict in SIGNED and not said.signed_with and not by.is_demonstration:
        raise NotReady([Issue("signature", UNPROVEN, "unsigned")])
    if said.signed_with and interests_are_due(by, at.date()):
        raise NotReady([Issue("interests", "Confirm your declared interests before you sign.", "unconfirmed")])
    step.review = Review.objects.create(
        edition=step.edition,
        revision=step.edition.text,
        round=step.edition.round,
        revision_digest=step.edition.text.digest,
        reviewer=by,
        reviewer_name=str(by),
        role=role.name,
        professional_title=by.professional_title,
        credentials=by.credentials,
        affiliation=by.affiliation,
        orcid=by.orcid,
        interests=by.interests,
        interests_declared_on=by.interests_declared_on,
        is_demonstration=by.is_demonstration,
        verdict=verdict,
        meaning=meaning_of(verdict, step.edition),
        comment=said.comment,
        checklist=[[statement, answer] for statement, answer in said.checklist],
        at=at,
        step=number,
        signed_with=said.signed_with,
    )
    return step.review
