"""Who may take which step now: the one place that the buttons and the actions ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alstrom_site.accounts.roles import Role
from alstrom_site.editorial import review_policy, rounds
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition, Proposal, Revision
from alstrom_site.editorial.workflow import (
    APPROVE_AFTERWARDS,
    DECIDES_ABOUT_TEXT,
    PUBLISH_PERMISSION,
    REAFFIRM,
    TRANSITIONS,
    WRITE,
    ActionRefused,
    NotPermitted,
    Transition,
    WrongState,
)

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

ADMINISTER = "editorial.administer"
READ_RECORD = "editorial.view_record"


@dataclass(frozen=True)
class Step:
    """A step as the desk offers it: allowed when `refusal` is None, else `refusal` says why not."""

    transition: Transition
    refusal: ActionRefused | None

    @property
    def allowed(self) -> bool:
        """Whether the person may take it now."""
        return self.refusal is None


def contributor_ids(edition: Edition) -> set[int]:
    """Return the ids of everybody who saved a text of this edition or of any edition since the one live before it.

    And of everybody whose text it took over, such as from an urgent fix that went out unapproved.
    """
    since = Revision.objects.in_the_change_up_to(edition.document_id, edition.number)
    taken_over = Revision.objects.unapproved_before(edition.text)
    return set(since.union(taken_over).values_list("author_id", flat=True))


def refusal(transition: Transition, edition: Edition, by: "User") -> ActionRefused | None:
    """Return why `by` may not take this step now, the first reason that holds, or None when the step is theirs to take.

    No permission and no superuser flag goes round the four-eyes rule.
    """
    for rule in RULES:
        found = rule(transition, edition, by)
        if found is not None:
            return found
    return None


def steps_for(edition: Edition, person: "User") -> list[Step]:
    """Return every step that a person could take by hand, each with why it is refused now, if it is."""
    return [Step(each, refusal(each, edition, person)) for each in TRANSITIONS if each.by_a_person]


def may_open_edition(person: "User") -> ActionRefused | None:
    """Return why `person` may not begin a document or a new edition, or None."""
    if not person.is_active or not person.has_perm("editorial.write_document"):
        return NotPermitted("Only editors can write. Ask an administrator for the role of editor.")
    return None


def may_ask(person: "User") -> ActionRefused | None:
    """Return why `person` may not ask somebody for a review, or None."""
    if person.is_active and (person.has_perm(WRITE) or person.has_perm(PUBLISH_PERMISSION)):
        return None
    return NotPermitted("Only editors and publishers ask for reviews.")


def may_ask_for_another_look(document: Document, person: "User") -> ActionRefused | None:
    """Return why `person` may not ask a reviewer to look at a live text again, or None."""
    if person.is_active and (person.pk == document.owner_id or person.has_perm(PUBLISH_PERMISSION)):
        return None
    return NotPermitted("Only the owner and publishers ask a reviewer to look at a live text again.")


def may_read_record(person: "User") -> ActionRefused | None:
    """Return why `person` may not read the whole record of a document nor take its evidence away, or None."""
    if person.is_active and person.has_perm(READ_RECORD):
        return None
    return NotPermitted("Your account may not read the record. Ask an administrator for the role of auditor.")


def may_note(person: "User") -> ActionRefused | None:
    """Return why `person` may not note what happened to a source, which readers see at once, or None."""
    if person.is_active and (person.has_perm(WRITE) or person.has_perm(PUBLISH_PERMISSION)):
        return None
    return NotPermitted("Only editors and publishers note what happened to works.")


def may_set_policy(person: "User") -> ActionRefused | None:
    """Return why `person` may not say who must sign a document and how often it is reviewed, or None."""
    if person.is_active and (person.has_perm(PUBLISH_PERMISSION) or person.has_perm(ADMINISTER)):
        return None
    return NotPermitted("Only publishers and administrators set the review policy of a document.")


@dataclass(frozen=True)
class Engaged:
    """Who takes part in a round already, by their ids."""

    wrote: frozenset[int]
    approved: frozenset[int]
    asked: frozenset[int]


def engaged_in(edition: Edition) -> Engaged:
    """Return who takes part in the edition's round already. Three queries."""
    approved = edition.reviews.of_the_current_text().approvals()
    asked = edition.review_requests.standing()
    return Engaged(
        wrote=frozenset(contributor_ids(edition)),
        approved=frozenset(approved.values_list("reviewer_id", flat=True)),
        asked=frozenset(asked.values_list("reviewer_id", flat=True)),
    )


def cannot_be_asked(person: "User", role: Role, engaged: Engaged) -> str:
    """Return in a sentence why nobody can ask `person` to sign in that role in this round, or "".

    It feeds the list of those who can be asked and the refusal of everybody else.
    """
    if not person.is_active:
        return f"The account of {person} is closed. Ask somebody else."
    if role.name not in {group.name for group in person.groups.all()}:
        return f"{person} is no {role.name}. Ask somebody who is."
    if person.pk in engaged.wrote:
        return f"{person} wrote part of this change, so somebody else must check it."
    if person.pk in engaged.approved:
        return f"{person} approved this text already. Somebody else must take the next step."
    if person.pk in engaged.asked:
        return f"{person} is asked already."
    return ""


