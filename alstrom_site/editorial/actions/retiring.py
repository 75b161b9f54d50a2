"""Withdrawing and unpublishing what readers see: one person proposes it, another one takes the step."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alstrom_site.editorial import addresses, policies, projection
from alstrom_site.editorial.actions._flags import Cause, raise_all
from alstrom_site.editorial.actions._merging import lead_to, lock_citing, path_of, record_merge
from alstrom_site.editorial.actions._record import remark
from alstrom_site.editorial.actions._transitions import CHANGED_MEANWHILE, Taking, comment_for, lock, patience, taking
from alstrom_site.editorial.actions.flagging import (
    flag_dependents,
    lock_dependents,
    name_of,
    settle_flags,
    to_flag,
)
from alstrom_site.editorial.content import not_said
from alstrom_site.editorial.kinds import kind_named, learned_by_taking_in
from alstrom_site.editorial.models import Document, Edition, Proposal, Reason
from alstrom_site.editorial.texts import shown_in
from alstrom_site.editorial.workflow import UNPUBLISH, WITHDRAW, Issue, NotReady, OutOfDate, Transition, WrongState

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

STEPS = {WITHDRAW.verb: WITHDRAW, UNPUBLISH.verb: UNPUBLISH}
WHY_WITHDRAW = "Say why it no longer holds. Readers see this under the notice."
WHY_UNPUBLISH = "Say why it is taken away. It stays in the record; readers do not see it."
WHY_TURN_DOWN = "Say why it is turned down. It stays in the record."
ANOTHER_PROPOSAL = "What is proposed now is not what you had before you. Nothing was written. Look at it again."
DECIDED = "This proposal was decided already. Nothing was written."
TAKEN_BACK = "Taken back by the person who proposed it."
ANOTHER_WENT_LIVE = "Another edition went live."
KEPT_CHANGED = (
    "What readers see of the one that is kept has changed since this merge was proposed. Nothing was written. Turn the"
    " proposal down and propose it again."
)
VOID_PROPOSAL = "void proposal"


@dataclass(frozen=True)
class Retirement:
    """What is to be done with a live text, and why; `moved_to` is where an unpublished page leads, "" for nowhere.

    `into`: the document that takes in the one that is unpublished, and to whose page it leads.
    """

    verb: str
    reason: str
    moved_to: str = ""
    into: Document | None = None

    @property
    def transition(self) -> Transition:
        """The step; raises LookupError when the verb is another one."""
        return STEPS[self.verb]


@patience()
@transaction.atomic
def propose(edition: Edition, wanted: Retirement, *, by: "User", at: datetime, seen: str) -> Proposal:
    """Ask a second person to withdraw or unpublish the live text that was seen, and return the proposal.

    Raises NotPermitted, WrongState, OutOfDate, and NotReady when the reason is missing or the page may not go.
    """
    with patience():
        current = lock(edition)
    refused = policies.why_not_propose(wanted.transition, current, by)
    if refused is not None:
        raise refused
    if current.text.digest != seen:
        raise OutOfDate(CHANGED_MEANWHILE)
    sound = _sound(wanted, current.document)
    proposal = Proposal.objects.create(
        edition=current, verb=sound.verb, reason=sound.reason, moved_to=sound.moved_to, into=sound.into, by=by, at=at
    )
    beside: dict[str, Any] = {
        "proposal": proposal.pk,
        "step": sound.verb,
        "comment": sound.reason,
        "moved_to": sound.moved_to,
    }
    if sound.into is not None:
        beside["kept"] = _live_digest(sound.into)
    remark(current, "propose", by=by, at=at, into=sound.into.pk if sound.into else None, **beside)
    return proposal


@patience()
@transaction.atomic
def turn_down(proposal: Proposal, *, answer: str, by: "User", at: datetime) -> None:
    """Decide that a proposal is not taken, with the reason; whoever made it may take it back without one.

    Raises NotPermitted, WrongState when it was decided already, and NotReady without a reason.
    """
    with patience():
        edition = lock(proposal.edition)
    waiting = edition.proposals.waiting().filter(pk=proposal.pk).first()
    if waiting is None:
        raise WrongState(DECIDED)
    refused = policies.why_not_turn_down(waiting, by)
    if refused is not None:
        raise refused
    said = answer.strip() or (TAKEN_BACK if waiting.by_id == by.pk else "")
    if unsaid := not_said("answer", "The answer", said, ask=WHY_TURN_DOWN):
        raise NotReady(unsaid)
    _decide(waiting, was_taken=False, answer=said, by=by, at=at)
    remark(edition, "turn down", by=by, at=at, proposal=waiting.pk, step=waiting.verb, comment=said)


@patience()
@transaction.atomic
def withdraw(edition: Edition, *, by: "User", at: datetime, seen: str, reason: str) -> Edition:
    """Leave the live text readable under a dated notice with the reason, and flag what shows it; its flags are settled.

    Where a second person is asked for, the reason is the one that was proposed. Raises as every step does.
    """
    wanted = Retirement(WITHDRAW.verb, reason)
    with taking(WITHDRAW, edition, by=by, at=at, seen=seen) as step:
        lock_dependents(step.edition.document)
        sound = _begun(step, wanted, by=by, at=at)
        step.changes.update(withdrawn_at=at, withdrawal_reason=sound.reason)
    document = step.edition.document
    document.live_edition = step.edition
    settle_flags(document, by=by, at=at)
    flag_dependents(document, f"{name_of(document)} was withdrawn: {sound.reason}", by=by, at=at)
    # Nobody reads it for a moment more, in another page either, without being told.
    projection.refresh(document, at_once=True)
    return step.edition


@patience()
@transaction.atomic
def unpublish(edition: Edition, *, by: "User", at: datetime, seen: str, reason: str, moved_to: str = "") -> Edition:
    """Take the page away: its address says that it is gone, or leads to `moved_to`, the path of a public page.

    Where a second person is asked for, both are as they were proposed. Raises as every step does, and NotReady while a
    live page shows the text, or when the address leads nowhere or to itself.
    """
    return take_away(edition, Retirement(UNPUBLISH.verb, reason, moved_to), by=by, at=at, seen=seen)


@patience()
@transaction.atomic
def take_away(edition: Edition, wanted: Retirement, *, by: "User", at: datetime, seen: str) -> Edition:
    """Unpublish as was wished for, and as `unpublish` does; what is merged leads to the one that takes it in.

    Every live text that cites what was merged is flagged: it was read with another source than the one that it shows.
    """
    with taking(UNPUBLISH, edition, by=by, at=at, seen=seen) as step:
        wanted = replace(wanted, into=wanted.into or _proposed_to_take_in(step.edition))
        lock_citing(step.edition.document, wanted.into)
        showing = list(to_flag(step.edition.document).values_list("pk", flat=True))
        learned = learned_by_taking_in(wanted.into, step.edition.document) if wanted.into else None
        sound = _begun(step, wanted, by=by, at=at)
        step.changes["ended_at"] = at
        step.details["moved_to"] = sound.moved_to
    document = step.edition.document
    settle_flags(document, by=by, at=at)
    document.live_edition, document.moved_to, document.review_due_on = None, sound.moved_to, None
    document.save(update_fields=["live_edition", "moved_to", "review_due_on"])
    projection.refresh(document)
    if sound.into is not None:
        record_merge(step.edition, sound.into, reason=sound.reason, learned=learned, by=by, at=at)
        statement = f"{name_of(document)} was merged into {name_of(sound.into)}, which stands here now: {sound.reason}"
        cause = Cause(Reason.SOURCE, sound.into, statement)
        raise_all(Document.objects.filter(pk__in=showing), cause, by=by, at=at)
    return step.edition


def void_proposals(edition: Edition, *, by: "User", at: datetime) -> None:
    """Decide what is proposed for a live text that another one takes the place of; whoever proposed it is told."""
    for proposal in edition.proposals.waiting():
        _decide(proposal, was_taken=False, answer=ANOTHER_WENT_LIVE, by=by, at=at)
        beside = {"proposal": proposal.pk, "step": proposal.verb, "comment": ANOTHER_WENT_LIVE}
        remark(edition, VOID_PROPOSAL, by=by, at=at, **beside)


def _begun(step: Taking, wanted: Retirement, *, by: "User", at: datetime) -> Retirement:
    """Check once more what may have changed since the proposal, and note it as taken.

    The event says whether two people were asked for, and who the first one was: rules may change after it.
    """
    document = step.edition.document
    proposal = step.edition.proposals.waiting().filter(verb=wanted.verb).select_related("into").first()
    if wanted.into is not None:
        lead_to(document, wanted.into, at=at)
    sound = _sound(wanted, document, proposed=proposal.reason if proposal else "")
    if proposal is not None:
        if (proposal.reason, proposal.moved_to, proposal.into) != (sound.reason, sound.moved_to, sound.into):
            raise OutOfDate(ANOTHER_PROPOSAL)
        if wanted.into is not None and _kept_as_proposed(proposal) != _live_digest(wanted.into):
            raise OutOfDate(KEPT_CHANGED)
        _decide(proposal, was_taken=True, answer="", by=by, at=at)
        step.details.update(proposal=proposal.pk, proposed_by=str(proposal.by), proposed_by_id=proposal.by_id)
    step.details["by_two_people"] = wanted.verb in kind_named(document.kind).second_person
    step.details["comment"] = sound.reason
    return sound


def _proposed_to_take_in(edition: Edition) -> Document | None:
    """The document that is proposed to take in the one that is unpublished."""
    proposal = edition.proposals.waiting().filter(verb=UNPUBLISH.verb).select_related("into").first()
    return proposal.into if proposal is not None else None


def _live_digest(document: Document) -> str:
    """The digest of what readers see of it now, "" when they see nothing."""
    return Edition.objects.live().filter(document=document).values_list("head__digest", flat=True).first() or ""


def _kept_as_proposed(proposal: Proposal) -> str | None:
    """The digest of the live text that was to take the other one in, as the event of the proposal holds it."""
    told = (each.fields for each in proposal.edition.events.filter(verb="propose").order_by("-position"))
    return next((each.get("kept") for each in told if each.get("proposal") == proposal.pk), None)


def _sound(wanted: Retirement, document: Document, proposed: str = "") -> Retirement:
    """Return the wish as it is kept; raise NotReady with all that stands in its way.

    The words that were `proposed` were looked at then, by the rules of that day.
    """
    why = WHY_WITHDRAW if wanted.verb == WITHDRAW.verb else WHY_UNPUBLISH
    is_as_proposed = proposed and wanted.reason == proposed
    reason = proposed if is_as_proposed else comment_for(wanted.transition, wanted.reason, ask=why)
    if wanted.verb == WITHDRAW.verb:
        return Retirement(wanted.verb, reason)
    moved_to = path_of(wanted.into) if wanted.into is not None else wanted.moved_to.strip()
    path, wrong = addresses.destination(moved_to, leaving=document) if moved_to else ("", None)
    # What shows a text that is merged shows the one that takes it in.
    issues = [*([] if wanted.into else _shown_still(document)), *([wrong] if wrong else [])]
    if issues:
        raise NotReady(issues)
    return Retirement(wanted.verb, reason, path, wanted.into)


def _shown_still(document: Document) -> Sequence[Issue]:
    """Pages that would say less than was approved if the text went away."""
    return [
        Issue(
            "reason",
            f"The {kind_named(each.kind).label} “{each.title}” shows it. Take it out there first, or withdraw it:"
            " that takes effect at once.",
            "shown",
        )
        for each in shown_in(document).order_by("kind", "sort_title", "pk")
    ]


def _decide(proposal: Proposal, *, was_taken: bool, answer: str, by: "User", at: datetime) -> None:
    proposal.decided_by, proposal.decided_at, proposal.was_taken, proposal.answer = by, at, was_taken, answer
    proposal.save(update_fields=["decided_by", "decided_at", "was_taken", "answer"])
