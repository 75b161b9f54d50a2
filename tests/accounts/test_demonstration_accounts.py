"""The demonstration accounts: made once, plainly named, and only where nothing can be lost."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from alstrom_site.accounts.demonstration import ACCOUNTS, PASSWORD
from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import ROLES
from tests.cast import person
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
EVERYBODY = ["administrator", "auditor", "editor", "publisher", "reviewer"]


@pytest.fixture(autouse=True)
def embedded(settings: Any) -> None:
    settings.EMBEDDED_DATABASE = True


def made() -> str:
    printed = StringIO()
    call_command("create_demonstration_accounts", stdout=printed)
    return printed.getvalue()


def test_there_is_one_account_for_each_role_and_its_name_says_what_it_is() -> None:
    made()

    people = User.objects.order_by("username")
    assert [one.username for one in people] == EVERYBODY
    assert [one.display_name for one in people] == [f"Demonstration {name}" for name in EVERYBODY]
    assert all(one.is_demonstration and not one.is_superuser for one in people)
    assert {role for role in ROLES for one in people if one.holds(role)} == set(ROLES)
    assert all(one.groups.count() == 1 for one in people)


def test_the_reviewer_claims_to_be_no_clinician() -> None:
    made()

    assert User.objects.get(username="reviewer").professional_title == "Demonstration account, not a clinician"


def test_names_and_password_are_printed_for_the_first_page() -> None:
    printed = made()

    assert PASSWORD in printed.splitlines()[0]
    assert [line.split()[0] for line in printed.splitlines()[1:]] == [account.username for account in ACCOUNTS]


@pytest.mark.parametrize("name", EVERYBODY)
def test_each_of_them_can_sign_in_at_the_desk(client: Client, name: str) -> None:
    made()

    response = sign_in(client, name, PASSWORD)

    assert response.status_code == 302
    assert client.get(reverse("admin:index")).status_code == 200


def test_the_password_is_one_that_the_site_would_take() -> None:
    validate_password(PASSWORD, User(username="editor", display_name="Demonstration editor"))


def test_a_second_run_leaves_everything_as_it_was() -> None:
    made()
    User.objects.filter(username="editor").update(professional_title="Changed since", is_active=False)
    before = list(User.objects.order_by("pk").values())

    made()

    assert list(User.objects.order_by("pk").values()) == before


def test_another_database_than_the_embedded_one_is_refused(settings: Any) -> None:
    settings.EMBEDDED_DATABASE = False

    with pytest.raises(CommandError, match="embedded database only"):
        made()

    assert not User.objects.exists()


def test_a_persons_own_account_never_gets_the_known_password() -> None:
    own = person("publisher")

    with pytest.raises(CommandError, match="“publisher” is the account of Test publisher"):
        made()

    assert [one.pk for one in User.objects.all()] == [own.pk]
    assert not User.objects.get(pk=own.pk).check_password(PASSWORD)
