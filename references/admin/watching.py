"""Watched works at the desk: the report, the file of Retraction Watch, and what an entry's page says of its work."""

from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO, cast

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial.addresses import merged_into
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import WRITE, ActionRefused
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
    try:
        return _page(request, noted=note_rows(by, seen=request.POST["seen"], at=timezone.now()))
    except ActionRefused as refused:
        return _page(request, error=str(refused))


def take_notice_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a notice hold no more, in the name of who says why."""
    return _step(request, pk, take_back, NO_LONGER)


def note_notice_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a notice that was taken back by mistake hold again, in the name of who says why."""
    return _step(request, pk, note_again, AGAIN)


def _step(request: HttpRequest, pk: int, act: Callable[..., bool], done: str) -> HttpResponse:
    if request.method != "POST":
        raise Http404
    notice = get_object_or_404(ObservedNotice.objects.select_related("document"), pk=pk)
    try:
        changed = act(notice, because=request.POST.get("because", ""), by=_writer(request), at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done if changed else AS_BEFORE.format(f"{done.partition('.')[0]}."))
    return redirect(document_url(merged_into(notice.document) or notice.document))


def panel(visit: Visit, at: datetime) -> Panel | None:
    """Return what is known of the work of an entry, and which of its addresses need a person; None without either."""
    document = visit.document
    edition = document.live_edition or visit.edition
    happened = what_happened(edition.text.fields, observed_of([document.pk]).get(document.pk, ()))
    content = {
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
