"""The entries of the bibliography at the desk: their list and their form."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path

from alstrom_site.editorial.admin.editing import EditingAdmin
from alstrom_site.editorial.admin.lists import Filters
from alstrom_site.editorial.models import Document, Edition, PublishedPage
from alstrom_site.page_parts import HappenedTo
from references.admin import sources, watching
from references.admin.entry_form import EntryForm
from references.admin.places import PAGES, PLACES
from references.form_parts import fieldsets
from references.identifiers import number_in
from references.models import Reference


class HappenedFilter(SimpleListFilter):
    """What happened to the work, as readers are told it; that of a work that was reinstated since counts too."""

    title = "what happened to it"
    parameter_name = "happened"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return what may have happened."""
        return [("retracted", "Retracted"), ("corrected", "Corrected")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Document]) -> QuerySet[Document]:
        """Return the entries of works to which it happened."""
        if self.value() not in {name for name, _ in self.lookup_choices}:
            return queryset
        marked = PublishedPage.objects.filter(kind="reference")
        marked = marked.filter(listing__card__standing__contains=[[self.value()]])
        return queryset.filter(pk__in=marked.values("document"))


@admin.register(Reference)
class ReferenceAdmin(EditingAdmin):
    """Bibliography entries."""

    kind = EntryForm.kind
    content_form = EntryForm
    panels = (watching.panel, sources.panel)
    list_filter: ClassVar[Filters] = (*EditingAdmin.list_filter, HappenedFilter)
    change_list_template = "references/desk/list.html"
    change_form_template = "references/desk/edit.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the screens of the bibliography."""
        places = [path(route, self.admin_site.admin_view(view), name=name) for route, view, name in PLACES]
        pages = [
            path(f"<int:pk>/{route}", self.admin_site.admin_view(self._page(page)), name=name)
            for route, page, name in PAGES
        ]
        return [*places, *pages, *super().get_urls()]

    def marks(self, edition: Edition) -> Sequence[HappenedTo]:
        """Return what happened to the work."""
        return watching.marks(edition)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Return the entry of an identifier, however it is written; else those that match."""
        if number := number_in(search_term):
            return queryset.filter(traits__scheme=number.scheme, traits__value=number.value), False
        return super().get_search_results(request, queryset, search_term)

    def get_fieldsets(self, request: HttpRequest, obj: Document | None = None) -> Any:
        """Return the parts of the form that fit the type and what stands in the entry."""
        stored = obj.latest_edition.text.fields if obj else {}
        typed = request.POST.get("type") if request.method == "POST" else None
        return fieldsets(typed or stored.get("type") or "article-journal", stored)
