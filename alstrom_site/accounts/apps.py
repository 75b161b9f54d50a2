"""Wiring of the accounts app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def sync_roles(sender: AppConfig, **_: Any) -> None:
    """Write the roles of `sender`'s permissions to the database after its migrations."""
    from alstrom_site.accounts.synchronising import write_roles

    write_roles(sender.label)


class AccountsConfig(AppConfig):
    """People and their roles."""

    name = "alstrom_site.accounts"
    label = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        """Have the groups follow the code at every migration."""
        post_migrate.connect(sync_roles, dispatch_uid="accounts-sync-roles")
