"""Urgent fixes: begun beside an open edition, which takes over afterwards what went live."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alstrom_site.editorial import actions, policies
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.admin.attempts import ActedOnForm, edition_acted_on
from alstrom_site.editorial.admin.conflicts import places_of
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.admin.saving import CHOICE
from alstrom_site.editorial.admin.states import StateTag
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.comparison import compare
from alstrom_site.editorial.kinds import ContentRefused, kind_named
from alstrom_site.editorial.merging import Choice, Merged, merge
from alstrom_site.editorial.models import Edition, Revision
from alstrom_site.editorial.workflow import BRING_UP_TO_DATE, ActionRefused, Busy, OutOfDate, WrongState

BEGUN = "The urgent fix is begun from the live text. The other edition stays open, and takes the fix over later."
UP_TO_DATE = "Brought up to date. Edition {} is a draft that holds what went live. Submit it when it is ready."
NOTHING_TO_TAKE_OVER = "This edition holds all that went live. There is nothing to bring up to date."
CHOOSE = "Choose what shall stand at each place that both texts changed. Nothing was written."
OVERTAKEN = "One of the two texts changed since you opened this page. Nothing was written. Look at both and choose."
MINE = "This edition"
THEIRS = {True: "The live text", False: "The text that readers saw last"}


class UpToDateForm(ActedOnForm):
    """The edition acted on, and the live text that the person had on the screen."""

    live_seen = forms.RegexField(r"^[0-9a-f]{64}$")


def begin(visit: Visit) -> HttpResponse:
    """Ask whether an urgent fix shall be begun, or begin it."""
    refusal = policies.may_open_edition(visit.person)
    if visit.request.method != "POST" or refusal is not None:
        beside = visit.document.open_edition
        context = {"refusal": refusal, "live": visit.document.live_edition, "beside": beside}
        status = HTTPStatus.FORBIDDEN if visit.request.method == "POST" else HTTPStatus.OK
        return visit.show("urgent", f"Urgent fix: {visit.document.title}", context, status=status)
    try:
        edition = actions.open_edition(visit.document, by=visit.person, at=timezone.now(), urgent=True)
    except (Busy, WrongState) as refused:
        messages.warning(visit.request, str(refused))
        return redirect(visit.url())
    messages.success(visit.request, BEGUN)
    return redirect(edition_url(edition, "change"))


def bring_up_to_date(visit: Visit) -> HttpResponse:
    """Show an edition merged with the text that went live last for confirmation, or take over what was confirmed."""
    edition, public = visit.edition, visit.document.last_public_edition
    if public is None or not edition.is_behind:
        messages.info(visit.request, NOTHING_TO_TAKE_OVER)
        return standing.leave(visit)
    merged = _merged(edition, public.text)
    if visit.request.method != "POST":
        return _page(visit, merged)
    return _confirmed(visit, UpToDateForm(visit.request.POST), merged, at=timezone.now())


def _confirmed(visit: Visit, form: UpToDateForm, merged: Merged, *, at: datetime) -> HttpResponse:
    chosen = _choices(visit, merged)
    if form.is_valid() and _is_overtaken(visit, form):
        return _page(visit, merged, faults=[OVERTAKEN])
    if not form.is_valid() or None in chosen:
        return _page(visit, merged, chosen, [CHOOSE] if form.is_valid() else ["This form was not whole. Try again."])
    content = merged.content([choice for choice in chosen if choice is not None])
    given = form.cleaned_data
    try:
        edition = edition_acted_on(visit, form)
        actions.bring_up_to_date(
            edition, content, by=visit.person, at=at, seen=given["seen"], live_seen=given["live_seen"]
        )
    except ContentRefused as refused:
        return _page(visit, merged, chosen, [issue.message for issue in refused.issues])
    except OutOfDate as refused:
        return _page(visit, merged, faults=[str(refused)])
    except ActionRefused as refused:
        return _page(visit, merged, chosen, [str(refused)])
    messages.success(visit.request, UP_TO_DATE.format(edition.number))
    return redirect(edition_url(edition))


def _is_overtaken(visit: Visit, form: UpToDateForm) -> bool:
    """Whether another merge was on the screen: a choice is one between two sides of it, and fits no other."""
    public = visit.document.last_public_edition
    now = (visit.edition.text.digest, public.text.digest if public else "")
    return (form.cleaned_data["seen"], form.cleaned_data["live_seen"]) != now


def _page(
    visit: Visit, merged: Merged, chosen: Sequence[Choice | None] = (), faults: Sequence[str] = ()
) -> HttpResponse:
    after = last_position(visit.document)
    edition, public = visit.edition, visit.document.last_public_edition
    sides = (MINE, THEIRS[visit.document.live_edition is not None])
    shown = merged.content([choice or Choice.MINE for choice in chosen])
    context: dict[str, Any] = {
        "edition": edition,
        "public": public,
        "tag": StateTag.of(edition),
        "transition": BRING_UP_TO_DATE,
        "refusal": policies.refusal(BRING_UP_TO_DATE, edition, visit.person),
        "places": places_of(merged, chosen, sides=sides),
        "sides": sides,
        "takes_over": compare(edition.text.fields, shown, visit.kind.fields),
        "keeps": compare(public.text.fields, shown, visit.kind.fields) if public else None,
        "faults": faults,
        "after": after,
    }
    title = f"Bring up to date: {visit.document.title}"
    return visit.show("urgent_merge", title, context, status=HTTPStatus.CONFLICT if faults else HTTPStatus.OK)


def _merged(edition: Edition, public: Revision) -> Merged:
    base = edition.based_on.fields if edition.based_on else None
    fields = kind_named(edition.document.kind).fields
    return merge(base, edition.text.fields, public.fields, fields)


def _choices(visit: Visit, merged: Merged) -> list[Choice | None]:
    sent = [visit.request.POST.get(f"{CHOICE}-{conflict.number}", "") for conflict in merged.conflicts]
    return [Choice(each) if each in set(Choice) else None for each in sent]
