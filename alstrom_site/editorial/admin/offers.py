"""The steps that a person is offered on a document, and why others are not."""

from dataclasses import dataclass, replace
from datetime import datetime

from alstrom_site.accounts.models import User
from alstrom_site.editorial import policies, requirements, review_policy
from alstrom_site.editorial.admin.addresses import edition_url, step_url
from alstrom_site.editorial.admin.causes import together
from alstrom_site.editorial.admin.forewarning import before_publishing_now, is_too_late, unchanged_since_refused
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import (
    APPROVE,
    APPROVE_AFTERWARDS,
    BRING_UP_TO_DATE,
    CANCEL_SCHEDULE,
    CLOSED,
    DISCARD,
    OPEN,
    PUBLISH,
    PUBLISH_IN_EMERGENCY,
    REAFFIRM,
    REQUEST_CHANGES,
    REVISE,
    SCHEDULE,
    SUBMIT,
    TAKE_BACK,
    UNPUBLISH,
    WITHDRAW,
    Issue,
    Status,
    Transition,
)

# On which page a step is taken, when it is not a form on the document's own page.
_PAGES = {
    REVISE: "change",
    TAKE_BACK: "change",
    APPROVE: "review",
    REQUEST_CHANGES: "review",
    REAFFIRM: "reaffirm",
    WITHDRAW: "withdraw",
    UNPUBLISH: "unpublish",
    SCHEDULE: "schedule",
    PUBLISH_IN_EMERGENCY: "emergency",
    APPROVE_AFTERWARDS: "approve-afterwards",
    BRING_UP_TO_DATE: "up-to-date",
}
# Taken by a form on the document's own page.
_FORMS = (SUBMIT, PUBLISH, CANCEL_SCHEDULE, DISCARD)
ONE_IN_PLACES = "One thing is missing, in several places. They are listed on this page."
# What the step line leads to next: the step whose requirements the page shows.
NEXT = {
    Status.DRAFT: SUBMIT,
    Status.CHANGES_REQUESTED: SUBMIT,
    Status.IN_REVIEW: APPROVE,
    Status.APPROVED: PUBLISH,
    Status.FAILED_TO_PUBLISH: PUBLISH,
}
# What a step is called where it follows on another one of its kind.
_LABELS = {
    (SCHEDULE, Status.SCHEDULED): "Change the time",
    (SCHEDULE, Status.FAILED_TO_PUBLISH): "Choose another time",
    (CANCEL_SCHEDULE, Status.FAILED_TO_PUBLISH): "Back to approved",
}
_TURN = {
    Status.DRAFT: "An editor submits it when it is ready.",
    Status.CHANGES_REQUESTED: "An editor makes the changes and submits it again.",
    Status.IN_REVIEW: "It waits for those who sign.",
    Status.APPROVED: "It waits for a publisher, who puts it live or on the schedule.",
    Status.SCHEDULED: "It goes live by itself at its time.",
    Status.FAILED_TO_PUBLISH: "It waits for a publisher, who puts it live or on the schedule again.",
}


@dataclass(frozen=True)
class Offer:
    """A step this person may take now. With a `page` it is taken there, else by a form sent to `url`.

    `on_live`: beside an open edition, a step on what readers see.
    """

    transition: Transition
    url: str
    page: str
    is_next: bool
    label: str
    on_live: bool = False
    warning: str = ""
    """What the person should know before they take it."""

    @property
    def slug(self) -> str:
        """The verb as an address spells it."""
        return slug_of(self.transition)

    @property
    def is_final(self) -> bool:
        """Whether it ends the edition, or goes round its review."""
        return self.transition in (DISCARD, PUBLISH_IN_EMERGENCY)


@dataclass(frozen=True)
class Refused:
    """A step that is not this person's to take now, and why."""

    transition: Transition
    reason: str
    on_live: bool = False


@dataclass(frozen=True)
class Needs:
    """What stands between the edition and a step; `issues` with the field of each."""

    transition: Transition
    issues: tuple[Issue, ...]


def slug_of(transition: Transition) -> str:
    """Return the verb as an address spells it."""
    return transition.verb.replace(" ", "-")


def label_on(edition: Edition, transition: Transition) -> str:
    """Return what a step is called on this edition."""
    return _LABELS.get((transition, edition.state), transition.label)


def offers_on(current: Edition, person: User, at: datetime) -> tuple[list[Offer], list[Refused]]:
    """Divide the steps on a document into those to offer to this person and those to explain.

    `current` is the edition that is being worked on, else the live one; steps on the live text are about that. A step
    that lacks something is explained; so is one that this person's roles include and that the edition has come to, or
    comes to on its way to publication. Of the others nobody needs to read.
    """
    live = current.document.live_edition
    offers, refused = _divided(current, _about(current, person), person, at)
    if live is None or live.pk == current.pk:
        return _with_a_first(offers), refused
    live.document = current.document
    steps = [step for step in policies.steps_for(live, person) if step.transition.of_the_live_text]
    beside, beside_refused = _divided(live, steps, person, at)
    return (
        _with_a_first([*offers, *(replace(offer, on_live=True) for offer in beside)]),
        [*refused, *(replace(each, on_live=True) for each in beside_refused)],
    )


