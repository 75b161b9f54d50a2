"""Puts the list over all kinds at the desk, and takes away the jobs, which are for those who run the site."""

from django.apps import apps
from django.contrib import admin

from alstrom_site.editorial.admin.lists import AllDocumentsAdmin
from alstrom_site.editorial.models import Document

admin.site.register(Document, AllDocumentsAdmin)
for model in apps.get_app_config("procrastinate").get_models():
    if admin.site.is_registered(model):
        admin.site.unregister(model)
