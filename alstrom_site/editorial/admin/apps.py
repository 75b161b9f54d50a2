"""Puts the desk in the place of Django's own admin site."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin with the desk as its site."""

    default_site = "alstrom_site.editorial.admin.site.Desk"

    def ready(self) -> None:
        """Find every app's pages, then the list over all kinds, which needs the models to be there."""
        super().ready()
        import_module("alstrom_site.editorial.admin.documents")
        from alstrom_site.accounts.hanging import join
        from alstrom_site.editorial.admin.leaving import hanging_on

        join(hanging_on)
