"""What was brought from elsewhere, record by record beside its duplicates, and the drafts that are made of it."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from alstrom_site.editorial.workflow import ActionRefused
from alstrom_site.numbers_sent import number_sent
from references.admin.bringing import editor
from references.intakes import PAGE, Outcome, Row, brought_by, draft_chosen, put_away, rows
from references.models import Intake

DIGITS = 8
NOTHING_CHOSEN = "Tick at least one reference. Nothing was drafted."
AWAY = "What you brought is discarded for good. The drafts that were made of it stay."


def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the records of a page, or draft those that are ticked; only to whoever brought them."""
    person = editor(request)
    kept = get_object_or_404(brought_by(person), pk=pk)
    page = _page_number(request, kept)
    if request.method != "POST":
        return _show(request, kept, page)
    if "put_away" in request.POST:
        put_away(kept)
        messages.success(request, AWAY)
        return redirect("admin:references_look_up" if kept.way == Intake.Way.LOOK_UP else "admin:references_import")
    sent = (number_sent(each, digits=DIGITS) for each in request.POST.getlist("records"))
    chosen = {number for number in sent if number is not None}
    if not chosen:
        return _show(request, kept, page, ticked=chosen, error=NOTHING_CHOSEN)
    try:
        outcome = draft_chosen(kept, page, chosen, by=person, at=timezone.now())
    except ActionRefused as refused:
        return _show(request, kept, page, ticked=chosen, error=str(refused))
    _report(request, outcome)
    return redirect(f"{reverse('admin:references_intake', args=[kept.pk])}?page={page}")


def _show(
    request: HttpRequest, kept: Intake, page: int, *, ticked: Collection[int] | None = None, error: str = ""
) -> HttpResponse:
    found = rows(kept, page)
    number, drafted = kept.records.count(), kept.records.filter(became__isnull=False).count()
    context = {
        **admin.site.each_context(request),
        "title": _heading(number - drafted),
        "intake": kept,
        "rows": [(row, _is_ticked(row, ticked)) for row in found],
        "can_draft": any(row.may_be_drafted for row in found),
        "number": number,
        "drafted": drafted,
        "page": page,
        "pages": range(1, _pages(number) + 1),
        "error": error,
    }
    return TemplateResponse(request, "references/desk/intake.html", context, status=409 if error else 200)


def _heading(left: int) -> str:
    """What is still to be done with what was brought."""
    if not left:
        return "Nothing left to look through"
    return "1 reference to look through" if left == 1 else f"{left} references to look through"


def _is_ticked(row: Row, ticked: Collection[int] | None) -> bool:
    return row.is_ticked_first if ticked is None else row.arrival.brought.number in ticked


def _report(request: HttpRequest, outcome: Outcome) -> None:
    begun = len(outcome.begun)
    if begun:
        messages.success(request, "1 draft is begun." if begun == 1 else f"{begun} drafts are begun.")
    for each in outcome.refused:
        messages.warning(request, f"Record {each.arrival.brought.number} was not drafted. {' '.join(each.refused)}")


def _page_number(request: HttpRequest, kept: Intake) -> int:
    sent: Any = request.POST.get("page") or request.GET.get("page") or "1"
    return min(number_sent(sent, digits=DIGITS) or 1, _pages(kept.records.count()))


def _pages(number: int) -> int:
    return max(1, -(-number // PAGE))
