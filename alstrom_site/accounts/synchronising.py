"""Writes the roles kept in code to the database as groups."""

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db import DEFAULT_DB_ALIAS

from alstrom_site.accounts.roles import ROLES, Role


def write_roles(app_label: str, *, apps: Apps = installed, using: str = DEFAULT_DB_ALIAS) -> None:
    """Give each role's group exactly the permissions of `app_label` that the code says; other apps' are left alone.

    Runs after each app's own permissions exist, so that the last app to migrate completes the groups. `apps` holds the
    models as the database has them: where groups are not there, or are there no more, nothing is written.
    """
    try:
        groups = apps.get_model("auth", "Group")._default_manager.using(using)
        permissions = apps.get_model("auth", "Permission")._default_manager.using(using)
    except LookupError:
        return
    own = permissions.filter(content_type__app_label=app_label)
    for role in ROLES:
        group, _ = groups.get_or_create(name=role.name)
        held = set(group.permissions.filter(content_type__app_label=app_label))
        wanted = set(own.filter(codename__in=_named(role, app_label)))
        group.permissions.add(*(wanted - held))
        group.permissions.remove(*(held - wanted))


def _named(role: Role, app_label: str) -> list[str]:
    return [name.split(".", 1)[1] for name in role.permissions if name.startswith(f"{app_label}.")]
