"""Watched works at the desk: the report, the file of Retraction Watch, and what an entry's page says of its work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import BinaryIO, cast

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial.addresses import merged_into
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.attempts import Attempt
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import NOTE_AGAIN, TAKE_NOTICE_BACK, WRITE, ActionRefused, WrongState
from alstrom_site.page_parts import HappenedTo
from references.models import Intake, ObservedNotice
from references.publication import as_shown
from references.standing import now_retracted, observed_of, what_happened
from references.watching import note_again, report, take_back
from references.watching.checking import Report, check_retraction_watch
from references.watching.comparing import (
    compared_by,
    digest_of,
    foreseen,
    keep_rows,
    note_rows,
    put_rows_away,
)
from references.watching.retraction_watch import NotTheFile

MOST_BYTES = 250_000_000
"""Of a file that is sent to the desk."""
TOO_LONG = "The file is longer than {:,} MB. Ask an administrator to run check_retractions, which takes any length."
NO_LONGER = "The notice was taken back. Everybody who was told of it is told of this too, and the publishers."
AGAIN = "The notice was noted again. Everybody whom it concerns is told, and the publishers."
AS_BEFORE = "{} What is known of the work is the same as before, so nobody is mailed."
NOTHING_CHOSEN = "Tick at least one entry, or put the file away. Nothing was noted."
NO_FILE = "Choose the file “retraction_watch.csv” that you downloaded."


def watched(request: HttpRequest) -> HttpResponse:
    """Show what was observed of works and which addresses need a person; compare a file, and note what that found."""
    if request.method != "POST":
        return _page(request)
    if "put_away" in request.POST:
        put_rows_away(_writer(request))
        return redirect("admin:references_watched")
    return _noted(request) if "seen" in request.POST else _compared(request)


def _compared(request: HttpRequest) -> HttpResponse:
    """Say what would be noted of a file, and keep that for the person who decides."""
    by, at, file = _writer(request), timezone.now(), request.FILES.get("file")
    if file is None:
        return _page(request, error=NO_FILE)
    if (file.size or 0) > MOST_BYTES:
        return _page(request, error=TOO_LONG.format(MOST_BYTES // 1_000_000))
    try:
        checked = check_retraction_watch(cast("BinaryIO", file), by=None, at=at)
    except NotTheFile as refused:
        return _page(request, error=str(refused))
    if checked.told:
        keep_rows(checked, name=file.name or "", by=by, at=at)
    else:
        put_rows_away(by)
    return _page(request, checked=checked)


def _noted(request: HttpRequest) -> HttpResponse:
    by = _writer(request)
    chosen = {int(each) for each in request.POST.getlist("entries") if each.isdecimal()}
    if not chosen:
        return _page(request, error=NOTHING_CHOSEN)
    try:
        return _page(request, noted=note_rows(by, seen=request.POST["seen"], chosen=chosen, at=timezone.now()))
    except ActionRefused as refused:
        return _page(request, error=str(refused))


def take_notice_back(visit: Visit, notice_pk: int) -> HttpResponse:
    """Let a notice hold no more, in the name of who says why."""
    return _step(visit, notice_pk, _TAKING_BACK)


def note_notice_again(visit: Visit, notice_pk: int) -> HttpResponse:
    """Let a notice that was taken back by mistake hold again, in the name of who says why."""
    return _step(visit, notice_pk, _NOTING_AGAIN)


@dataclass(frozen=True)
class _Step:
    """One step with a notice: what it is called, what takes it, and what is said of it afterwards."""

    verb: str
    act: Callable[..., bool]
    done: str


_TAKING_BACK = _Step(TAKE_NOTICE_BACK, take_back, NO_LONGER)
_NOTING_AGAIN = _Step(NOTE_AGAIN, note_again, AGAIN)


def _step(visit: Visit, notice_pk: int, step: _Step) -> HttpResponse:
    entry = merged_into(visit.document) or visit.document
    about = ObservedNotice.objects.about([entry.pk]).select_related("document")
    notice, because = get_object_or_404(about, pk=notice_pk), visit.request.POST.get("because", "")
    if visit.request.method == "POST":
        by, at = _writer(visit.request), timezone.now()
        try:
            changed = step.act(notice, because=because, by=by, at=at)
        except ActionRefused as refusal:
            return standing.respond(visit, at=at, attempt=_not_taken(step, notice, because, refusal))
        messages.success(visit.request, step.done if changed else AS_BEFORE.format(f"{step.done.partition('.')[0]}."))
    return redirect(document_url(entry))


def _not_taken(step: _Step, notice: ObservedNotice, because: str, refusal: ActionRefused) -> Attempt:
    """The step with the reason that was typed; it stands in its form again unless that form is there no more."""
    form = None if isinstance(refusal, WrongState) else notice.pk
    typed = because.replace("\x00", "")
    return Attempt(step.verb, typed, message=str(refusal), in_form=form, status=HTTPStatus.CONFLICT)


def panel(visit: Visit, at: datetime) -> Panel | None:
    """Return what is known of the work of an entry, and which of its addresses need a person; None without either."""
    document = visit.document
    edition = document.live_edition or visit.edition
    happened = what_happened(edition.text.fields, observed_of([document.pk]).get(document.pk, ()))
    content = {
        "document": document,
        "happened": as_shown(happened),
        "notices": report.notices_of(document),
        "addresses": report.addresses_of_entry(document),
        "may_change": visit.person.has_perm(WRITE),
    }
    says_anything = any(content[name] for name in ("happened", "notices", "addresses"))
    return Panel("observed_panel", content, is_alarm=now_retracted(happened)) if says_anything else None


def marks(edition: Edition) -> tuple[HappenedTo, ...]:
    """Return what happened to the work of an entry, as readers see it or as this edition says it was retracted."""
    document = edition.document
    observed = observed_of([document.pk]).get(document.pk, ())
    texts = [each.text.fields for each in (document.live_edition, edition) if each is not None]
    said = [what_happened(fields, observed) for fields in texts]
    return as_shown(next(filter(now_retracted, said), said[-1]))


def _writer(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not request.user.has_perm(WRITE):
        raise PermissionDenied("Only editors note what happened to works.")
    return request.user


def _still_new(kept: Intake) -> Report | None:
    """What was compared before and would be noted now; None when nothing of it is new any more."""
    report = foreseen(kept, at=timezone.now())
    return report if report.told else None


def _page(
    request: HttpRequest, *, checked: Report | None = None, noted: Report | None = None, error: str = ""
) -> HttpResponse:
    kept = compared_by(request.user) if isinstance(request.user, User) else None
    shown = noted or checked or (_still_new(kept) if kept else None)
    context = {
        **admin.site.each_context(request),
        "title": "Watched works",
        "checked": shown,
        "is_noted": noted is not None,
        "read_now": checked is not None,
        "kept": kept,
        "seen": digest_of(shown) if kept and shown else "",
        "error": error,
        "observed": report.observed_works(request.GET.get("page", "1")),
        "addresses": report.addresses_to_see(request.GET.get("addresses", "1")),
        "checks": report.checks_so_far(),
        "checks_are_on": settings.LINK_CHECKS,
        "days": settings.LINK_CHECK_DAYS,
        "may_note": request.user.has_perm(WRITE),
    }
    return TemplateResponse(request, "references/desk/watched.html", context, status=400 if error else 200)
