"""The review screen: the text, what changed in it, its sources, and the verdict."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions, policies, requirements
from alstrom_site.editorial.actions.signing import APPROVAL_MEANS, REQUEST_MEANS
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.approvals import reviews_of
from alstrom_site.editorial.admin.attempts import Attempt, edition_acted_on, faulty, refused, was_done_already
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.admin.review_changes import changes_for
from alstrom_site.editorial.admin.states import StateTag
from alstrom_site.editorial.admin.verdict_form import VERDICTS, VerdictForm
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import APPROVE, OPEN, ActionRefused, Transition

NOTHING_OPEN = "No edition is open, so there is nothing to review."
_MEANINGS = {"approve": APPROVAL_MEANS, "request-changes": REQUEST_MEANS}


@dataclass(frozen=True)
class OfferedVerdict:
    """A verdict that this person may give now."""

    name: str
    transition: Transition
    meaning: str
    chosen: bool


@dataclass(frozen=True)
class Statement:
    """One statement of the checklist."""

    value: str
    text: str
    ticked: bool


def review(visit: Visit) -> HttpResponse:
    """Show the review screen, or take the verdict that was sent."""
    if visit.request.method == "POST":
        return _given(visit, at=timezone.now())
    edition = visit.document.open_edition
    if edition is None:
        messages.info(visit.request, NOTHING_OPEN)
        return standing.leave(visit)
    return _page(visit, edition)


def _given(visit: Visit, *, at: datetime) -> HttpResponse:
    form = VerdictForm(visit.request.POST, visit.kind.checklist)
    transition = form.transition
    if not form.is_valid():
        return _page(visit, _edition_now(visit), faulty(transition, form), form)
    try:
        edition = edition_acted_on(visit, form)
        _sign(edition, visit, at, form)
    except ActionRefused as refusal:
        return _refused(visit, transition, form, refusal)
    messages.success(visit.request, f"You {transition.past} edition {edition.number}. Your verdict is in the record.")
    return standing.leave(visit)


def _sign(edition: Edition, visit: Visit, at: datetime, form: VerdictForm) -> None:
    seen, comment = form.cleaned_data["seen"], form.cleaned_data["comment"]
    if form.transition is APPROVE:
        actions.approve(edition, by=visit.person, at=at, seen=seen, said=actions.Said(comment, form.answers))
    else:
        actions.request_changes(edition, by=visit.person, at=at, seen=seen, comment=comment)


def _refused(visit: Visit, transition: Transition, form: VerdictForm, refusal: ActionRefused) -> HttpResponse:
    edition = visit.document.editions.filter(pk=form.cleaned_data["edition"]).first()
    if edition is not None and was_done_already(transition, edition, visit.person, form):
        messages.info(visit.request, f"You {transition.past} edition {edition.number} already. It was done once.")
        return standing.leave(visit)
    return _page(visit, _edition_now(visit), refused(visit, transition, form, refusal), form)


def _edition_now(visit: Visit) -> Edition:
    return visit.document.open_edition or visit.document.latest_edition


def _page(
    visit: Visit, edition: Edition, attempt: Attempt | None = None, form: VerdictForm | None = None
) -> HttpResponse:
    edition.document = visit.document
    # A verdict that was meant for another text is not carried over to this one; the comment is.
    kept = form if attempt is None or not attempt.text_is_another else None
    content = edition.text.fields
    context: dict[str, Any] = {
        "edition": edition,
        "tag": StateTag.of(edition),
        "shown": visit.kind.shown(content),
        "changes": changes_for(visit, edition),
        "issues": requirements.missing(APPROVE, edition),
        "reviews": reviews_of(edition),
        "verdicts": _verdicts(visit, edition, kept),
        "refusals": _refusals(visit, edition),
        "statements": _statements(visit, kept),
        "role": MEDICAL_REVIEWER.name,
        "after": last_position(visit.document),
        "attempt": attempt,
    }
    title = f"Review: {visit.document.title}"
    return visit.show("review", title, context, status=attempt.status if attempt else 200)


def _verdicts(visit: Visit, edition: Edition, form: VerdictForm | None) -> list[OfferedVerdict]:
    chosen = form.data.get("verdict") if form else None
    return [
        OfferedVerdict(name, transition, _MEANINGS[name], chosen=name == chosen)
        for name, transition in VERDICTS.items()
        if policies.refusal(transition, edition, visit.person) is None and edition.state in OPEN
    ]


def _refusals(visit: Visit, edition: Edition) -> list[tuple[str, str]]:
    found = ((each, policies.refusal(each, edition, visit.person)) for each in VERDICTS.values())
    return [(transition.label, str(refusal)) for transition, refusal in found if refusal is not None]


def _statements(visit: Visit, form: VerdictForm | None) -> list[Statement]:
    ticked = set(visit.request.POST.getlist("checklist")) if form else set()
    return [
        Statement(str(number), statement, ticked=str(number) in ticked)
        for number, statement in enumerate(visit.kind.checklist)
    ]
