"""Withdrawing and unpublishing at the desk: who proposes it, who decides, and what readers get then."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from alstrom_site.editorial import actions, policies
from alstrom_site.editorial.actions.retiring import DECIDED, WHY_UNPUBLISH, WHY_WITHDRAW
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.attempts import ActedOnForm, Attempt, edition_acted_on, faulty, refused
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Edition, Proposal
from alstrom_site.editorial.workflow import UNPUBLISH, WITHDRAW, ActionRefused, Transition, WrongState

NOT_LIVE = "Readers cannot see this document, so there is nothing to take away."
LONGEST_PATH = 200
WHY = {WITHDRAW: WHY_WITHDRAW, UNPUBLISH: WHY_UNPUBLISH}


class RetirementForm(ActedOnForm):
    """The reason (or the answer to a proposal) as the comment, where the page is to lead, and which proposal it is."""

    act = forms.ChoiceField(choices=[(name, name) for name in ("propose", "confirm", "turn-down", "take")])
    proposal = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    moved_to = forms.CharField(
        required=False,
        max_length=LONGEST_PATH,
        error_messages={"max_length": "Shorten the address: a path has at most %(limit_value)d characters."},
    )


def withdraw(visit: Visit) -> HttpResponse:
    """Show who proposes to withdraw the live text, or take what was sent."""
    return _respond(visit, WITHDRAW)


def unpublish(visit: Visit) -> HttpResponse:
    """Show who proposes to unpublish the live text, or take what was sent."""
    return _respond(visit, UNPUBLISH)


def _respond(visit: Visit, transition: Transition) -> HttpResponse:
    live = visit.document.live_edition
    if visit.request.method != "POST":
        if live is None:
            messages.info(visit.request, NOT_LIVE)
            return standing.leave(visit)
        return _page(visit, transition, live)
    form = RetirementForm(visit.request.POST)
    if not form.is_valid():
        return _page(visit, transition, live or visit.document.latest_edition, faulty(transition, form))
    try:
        edition = edition_acted_on(visit, form)
        said = _ACTS[form.cleaned_data["act"]](visit, transition, edition, form, timezone.now())
    except ActionRefused as refusal:
        visit.document.refresh_from_db()
        shown = visit.document.live_edition or visit.document.latest_edition
        return _page(visit, transition, shown, refused(visit, transition, form, refusal))
    messages.success(visit.request, said)
    return standing.leave(visit)


def _propose(visit: Visit, transition: Transition, edition: Edition, form: RetirementForm, at: datetime) -> str:
    given = form.cleaned_data
    wanted = actions.Retirement(transition.verb, given["comment"], given["moved_to"])
    actions.propose(edition, wanted, by=visit.person, at=at, seen=given["seen"])
    return f"You proposed to {transition.verb} edition {edition.number}. A publisher other than you decides."


def _confirm(visit: Visit, transition: Transition, edition: Edition, form: RetirementForm, at: datetime) -> str:
    proposal = _proposal(edition, form)
    _take_step(visit, transition, edition, at, form.cleaned_data["seen"], (proposal.reason, proposal.moved_to))
    return f"You {transition.past} edition {edition.number}."


def _take(visit: Visit, transition: Transition, edition: Edition, form: RetirementForm, at: datetime) -> str:
    given = form.cleaned_data
    _take_step(visit, transition, edition, at, given["seen"], (given["comment"], given["moved_to"]))
    return f"You {transition.past} edition {edition.number}."


def _turn_down(visit: Visit, transition: Transition, edition: Edition, form: RetirementForm, at: datetime) -> str:
    proposal = _proposal(edition, form)
    actions.turn_down(proposal, answer=form.cleaned_data["comment"], by=visit.person, at=at)
    return f"The proposal to {transition.verb} edition {edition.number} is turned down. Readers see no change."


def _take_step(
    visit: Visit, transition: Transition, edition: Edition, at: datetime, seen: str, why: tuple[str, str]
) -> None:
    reason, moved_to = why
    if transition is WITHDRAW:
        actions.withdraw(edition, by=visit.person, at=at, seen=seen, reason=reason)
    else:
        actions.unpublish(edition, by=visit.person, at=at, seen=seen, reason=reason, moved_to=moved_to)


def _proposal(edition: Edition, form: RetirementForm) -> Proposal:
    """The proposal that the person had on the screen, as long as it waits."""
    found = edition.proposals.waiting().filter(pk=form.cleaned_data["proposal"] or 0).first()
    if found is None:
        raise WrongState(DECIDED)
    return found


_Act = Callable[[Visit, Transition, Edition, RetirementForm, datetime], str]
_ACTS: dict[str, _Act] = {"propose": _propose, "confirm": _confirm, "turn-down": _turn_down, "take": _take}


def _page(visit: Visit, transition: Transition, edition: Edition, attempt: Attempt | None = None) -> HttpResponse:
    edition.document = visit.document
    proposal = edition.proposals.waiting().filter(verb=transition.verb).select_related("by").first()
    may_turn_down = proposal is not None and policies.why_not_turn_down(proposal, visit.person) is None
    context: dict[str, Any] = {
        "edition": edition,
        "transition": transition,
        "withdraws": transition is WITHDRAW,
        "proposal": proposal,
        "is_own": proposal is not None and proposal.by_id == visit.person.pk,
        "act": _offered(transition, edition, visit, proposal),
        "may_turn_down": may_turn_down,
        "refusal": _refusal(transition, edition, visit, proposal),
        "why": WHY[transition],
        "moved_to": visit.request.POST.get("moved_to", "").replace("\x00", "")[:LONGEST_PATH],
        "path": visit.kind.path(visit.document.address),
        "after": last_position(visit.document),
        "attempt": attempt,
        "answering": visit.request.POST.get("act") == "turn-down",
        "page_url": visit.url(),
    }
    title = f"{transition.label}: {visit.document.title}"
    return visit.show("retirement", title, context, status=attempt.status if attempt else 200)


def _offered(transition: Transition, edition: Edition, visit: Visit, proposal: Proposal | None) -> str:
    """What this person may do beside turning a proposal down: propose, confirm, take the step alone, or nothing."""
    if policies.refusal(transition, edition, visit.person) is None:
        return "confirm" if proposal is not None else "take"
    return "propose" if policies.why_not_propose(transition, edition, visit.person) is None else ""


def _refusal(transition: Transition, edition: Edition, visit: Visit, proposal: Proposal | None) -> str:
    """Why there is nothing for this person to do, in a sentence."""
    if proposal is not None and proposal.by_id == visit.person.pk:
        return "You proposed this, so a publisher other than you decides."
    if proposal is not None:
        return str(policies.refusal(transition, edition, visit.person) or "")
    return str(policies.why_not_propose(transition, edition, visit.person) or "")
