"""The lists of documents: one per kind, and one over all kinds."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst

from alstrom_site.accounts.models import User
from alstrom_site.editorial.admin import selections
from alstrom_site.editorial.admin.export import as_csv
from alstrom_site.editorial.admin.filters import (
    DueFilter,
    KindFilter,
    MarkFilter,
    OwnerFilter,
    StateFilter,
    TabFilter,
)
from alstrom_site.editorial.admin.paging import DocumentChanges, DocumentPages, documents_of
from alstrom_site.editorial.admin.rows import rows_of, with_dates
from alstrom_site.editorial.admin.saved_filters import filters_in, filters_of
from alstrom_site.editorial.admin.signing_in import ENTER
from alstrom_site.editorial.models import Document

# Django's class takes its model as a parameter for the type checker only.
if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Document]
else:
    ModelAdmin = admin.ModelAdmin

Filters = tuple[type[SimpleListFilter], ...]


class DocumentList(ModelAdmin):
    """A list of documents that links to their pages. Nothing is changed from here, and nothing is ever deleted."""

    change_list_template = "editorial/list.html"
    list_display: tuple[str, ...] = ("shown_title", "shown_state", "shown_owner", "shown_due", "shown_change")
    list_filter: ClassVar[Filters] = (TabFilter, StateFilter, DueFilter, MarkFilter, OwnerFilter)
    list_per_page = 25
    ordering = ("sort_title", "pk")
    paginator = DocumentPages
    search_fields = ("sort_title", "address")
    show_full_result_count = False
    actions = None

    @admin.display(description="Title", ordering="sort_title")
    def shown_title(self, document: Document) -> str:
        """Return the title; the column is ordered as lists are sorted, accents folded."""
        return document.title

    @admin.display(description="State")
    def shown_state(self, document: Document) -> str:
        """Return nothing: the template shows the state of both editions."""
        return ""

    @admin.display(description="Owner", ordering="owner__display_name")
    def shown_owner(self, document: Document) -> str:
        """Return who answers for it."""
        return str(document.owner)

    @admin.display(description="Due", ordering="due_on")
    def shown_due(self, document: Document) -> date | None:
        """Return the earliest day by which somebody should look at it."""
        due: date | None = vars(document).get("due_on")
        return due

    @admin.display(description="Last change", ordering="changed_at")
    def shown_change(self, document: Document) -> datetime | None:
        """Return when anything last happened to it."""
        return document.changed_at

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        """Return the documents with the columns by which lists are ordered."""
        return with_dates(super().get_queryset(request))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return the list as it is ordered here."""
        return DocumentChanges

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Return those that match, with accents folded on both sides."""
        return selections.matching(queryset, search_term), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list."""
        response = super().changelist_view(request, {"title": self.heading(), **(extra_context or {})})
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown:
            shown.update(_list_context(shown["cl"]), **self._kept(request))
        return response

    def heading(self) -> str:
        """Return what the list is called, in the page and in the browser's tab."""
        return capfirst(str(self.opts.verbose_name_plural))

    def get_urls(self) -> list[URLPattern]:
        """Add the list as a table for a spreadsheet."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_csv"
        return [path("csv/", self.admin_site.admin_view(self.export), name=name), *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """Send all that the list shows with these filters, in its order."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            changes = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        name = str(self.opts.verbose_name_plural).replace(" ", "-")
        return as_csv(changes.queryset, timezone.now().date(), name)

    def _kept(self, request: HttpRequest) -> dict[str, Any]:
        """The person's own filters, and what of the address would be one."""
        if not isinstance(request.user, User):
            return {}
        filters = filters_in(request.GET)
        csv_url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_csv")
        return {
            "saved_filters": filters_of(request.user, request.path, request.GET),
            "filters_now": filters,
            "csv_url": f"{csv_url}?{filters}" if filters else csv_url,
        }

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Everybody at the desk sees the lists."""
        return request.user.has_perm(ENTER)

    def has_view_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        """Everybody at the desk reads everything."""
        return request.user.has_perm(ENTER)

    def has_delete_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        """Nothing is ever deleted."""
        return False


class AllDocumentsAdmin(DocumentList):
    """The list over all kinds. A document's own pages stand under its kind."""

    list_display: tuple[str, ...] = (
        "shown_title",
        "shown_kind",
        "shown_state",
        "shown_owner",
        "shown_due",
        "shown_change",
    )
    list_filter: ClassVar[Filters] = (
        TabFilter,
        KindFilter,
        StateFilter,
        DueFilter,
        MarkFilter,
        OwnerFilter,
    )

    def heading(self) -> str:
        """Return what the list is called: every kind stands in it."""
        return "All documents"

    @admin.display(description="Kind", ordering="kind")
    def shown_kind(self, document: Document) -> str:
        """Return the kind."""
        return document.kind

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A document is begun in the list of its kind."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        """A document is written on the pages of its kind."""
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the document's own page."""
        document = self.get_object(request, object_id)
        if document is None:
            raise Http404
        return redirect("admin:editorial-document", pk=document.pk)


def _list_context(changes: ChangeList) -> dict[str, Any]:
    filters = [spec for spec in changes.filter_specs if isinstance(spec, SimpleListFilter)]
    tabs = [spec for spec in filters if isinstance(spec, TabFilter)]
    others = [spec for spec in filters if not isinstance(spec, TabFilter)]
    chosen = {name: value for name, value in changes.params.items() if name != SEARCH_VAR}
    return {
        "rows": rows_of(documents_of(changes.result_list), timezone.now().date()),
        "headers": list(result_headers(changes)),
        "tabs": _tabs(changes, tabs[0].value() if tabs else None),
        "filters": others,
        "kept": {name: chosen[name] for name in ("tab", "o") if name in chosen},
        "narrowed": bool(changes.query) or any(spec.value() for spec in others),
        "shows_kind": "shown_kind" in changes.list_display,
        "add_url": _add_url(changes),
        "pages": _pages(changes),
    }


def _add_url(changes: ChangeList) -> str:
    opts = changes.opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_add")


def _pages(changes: ChangeList) -> list[dict[str, Any]]:
    """The pages to link to; one without an address stands for those left out.

    A list that fits on one page is shown whatever page the address names, such as one that has gone since.
    """
    shown = max(1, min(changes.page_num, changes.paginator.num_pages))
    return [
        {"number": number, "url": changes.get_query_string({PAGE_VAR: number}), "current": number == shown}
        if isinstance(number, int)
        else {}
        for number in changes.paginator.get_elided_page_range(shown)
    ]


def _tabs(changes: ChangeList, chosen: str | None) -> list[dict[str, Any]]:
    current = chosen if chosen in selections.TABS else "all"
    return [
        {"label": label, "url": changes.get_query_string({"tab": name}, ["p"]), "current": name == current}
        for name, label in selections.TABS.items()
    ]
