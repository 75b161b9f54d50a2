"""Taking a step from a document's page. Each view loads, calls one action, and says what came of it."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.attempts import (
    ActedOnForm,
    Attempt,
    edition_acted_on,
    faulty,
    refused,
    was_done_already,
)
from alstrom_site.editorial.admin.offers import slug_of
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import CANCEL_SCHEDULE, DISCARD, PUBLISH, SUBMIT, ActionRefused, Transition
from alstrom_site.numbers_sent import number_sent


class StepForm(ActedOnForm):
    """The form of one step; the comment is asked for where the step needs one."""

    def __init__(self, data: QueryDict, transition: Transition) -> None:
        super().__init__(data)
        if transition.needs_comment:
            self.fields["comment"].required = True
            self.fields["comment"].error_messages["required"] = "Say in a comment why. It stays in the record."


def take(visit: Visit, verb: str) -> HttpResponse:
    """Take the step, or show the document's page with the reason why not and what was typed."""
    step = _STEPS.get(verb)
    if step is None:
        raise Http404(f"No step {verb} is taken here.")
    if visit.request.method != "POST":
        return standing.leave(visit)
    transition, action = step
    at = timezone.now()
    form = StepForm(visit.request.POST, transition)
    if not form.is_valid():
        return standing.respond(visit, at=at, attempt=faulty(transition, form))
    return _taken(visit, transition, action, form, at)


def change_owner(visit: Visit) -> HttpResponse:
    """Hand the document over to somebody else."""
    if visit.request.method != "POST":
        return standing.leave(visit)
    at = timezone.now()
    chosen = visit.request.POST.get("to", "")
    to = User.objects.filter(pk=number_sent(chosen) or 0).first()
    if to is None:
        attempt = Attempt("hand over", "", errors={"to": "Choose who is to own it."})
        return standing.respond(visit, at=at, attempt=attempt)
    try:
        actions.hand_over(visit.document, to=to, by=visit.person, at=at)
    except ActionRefused as refusal:
        return standing.respond(visit, at=at, attempt=Attempt("hand over", "", message=str(refusal)))
    messages.success(visit.request, f"{to} owns this document now.")
    return standing.leave(visit)


Action = Callable[[Edition, Visit, datetime, StepForm], object]


def _taken(visit: Visit, transition: Transition, action: Action, form: StepForm, at: datetime) -> HttpResponse:
    try:
        edition = edition_acted_on(visit, form)
        action(edition, visit, at, form)
    except ActionRefused as refusal:
        return _not_taken(visit, transition, form, refusal, at)
    messages.success(visit.request, f"You {transition.past} edition {edition.number}.")
    return standing.leave(visit)


def _not_taken(
    visit: Visit, transition: Transition, form: StepForm, refusal: ActionRefused, at: datetime
) -> HttpResponse:
    edition = visit.document.editions.filter(pk=form.cleaned_data["edition"]).first()
    if edition is not None and was_done_already(transition, edition, visit.person, form):
        messages.info(visit.request, f"You {transition.past} edition {edition.number} already. It was done once.")
        return standing.leave(visit)
    return standing.respond(visit, at=at, attempt=refused(visit, transition, form, refusal))


def _submit(edition: Edition, visit: Visit, at: datetime, form: StepForm) -> None:
    # What readers know is submitted on a page of its own, which asks what the change means to them.
    actions.submit(edition, by=visit.person, at=at, seen=form.cleaned_data["seen"], change="")


def _publish(edition: Edition, visit: Visit, at: datetime, form: StepForm) -> None:
    actions.publish(edition, by=visit.person, at=at, seen=form.cleaned_data["seen"])


def _cancel_schedule(edition: Edition, visit: Visit, at: datetime, form: StepForm) -> None:
    actions.cancel_schedule(edition, by=visit.person, at=at, seen=form.cleaned_data["seen"])


def _discard(edition: Edition, visit: Visit, at: datetime, form: StepForm) -> None:
    given = form.cleaned_data
    actions.discard(edition, by=visit.person, at=at, seen=given["seen"], comment=given["comment"])


_STEPS: dict[str, tuple[Transition, Action]] = {
    slug_of(SUBMIT): (SUBMIT, _submit),
    slug_of(PUBLISH): (PUBLISH, _publish),
    slug_of(CANCEL_SCHEDULE): (CANCEL_SCHEDULE, _cancel_schedule),
    slug_of(DISCARD): (DISCARD, _discard),
}
