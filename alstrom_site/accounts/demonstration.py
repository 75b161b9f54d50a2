"""The accounts with which a site on the embedded database can be tried out: one for each role."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import ADMINISTRATOR, AUDITOR, EDITOR, MEDICAL_REVIEWER, PUBLISHER, Role

# The accounts exist on a machine's own database only.
PASSWORD = "demonstration-only"  # noqa: S105 no secret: it is printed at every start


@dataclass(frozen=True)
class DemonstrationAccount:
    """Name and role of one account; its display name says what it is wherever it is shown."""

    username: str
    role: Role
    professional_title: str = ""

    @property
    def display_name(self) -> str:
        """The name that readers see."""
        return f"Demonstration {self.username}"


ACCOUNTS = (
    DemonstrationAccount("editor", EDITOR),
    DemonstrationAccount("reviewer", MEDICAL_REVIEWER, "Demonstration account, not a clinician"),
    DemonstrationAccount("publisher", PUBLISHER),
    DemonstrationAccount("administrator", ADMINISTRATOR),
    DemonstrationAccount("auditor", AUDITOR),
)


class NameTaken(Exception):
    """A person of that name exists and is no demonstration account; the text says who."""


def make_accounts() -> list[User]:
    """Return the demonstration accounts, made where they were missing and left alone where they stand.

    Raises NameTaken rather than give a known password to a person's own account.
    """
    return [_existing(account) or _made(account) for account in ACCOUNTS]


def _existing(account: DemonstrationAccount) -> User | None:
    found = User.objects.filter(username=account.username).first()
    if found is not None and not found.is_demonstration:
        raise NameTaken(f"“{account.username}” is the account of {found}, so no demonstration account can have it.")
    return found


def _made(account: DemonstrationAccount) -> User:
    person = User.objects.create_user(
        account.username,
        email=f"{account.username}@demonstration.invalid",
        password=PASSWORD,
        display_name=account.display_name,
        professional_title=account.professional_title,
        is_demonstration=True,
        is_staff=True,
    )
    person.groups.add(Group.objects.get(name=account.role.name))
    return person
