"""The desk: Django's admin site with an entrance, a front page and a navigation of its own."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from alstrom_site.accounts import screens
from alstrom_site.accounts.giving_back import give_back
from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin.signing_in import may_enter
from alstrom_site.numbers_sent import number_sent

_View = TypeVar("_View", bound=Callable[..., HttpResponseBase])
NO_ROLE = "Your account has no role at this desk. Ask an administrator for one."
LED_TO = frozenset({"review", "approve-afterwards", "reaffirm", "comments"})
"""The pages of a document that a mail leads to, besides the one that is named for it."""
NOT_YOURS = "Your roles do not open this page. Ask an administrator if they should."


class Desk(AdminSite):
    """The admin site of this project. Strangers are asked to sign in; who has no role is told so."""

    site_header = "Alström syndrome: editors’ desk"
    site_title = "Editors’ desk"
    index_title = "Your desk"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person may read the desk at all."""
        return may_enter(request.user)

    def admin_view(self, view: _View, cacheable: bool = False) -> _View:
        """Guard a page: strangers get the sign-in form, people without the role for it a page that says so.

        What a stranger sends is given back: it was typed by somebody whose session ended meanwhile.
        """
        guarded = super().admin_view(view, cacheable)

        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return give_back(request) if request.method == "POST" else guarded(request, *args, **kwargs)
            if request.path == reverse("admin:logout"):
                return never_cache(view)(request, *args, **kwargs)
            if not self.has_permission(request):
                return self._no_entry(request, NO_ROLE)
            try:
                return guarded(request, *args, **kwargs)
            except PermissionDenied as denied:
                return self._no_entry(request, str(denied) or NOT_YOURS)

        return cast("_View", update_wrapper(entered, guarded))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the address under which a document of any kind is found, and lead sign-in to its own screens."""
        from alstrom_site.editorial.admin.places import PLACES

        document = path("documents/<int:pk>/", self.admin_view(_to_its_page), name="editorial-document")
        places = [path(route, self.admin_view(view), name=name) for route, view, name in PLACES]
        return [document, *places, *screens.in_place_of_djangos(), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the navigation of the desk to what every page gets."""
        from alstrom_site.editorial.admin.navigation import links_for

        links = links_for(request) if self.has_permission(request) else ()
        return {**super().each_context(request), "desk_links": links}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what waits for this person."""
        from alstrom_site.editorial.admin.dashboard import dashboard_for

        if not isinstance(request.user, User):
            raise PermissionDenied
        dashboard = dashboard_for(request.user, at=timezone.now())
        others = [app for app in self.get_app_list(request) if not _holds_documents(app)]
        return super().index(request, {**(extra_context or {}), "dashboard": dashboard, "app_list": others})

    def _no_entry(self, request: HttpRequest, reason: str) -> HttpResponse:
        context = {**self.each_context(request), "title": "Not open to you", "reason": reason}
        return TemplateResponse(request, "admin/no_entry.html", context, status=403)


def _to_its_page(request: HttpRequest, pk: int) -> HttpResponse:
    from alstrom_site.editorial.admin.addresses import document_url
    from alstrom_site.editorial.models import Document

    page, edition = request.GET.get("page", ""), number_sent(request.GET.get("edition", ""))
    address = document_url(get_object_or_404(Document, pk=pk), page if page in LED_TO else "standing")
    return redirect(f"{address}?edition={edition}" if edition else address)


def _holds_documents(app: dict[str, Any]) -> bool:
    """Whether the desk shows this app by lists of its own."""
    from alstrom_site.editorial.models import Document

    return any(issubclass(each["model"], Document) for each in app["models"])
