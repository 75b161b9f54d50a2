"""Entries that look alike: all pairs, and two of them beside each other, to be merged or told apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial.actions.merging_documents import Merge, merge, propose_merge, take_over, tell_apart
from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import LIVE, OPEN, ActionRefused, NotReady
from references.admin.bringing import editor
from references.admin.side_by_side import SideBySide
from references.duplicates import count, pairs, why
from references.formatting import IDENTIFIERS, nlm_citation

ON_A_PAGE = 25
TOLD_APART = "Remembered: they are not the same work. Nobody is asked about this pair again."
MERGED = "Merged. The key “{gone}” leads to “{kept}” from now on, in every text that cites it."
PROPOSED = "You proposed to merge them. A publisher other than you decides. Until then nothing changes."
TAKEN_OVER = "Saved in a draft of the kept entry. It is not submitted yet."


@dataclass(frozen=True)
class Alike:
    """One pair in the list, in the order in which a merge is likely, and what they have in common."""

    kept: Edition
    gone: Edition
    why: str

    @classmethod
    def of(cls, first: Edition, second: Edition, why: str) -> Self:
        """Return the pair with the one first that readers know, else the older one."""
        known = second.document.live_edition_id and not first.document.live_edition_id
        return cls(second, first, why) if known else cls(first, second, why)

    @property
    def citations(self) -> tuple[tuple[Edition, str], ...]:
        """Both, each with its citation."""
        return tuple((each, nlm_citation(each.text.fields, identifiers=IDENTIFIERS)) for each in (self.kept, self.gone))


class _Pairs(Sequence[Alike]):
    """What a paginator takes: pairs that the database counts and cuts."""

    def __len__(self) -> int:
        return count()

    def __getitem__(self, rows: Any) -> Any:
        found = pairs(first=rows.start or 0, most=(rows.stop or 0) - (rows.start or 0))
        ids = {pk for pair in found for pk in (pair.first, pair.second)}
        editions = Edition.objects.filter(document__in=ids, status__in=OPEN | LIVE, head__isnull=False)
        newest = {each.document_id: each for each in editions.select_related("document", "head").order_by("number")}
        return [
            Alike.of(newest[pair.first], newest[pair.second], why(pair.scheme))
            for pair in found
            if pair.first in newest and pair.second in newest
        ]


def duplicates(request: HttpRequest) -> HttpResponse:
    """Show the pairs that look alike. Three queries of its own."""
    editor(request)
    number = request.GET.get("page", "")
    page: Page[Alike] = Paginator(_Pairs(), ON_A_PAGE).get_page(number if number.isascii() and len(number) < 9 else 1)
    return _answer(request, "duplicates", {"title": "Entries that look alike", "page": page})


def compare(request: HttpRequest, kept: int, gone: int) -> HttpResponse:
    """Show two entries beside each other; merge the one into the other, propose it, or tell them apart."""
    person = request.user
    if not isinstance(person, User):
        raise PermissionDenied
    found = SideBySide.of(_entry(kept), _entry(gone), person)
    if request.method != "POST":
        return _page(request, found)
    try:
        return _act(request, found, person)
    except ContentRefused as refused:
        errors = [issue.message for issue in refused.issues]
    except NotReady as refused:
        errors = [issue.message for issue in refused.issues]
    except ActionRefused as refused:
        errors = [str(refused)]
    return _page(request, SideBySide.of(_entry(kept), _entry(gone), person), errors)


def _act(request: HttpRequest, found: SideBySide, person: User) -> HttpResponse:
    act, at, sent = request.POST.get("act", ""), timezone.now(), request.POST
    seen = (sent.get("gone_seen", ""), sent.get("kept_seen", ""))
    fields = tuple(name for name in sent.getlist("fields") if name in found.may_be_taken)
    wanted = Merge(found.gone.document, found.kept.document, sent.get("reason", ""), seen, fields)
    if act == "apart":
        tell_apart(found.kept.document, found.gone.document, by=person, at=at)
        return _done(request, TOLD_APART, redirect("admin:references_duplicates"))
    if act == "propose":
        propose_merge(wanted, by=person, at=at)
        return _done(request, PROPOSED, redirect(request.path))
    if act == "take":
        edition = take_over(wanted.kept, wanted.gone, fields, by=person, at=at, seen=seen[1])
        return _done(request, TAKEN_OVER, redirect(edition_url(edition, "change")))
    merge(wanted, by=person, at=at)
    said = MERGED.format(gone=wanted.gone.address, kept=wanted.kept.address)
    return _done(request, said, redirect("admin:editorial-document", pk=wanted.kept.pk))


def _done(request: HttpRequest, said: str, response: HttpResponse) -> HttpResponse:
    messages.success(request, said)
    return response


def _page(request: HttpRequest, found: SideBySide, errors: list[str] | None = None) -> HttpResponse:
    context = {
        "title": "Two entries of one work?",
        "pair": found,
        "errors": errors or [],
        "reason": request.POST.get("reason", found.suggested_reason).replace("\x00", ""),
        "ticked": request.POST.getlist("fields") if errors else found.lacking,
    }
    return _answer(request, "compare", context, status=409 if errors else 200)


def _answer(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    from django.contrib import admin

    shared = admin.site.each_context(request)
    return TemplateResponse(request, f"references/desk/{name}.html", {**shared, **context}, status=status)


def _entry(pk: int) -> Document:
    document = Document.objects.filter(pk=pk, kind="reference").select_related("live_edition").first()
    if document is None:
        raise Http404(f"There is no bibliography entry {pk}.")
    return document
