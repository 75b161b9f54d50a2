"""Wiring of the accounts app."""

from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db.models.signals import post_migrate


def sync_roles(sender: AppConfig, apps: Apps, using: str, **_: Any) -> None:
    """Write the roles of `sender`'s permissions to the database that was migrated, with the models that it has now."""
    from alstrom_site.accounts.synchronising import write_roles

    write_roles(sender.label, apps=apps, using=using)


class AccountsConfig(AppConfig):
    """People and their roles."""

    name = "alstrom_site.accounts"
    label = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        """Have the groups follow the code at every migration."""
        post_migrate.connect(sync_roles, dispatch_uid="accounts-sync-roles")