def why_not_propose(transition: Transition, edition: Edition, by: "User") -> ActionRefused | None:
    """Return why `by` may not propose a step on a live text that takes two people, or None."""
    if not _may_propose_at_all(by):
        return NotPermitted("Only editors, reviewers and publishers propose. Ask an administrator for such a role.")
    waits = edition.proposals.waiting().select_related("by").first()
    if waits is not None:
        return WrongState(f"{waits.by} has proposed to {waits.verb} it already. Decide on that first.")
    if transition.verb not in kind_named(edition.document.kind).second_person:
        return WrongState(f"“{transition.label}” needs no proposal here: a publisher takes the step.")
    return _state_allows(transition, edition, by)


def why_not_turn_down(proposal: Proposal, by: "User") -> ActionRefused | None:
    """Return why `by` may not turn down a proposal, or None; whoever made it may take it back."""
    if by.is_active and (proposal.by_id == by.pk or by.has_perm(PUBLISH_PERMISSION)):
        return None
    return NotPermitted("Only a publisher turns a proposal down, or whoever made it takes it back.")


def has_left(proposal: Proposal) -> str:
    """Return in a sentence why whoever made a proposal is not one of two people any more, or ""."""
    if not proposal.by.is_active:
        return f"The account of {proposal.by}, who proposed it, is closed."
    return "" if _may_propose_at_all(proposal.by) else f"{proposal.by}, who proposed it, has no role any more for that."


def _may_propose_at_all(by: "User") -> bool:
    return by.is_active and any(by.has_perm(each) for each in DECIDES_ABOUT_TEXT)


def _person_is_entitled(transition: Transition, edition: Edition, by: "User") -> ActionRefused | None:
    if not by.is_active:
        return NotPermitted("This account is closed.")
    if not by.has_perm(transition.permission):
        return NotPermitted(f"Your roles do not include the step “{transition.label}”.")
    # A superuser has every permission, and is no medical reviewer for it.
    if transition.signed_as is not None and not by.holds(transition.signed_as):
        return NotPermitted(f"Only a {transition.signed_as.name} signs. Ask an administrator for that role.")
    if transition.by_policy and not any(by.holds(role) for role in _signing_roles(edition)):
        names = " or ".join(role.name for role in _signing_roles(edition))
        return NotPermitted(f"Only a {names} signs. Ask an administrator for that role.")
    return None


def _signing_roles(edition: Edition) -> list[Role]:
    return list(dict.fromkeys(step.role for step in review_policy.read(edition.policy)))


def _state_allows(transition: Transition, edition: Edition, by: "User") -> ActionRefused | None:
    if edition.state not in transition.sources:
        return WrongState(f"“{transition.label}” is not possible while the edition is {edition.state.value}.")
    return None


def _did_not_write_it(transition: Transition, edition: Edition, by: "User") -> ActionRefused | None:
    if transition.four_eyes and by.pk in contributor_ids(edition):
        return NotPermitted("You wrote part of this change, so somebody else must check it.")
    return None


def _fills_no_other_step(transition: Transition, edition: Edition, by: "User") -> ActionRefused | None:
    if not transition.one_step_each:
        return None
    if edition.reviews.of_the_current_text().approvals().filter(reviewer=by).exists():
        return NotPermitted("You approved this text, so somebody else must take the next step.")
    return None


def _policy_waits_for_them(transition: Transition, edition: Edition, by: "User") -> ActionRefused | None:
    if not transition.by_policy or rounds.open_step_for(edition, by) is not None:
        return None
    steps = rounds.standing(edition)
    turn = " or ".join(f"{_a(name)} {name}" for name in sorted({each.step.role.name for each in steps if each.open}))
    if any(not each.is_complete and by.holds(each.step.role) for each in steps):
        return NotPermitted(f"It is the turn of {turn} to sign. Yours comes after that.")
    return NotPermitted(f"What your role signs is signed. It is the turn of {turn} to sign.")


def _a(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


def _fits_an_emergency(transition: Transition, edition: Edition, by: "User") -> ActionRefused | None:
    if transition is REAFFIRM and edition.review_is_pending:
        return WrongState("This text was published in an emergency. Approve it first; that sets its review dates.")
    if transition is not APPROVE_AFTERWARDS:
        return None
    if not edition.review_is_pending:
        return WrongState("This text was approved before it was published, or has been since.")
    if edition.published_by_id == by.pk:
        return NotPermitted("You published this text, so somebody else must approve it.")
    return None


def _was_proposed_by_another(transition: Transition, edition: Edition, by: "User") -> ActionRefused | None:
    if transition.verb not in kind_named(edition.document.kind).second_person:
        return None
    proposal = edition.proposals.waiting().filter(verb=transition.verb).exclude(by=by).select_related("by").first()
    if proposal is not None:
        left = has_left(proposal)
        return NotPermitted(f"{left} Turn it down and propose it anew.") if left else None
    return NotPermitted(f"“{transition.label}” takes two people: one proposes it, another one confirms it.")


Rule = Callable[[Transition, Edition, "User"], ActionRefused | None]
RULES: Sequence[Rule] = (
    _person_is_entitled,
    _state_allows,
    _fits_an_emergency,
    _did_not_write_it,
    _fills_no_other_step,
    _policy_waits_for_them,
    _was_proposed_by_another,
)
