"""Lists with their filters that a person keeps under a name: shown above every list, dropped on a page."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from alstrom_site.accounts.models import User
from alstrom_site.editorial.actions.personal import drop_filter, keep_filter
from alstrom_site.editorial.admin.addresses import kinds_at_the_desk, list_url
from alstrom_site.editorial.workflow import ActionRefused
from alstrom_site.numbers_sent import number_sent

NOT_KEPT = frozenset({"p", "e", "all"})
"""What of an address is no filter: the page of the list, and Django's marks."""


@dataclass(frozen=True)
class Kept:
    """A filter as a link; `current` when the list that is shown is the one it names."""

    pk: int
    name: str
    url: str
    current: bool


def filters_of(person: User, path: str, query: QueryDict) -> list[Kept]:
    """Return the filters that this person keeps, by name. One query."""
    now = (path, filters_in(query))
    return [
        Kept(each.pk, each.name, f"{each.list_path}?{each.query}", (each.list_path, each.query) == now)
        for each in person.saved_filters.all()
    ]


def filters_in(query: QueryDict) -> str:
    """Return the filters in an address, in one order, without the page and without what is empty."""
    chosen = QueryDict(mutable=True)
    for name in sorted(query):
        if name not in NOT_KEPT and query[name]:
            chosen[name] = str(query[name])
    return chosen.urlencode()


def saved_filters(request: HttpRequest) -> HttpResponse:
    """Show the filters of this person; by POST keep one under a name, or drop one."""
    person = request.user
    if not isinstance(person, User):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, person)
    if dropped := request.POST.get("drop", ""):
        drop_filter(person, number_sent(dropped) or 0)
        messages.success(request, "The filter was taken away.")
        return redirect("admin:editorial-filters")
    return _keep(request, person)


def _keep(request: HttpRequest, person: User) -> HttpResponse:
    given = request.POST
    path, query = given.get("list", ""), filters_in(QueryDict(given.get("query", "")[:2_000]))
    if path not in _lists():
        return _page(request, person, refusal="Open a list, set its filters, and keep it from there.")
    try:
        kept = keep_filter(person, name=given.get("name", ""), list_path=path, query=query)
    except ActionRefused as refusal:
        return _page(request, person, refusal=str(refusal), asked=path, query=query)
    messages.success(request, f"Kept as “{kept.name}”. It stands above every list.")
    return redirect(f"{path}?{query}")


def _lists() -> set[str]:
    return {list_url(), *(list_url(kind) for kind in kinds_at_the_desk())}


def _page(request: HttpRequest, person: User, *, refusal: str = "", asked: str = "", query: str = "") -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": "Your filters",
        "kept": filters_of(person, "", QueryDict()),
        "refusal": refusal,
        "asked": asked,
        "query": query,
        "name": request.POST.get("name", ""),
        "here": reverse("admin:editorial-filters"),
        "all_documents": list_url(),
    }
    return TemplateResponse(request, "editorial/saved_filters.html", context, status=409 if refusal else 200)
