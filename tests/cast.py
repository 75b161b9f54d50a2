"""The people of the tests. Every name says that it is a test account."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import ADMINISTRATOR, EDITOR, MEDICAL_REVIEWER, PUBLISHER, Role

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""The moment of tests that need only one; later moments are made from it."""

PASSWORD = "a long test password"
# Taken as confirmed whenever a test lets them sign, at its own moments and at the clock's; see tests/fixtures.py.
DECLARED_ON = datetime.now(UTC).date()


def person(username: str, *roles: Role, superuser: bool = False, active: bool = True) -> User:
    """Return a new test account with these roles."""
    user = _account(username, *roles, superuser=superuser, active=active)
    user.save()
    user.groups.set(Group.objects.filter(name__in=[role.name for role in roles]))
    return user


def _account(username: str, *roles: Role, superuser: bool = False, active: bool = True) -> User:
    signs = bool({EDITOR, MEDICAL_REVIEWER} & set(roles))
    return User(
        username=username,
        email=f"{username}@test.invalid",
        password=make_password(PASSWORD),
        display_name=f"Test {username.replace('_', ' ')}",
        professional_title="Test title" if MEDICAL_REVIEWER in roles else "",
        interests="None" if signs else "",
        interests_declared_on=DECLARED_ON if signs else None,
        is_staff=bool(roles) or superuser,
        is_superuser=superuser,
        is_active=active,
    )


@dataclass(frozen=True)
class Cast:
    """Everybody a story may need, each with one role unless the name says otherwise."""

    editor: User
    second_editor: User
    reviewer: User
    second_reviewer: User
    publisher: User
    administrator: User
    everything: User
    superuser: User
    stranger: User


ROLES: dict[str, tuple[Role, ...]] = {
    "editor": (EDITOR,),
    "second_editor": (EDITOR,),
    "reviewer": (MEDICAL_REVIEWER,),
    "second_reviewer": (MEDICAL_REVIEWER,),
    "publisher": (PUBLISHER,),
    "administrator": (ADMINISTRATOR,),
    "everything": (EDITOR, MEDICAL_REVIEWER, PUBLISHER),
    "superuser": (),
    "stranger": (),
}


def make_cast() -> Cast:
    """Return the named cast, saved. Three queries, since nearly every test begins with it."""
    made = [_account(name, *roles, superuser=name == "superuser") for name, roles in ROLES.items()]
    people = {user.username: user for user in User.objects.bulk_create(made)}
    groups = dict(Group.objects.values_list("name", "pk"))
    User.groups.through.objects.bulk_create(
        User.groups.through(user_id=people[name].pk, group_id=groups[role.name])
        for name, roles in ROLES.items()
        for role in roles
    )
    return Cast(**people)
