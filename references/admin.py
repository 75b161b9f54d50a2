"""The bibliography at the desk."""

from django.contrib import admin

from alstrom_site.editorial.admin.editing import EditingAdmin
from references.forms import ReferenceForm
from references.models import Reference


@admin.register(Reference)
class ReferenceAdmin(EditingAdmin):
    """Bibliography entries."""

    kind = ReferenceForm.kind
    content_form = ReferenceForm
    fieldsets = (
        ("The source", {"fields": ("type", "author", "title", "container_title", "container_title_short")}),
        ("When and where in it", {"fields": (("issued", "epub"), ("volume", "issue", "page"))}),
        ("Identifiers", {"fields": (("DOI", "PMID", "PMCID"),)}),
        ("In our texts", {"fields": ("key", "notes")}),
    )
