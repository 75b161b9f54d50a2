"""Puts the list over all kinds at the desk."""

from django.contrib import admin

from alstrom_site.editorial.admin.lists import AllDocumentsAdmin
from alstrom_site.editorial.models import Document

admin.site.register(Document, AllDocumentsAdmin)
