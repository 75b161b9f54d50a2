"""Handing over what somebody owns, all at once, such as when they leave."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.actions.owning import can_own
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import ActionRefused
from alstrom_site.numbers_sent import number_sent

MOST_AT_ONCE = 2000
"""Documents that one form holds; who owns more hands them over in several goes."""
NOTHING_CHOSEN = "Tick at least one document."
NOBODY_CHOSEN = "Choose who is to own them."


@dataclass(frozen=True)
class Owned:
    """A document as the form lists it."""

    document: Document
    kind: str
    ticked: bool


def hand_over_many(request: HttpRequest) -> HttpResponse:
    """Show what a person owns, or hand over what was ticked, all of it or nothing."""
    person = request.user
    if not isinstance(person, User):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else request.GET
    owner = _owner(sent, person)
    if request.method != "POST" or owner is None:
        return _page(request, person, owner)
    ticked = _ticked(sent)
    chosen = number_sent(sent.get("to", ""))
    to = _people().filter(pk=chosen).first() if chosen else None
    error = NOTHING_CHOSEN if not ticked else NOBODY_CHOSEN if to is None else ""
    if error or to is None:
        return _page(request, person, owner, ticked=ticked, error=error)
    try:
        documents = list(Document.objects.owned_by(owner).filter(pk__in=ticked))
        number = actions.hand_over_all(documents, to=to, by=person, at=timezone.now())
    except ActionRefused as refusal:
        return _page(request, person, owner, ticked=ticked, error=f"{refusal} Nothing was handed over.")
    what = "1 document" if number == 1 else f"{number} documents"
    messages.success(request, f"{to} owns {what} more now.")
    return redirect(f"{reverse('admin:editorial-hand-over')}?from={owner.pk}")


def _owner(sent: QueryDict, person: User) -> User | None:
    """Whose documents these are: one's own, or for an administrator anybody's."""
    chosen = number_sent(sent.get("from", ""))
    if not person.has_perm("editorial.administer"):
        return person
    return User.objects.filter(pk=chosen).first() if chosen else None


def _ticked(sent: QueryDict) -> list[int]:
    """The numbers of what is to be handed over. One box stands for all that was listed, where no script ticks them."""
    chosen = sent.get("listed", "").split() if "all" in sent else sent.getlist("documents")
    return [number for pk in chosen if (number := number_sent(pk)) is not None]


def _people() -> QuerySet[User]:
    return User.objects.filter(is_active=True).order_by("display_name", "pk")


def _page(
    request: HttpRequest, person: User, owner: User | None, *, ticked: Collection[int] = (), error: str = ""
) -> HttpResponse:
    owners = User.objects.annotate(owns=Count("owned_documents")).filter(owns__gt=0)
    administers = person.has_perm("editorial.administer")
    context = {
        **admin.site.each_context(request),
        "title": "Hand documents over",
        "owner": owner,
        "owners": owners.order_by("is_active", "display_name", "pk") if administers else [],
        "owned": _owned(owner, ticked) if owner else [],
        "people": [each for each in _people() if can_own(each) and each != owner],
        "to": number_sent(request.POST.get("to", "")),
        "error": error,
    }
    return TemplateResponse(request, "editorial/handing_over.html", context, status=409 if error else 200)


def _listed(owner: User) -> QuerySet[Document]:
    documents = Document.objects.owned_by(owner).select_related("live_edition")
    return documents.order_by("kind", "sort_title", "pk")[:MOST_AT_ONCE]


def _owned(owner: User, ticked: Collection[int]) -> list[Owned]:
    return [Owned(each, kind_named(each.kind).label, each.pk in ticked) for each in _listed(owner)]