def turn_on(edition: Edition) -> str:
    """Return in a sentence who takes the next step on an edition; "" when none is to come."""
    return _TURN.get(edition.state, "")


def _about(edition: Edition, person: User) -> list[policies.Step]:
    """The steps on an edition: on the live text only when it is live, and all of them when it has ended."""
    if edition.state in CLOSED:
        return policies.steps_for(edition, person)
    is_live = edition.state not in OPEN
    return [each for each in policies.steps_for(edition, person) if each.transition.of_the_live_text == is_live]


def _divided(
    edition: Edition, steps: list[policies.Step], person: User, at: datetime
) -> tuple[list[Offer], list[Refused]]:
    offers, refused = [], []
    held = set(person.groups.values_list("name", flat=True))
    for step in steps:
        issues = requirements.missing(step.transition, edition) if step.allowed else []
        if step.transition not in (*_PAGES, *_FORMS) or _is_needless(step.transition, edition):
            continue
        if step.refusal is None and not issues:
            offers += [] if _is_proposed(step.transition, edition) else [_offer(step.transition, edition, at)]
        elif issues:
            refused.append(Refused(step.transition, _lacking(issues, edition)))
        elif _comes_to(step.transition, edition) and _is_for(step.transition, edition, person, held):
            refused.append(Refused(step.transition, str(step.refusal)))
    return offers, refused


def _comes_to(transition: Transition, edition: Edition) -> bool:
    """Whether the edition is where the step is taken, or is still on its way there."""
    is_on_the_way = edition.state in OPEN and transition in (APPROVE, PUBLISH)
    return edition.state in transition.sources or is_on_the_way


def _is_for(transition: Transition, edition: Edition, person: User, held: set[str]) -> bool:
    """Whether the person's roles, of which `held` are the names, include the step."""
    signers = {step.role.name for step in review_policy.read(edition.policy)} if transition.by_policy else set()
    if transition.signed_as is not None:
        signers.add(transition.signed_as.name)
    return person.has_perm(transition.permission) and (not signers or bool(signers & held))


def _is_needless(transition: Transition, edition: Edition) -> bool:
    return transition is BRING_UP_TO_DATE and not edition.is_behind


def _is_proposed(transition: Transition, edition: Edition) -> bool:
    """Whether it is taken on a proposal, which stands on the page by itself and leads there."""
    return transition.verb in kind_named(edition.document.kind).second_person


def needs_of(edition: Edition) -> list[Needs]:
    """Return what is missing before the next step, and before publication whatever is missing beside that."""
    if edition.state not in OPEN:
        return []
    following = NEXT.get(edition.state, PUBLISH)
    now = requirements.missing(following, edition)
    later = [
        issue for issue in requirements.missing(PUBLISH, edition) if issue not in now and issue.code != "not-approved"
    ]
    found = [Needs(following, tuple(now))]
    return found if following is PUBLISH else [*found, Needs(PUBLISH, tuple(later))]


def _with_a_first(offers: list[Offer]) -> list[Offer]:
    """Where the next step still lacks something, or was refused for this text, writing is what leads to it."""
    if any(offer.is_next for offer in offers):
        return offers
    return [replace(offer, is_next=offer.transition is REVISE) for offer in offers]


def _offer(transition: Transition, edition: Edition, at: datetime) -> Offer:
    page = _page_of(transition, edition)
    url = edition_url(edition, page) if page else step_url(edition.document, slug_of(transition))
    # What readers see unreviewed comes before all else.
    unchanged = unchanged_since_refused(edition) if transition is SUBMIT else ""
    warning = before_publishing_now(edition, at) if transition is PUBLISH else unchanged
    following = SCHEDULE if is_too_late(edition, at) else NEXT.get(edition.state)
    is_next = transition is APPROVE_AFTERWARDS or (following is transition and not unchanged)
    return Offer(transition, url, page, is_next, label_on(edition, transition), warning=warning)


def _page_of(transition: Transition, edition: Edition) -> str:
    """The page on which a step is taken, "" for a form here; what readers know is submitted with a word to them."""
    if transition is SUBMIT and edition.document.first_published_at is not None:
        return "submit"
    return _PAGES.get(transition, "")


def _lacking(issues: list[Issue], edition: Edition) -> str:
    """In words what is missing: all of it, unless the page lists it as what an open edition needs."""
    if edition.state not in OPEN:
        return " ".join(_with_places(alike) for alike in together(issues))
    if len(issues) == 1:
        return f"One thing is missing: {issues[0].message}"
    count = len(together(issues))
    return f"{count} things are missing. They are listed on this page." if count > 1 else ONE_IN_PLACES


def _with_places(alike: list[Issue]) -> str:
    places = "; ".join(issue.place for issue in alike if issue.place)
    return f"{places}: {alike[0].cause}" if places else alike[0].cause
