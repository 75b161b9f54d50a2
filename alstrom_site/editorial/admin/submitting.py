"""Submitting a text that readers know: how much the change means to them, and what they are told of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from alstrom_site.editorial import actions, policies, requirements
from alstrom_site.editorial.actions.reviewing import LONGEST_NOTE
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.admin.attempts import (
    ActedOnForm,
    Attempt,
    edition_acted_on,
    faulty,
    refused,
    was_done_already,
)
from alstrom_site.editorial.admin.causes import causes_of
from alstrom_site.editorial.admin.forewarning import flags_what_cites_it, unchanged_since_refused
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.admin.states import StateTag
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.comparison import compare
from alstrom_site.editorial.models import Change, Edition
from alstrom_site.editorial.workflow import SUBMIT, ActionRefused, NotReady

FIRST = "Readers do not know this document yet, so there is no change to describe. Submit it on this page."
MEANS = {
    Change.MINOR: (
        "Readers need not know of it: spelling, a clearer sentence, a new source for the same fact. The date “last"
        " updated” stays, and no page that depends on this one has to be reviewed."
    ),
    Change.MAJOR: (
        "Readers should know of it: a fact, a number or advice has changed. The date “last updated” moves, the note"
        " below is shown on the page, and pages that depend on this one are to be reviewed again."
    ),
}


class SubmitForm(ActedOnForm):
    """The edition acted on, and what readers will be told; what is missing there the action says."""

    change = forms.CharField(required=False)
    change_note = forms.CharField(required=False, strip=False)


@dataclass(frozen=True)
class OfferedChange:
    """One answer to the question how much a change means to readers."""

    value: str
    label: str
    means: str
    chosen: bool


def submit(visit: Visit) -> HttpResponse:
    """Show the page on which a change is described and submitted, or submit it."""
    edition = visit.edition
    if visit.document.first_published_at is None:
        messages.info(visit.request, FIRST)
        return standing.leave(visit)
    if visit.request.method != "POST":
        return _page(visit, edition)
    return _sent(visit, SubmitForm(visit.request.POST), at=timezone.now())


def _sent(visit: Visit, form: SubmitForm, *, at: datetime) -> HttpResponse:
    if not form.is_valid():
        return _page(visit, visit.edition, faulty(SUBMIT, form))
    given = form.cleaned_data
    try:
        edition = edition_acted_on(visit, form)
        actions.submit(
            edition, by=visit.person, at=at, seen=given["seen"], change=given["change"], note=given["change_note"]
        )
    except ActionRefused as refusal:
        return _not_sent(visit, form, refusal)
    messages.success(visit.request, f"You {SUBMIT.past} edition {edition.number}.")
    return standing.leave(visit)


def _not_sent(visit: Visit, form: SubmitForm, refusal: ActionRefused) -> HttpResponse:
    edition = visit.document.editions.filter(pk=form.cleaned_data["edition"]).first()
    if edition is not None and was_done_already(SUBMIT, edition, visit.person, form):
        messages.info(visit.request, f"You {SUBMIT.past} edition {edition.number} already. It was done once.")
        return standing.leave(visit)
    attempt = refused(visit, SUBMIT, form, refusal)
    if isinstance(refusal, NotReady):
        beside = {issue.field: issue.message for issue in refusal.issues if issue.field in form.fields}
        rest = tuple(issue for issue in refusal.issues if issue.field not in form.fields)
        attempt = replace(attempt, issues=rest, errors=beside, message=attempt.message if rest else "")
    return _page(visit, visit.edition, attempt)


def _page(visit: Visit, edition: Edition, attempt: Attempt | None = None) -> HttpResponse:
    sent = visit.request.POST
    live = visit.document.live_edition
    context: dict[str, Any] = {
        "edition": edition,
        "tag": StateTag.of(edition),
        "transition": SUBMIT,
        "refusal": policies.refusal(SUBMIT, edition, visit.person),
        "missing": causes_of(requirements.missing(SUBMIT, edition), edition, visit.person),
        "edit_url": edition_url(edition, "change"),
        "warnings": [each for each in (unchanged_since_refused(edition), flags_what_cites_it(edition)) if each],
        "changes": [OfferedChange(each, each.label, MEANS[each], each == sent.get("change")) for each in Change],
        "note": sent.get("change_note", "").replace("\x00", ""),
        "longest": LONGEST_NOTE,
        "comparison": compare(live.text.fields, edition.text.fields, visit.kind.fields) if live else None,
        "after": last_position(visit.document),
        "attempt": attempt,
    }
    title = f"Submit for review: {visit.document.title}"
    return visit.show("submit", title, context, status=attempt.status if attempt else 200)
