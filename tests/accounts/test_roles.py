"""Roles: kept in code, written to the database, and nothing beside them opens anything."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from alstrom_site.accounts.roles import ADMINISTRATOR, AUDITOR, EDITOR, MEDICAL_REVIEWER, PUBLISHER, ROLES, Role
from alstrom_site.accounts.synchronising import write_roles
from tests.cast import Cast, person

pytestmark = pytest.mark.django_db


def permissions_of(group: Group) -> set[str]:
    return {f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.select_related("content_type")}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_group_holds_exactly_what_the_code_says(role: Role) -> None:
    assert permissions_of(Group.objects.get(name=role.name)) == set(role.permissions)


def test_nobody_who_decides_about_text_looks_after_people_and_the_other_way_round() -> None:
    decide = {"editorial.write_document", "editorial.review_edition", "editorial.publish_edition"}

    held = {role: decide & set(role.permissions) for role in ROLES}

    assert {role: len(found) for role, found in held.items()} == {
        EDITOR: 1,
        MEDICAL_REVIEWER: 1,
        PUBLISHER: 1,
        ADMINISTRATOR: 0,
        AUDITOR: 0,
    }
    assert {role for role in ROLES if any(name.startswith("accounts.") for name in role.permissions)} == {ADMINISTRATOR}


def test_no_role_deletes_anything() -> None:
    assert not [name for role in ROLES for name in role.permissions if "delete" in name]


def test_a_group_that_was_changed_by_hand_is_changed_back() -> None:
    group = Group.objects.get(name=EDITOR.name)
    group.permissions.set(Permission.objects.filter(codename__in=["publish_edition", "change_user"]))

    for app in apps.get_app_configs():
        write_roles(app.label)

    assert permissions_of(group) == set(EDITOR.permissions)


def test_writing_the_roles_of_one_app_leaves_those_of_others() -> None:
    group = Group.objects.get(name=ADMINISTRATOR.name)

    write_roles("editorial")

    assert permissions_of(group) == set(ADMINISTRATOR.permissions)


def test_a_role_is_held_only_as_long_as_the_account_is_open(cast: Cast) -> None:
    cast.editor.is_active = False

    assert not cast.editor.holds(EDITOR)
    assert cast.second_editor.holds(EDITOR)
    assert not cast.second_editor.holds(PUBLISHER)


def test_the_staff_flag_alone_opens_no_desk(client: Client) -> None:
    flagged = person("flagged")
    flagged.is_staff = True
    flagged.save()
    client.force_login(flagged)

    assert client.get(reverse("admin:index")).status_code == 403
