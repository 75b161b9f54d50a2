"""Writes the roles kept in code to the database as groups."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from alstrom_site.accounts.roles import ROLES, Role


def write_roles(app_label: str) -> None:
    """Give each role's group exactly the permissions of `app_label` that the code says; other apps' are left alone.

    Runs after each app's own permissions exist, so that the last app to migrate completes the groups.
    """
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role.name)
        held = set(group.permissions.filter(content_type__app_label=app_label))
        wanted = set(_permissions(role, app_label))
        group.permissions.add(*(wanted - held))
        group.permissions.remove(*(held - wanted))


def _permissions(role: Role, app_label: str) -> list[Permission]:
    names = [name.split(".", 1)[1] for name in role.permissions if name.startswith(f"{app_label}.")]
    return list(Permission.objects.filter(Q(content_type__app_label=app_label), codename__in=names))
