"""Puts the desk in the place of Django's own admin site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin with the desk as its site."""

    default_site = "alstrom_site.editorial.admin.site.Desk"
