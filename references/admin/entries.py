"""The entries of the bibliography at the desk: their list and their form."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path

from alstrom_site.editorial.admin.editing import EditingAdmin
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.page_parts import HappenedTo
from references.admin import sources, watching
from references.admin.entry_form import EntryForm
from references.admin.places import PAGES, PLACES
from references.form_parts import fieldsets
from references.models import Reference


@admin.register(Reference)
class ReferenceAdmin(EditingAdmin):
    """Bibliography entries."""

    kind = EntryForm.kind
    content_form = EntryForm
    panels = (watching.panel, sources.panel)
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

    def get_fieldsets(self, request: HttpRequest, obj: Document | None = None) -> Any:
        """Return the parts of the form that fit the type and what stands in the entry."""
        stored = obj.latest_edition.text.fields if obj else {}
        typed = request.POST.get("type") if request.method == "POST" else None
        return fieldsets(typed or stored.get("type") or "article-journal", stored)
