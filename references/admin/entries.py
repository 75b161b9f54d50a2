"""The entries of the bibliography at the desk: their lists, forms and pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from alstrom_site.editorial.admin.editing import EditingAdmin
from alstrom_site.editorial.models import Document
from references.form_parts import fieldsets
from references.forms import ReferenceForm
from references.models import Reference


@admin.register(Reference)
class ReferenceAdmin(EditingAdmin):
    """Bibliography entries."""

    kind = ReferenceForm.kind
    content_form = ReferenceForm

    def get_fieldsets(self, request: HttpRequest, obj: Document | None = None) -> Any:
        """Return the parts of the form that fit the type and what stands in the entry."""
        stored = obj.latest_edition.text.fields if obj else {}
        typed = request.POST.get("type") if request.method == "POST" else None
        return fieldsets(typed or stored.get("type") or "article-journal", stored)
