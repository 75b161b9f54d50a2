"""The list of people: found by role, account, name and address, in a fixed number of questions to the database."""

import re
from typing import Any

import pytest
from django.test import Client

from alstrom_site.accounts.roles import EDITOR, PUBLISHER
from tests.cast import Cast, person

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"


@pytest.fixture
def administrator(cast: Cast, client: Client) -> Client:
    """A browser in which the administrator is signed in."""
    client.force_login(cast.administrator)
    return client


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"role": "medical reviewer"}, {"Test reviewer", "Test second reviewer", "Test everything"}),
        ({"role": "none"}, {"Test superuser", "Test stranger"}),
        ({"account": "closed"}, {"Test gone"}),
        ({"role": "editor", "account": "open", "q": "second"}, {"Test second editor"}),
        ({"q": "PUBLISHER@test"}, {"Test publisher"}),
        ({"q": "nobody of that name"}, set()),
    ],
)
def test_people_are_found_by_role_account_name_and_address(
    administrator: Client, asked: dict[str, str], found: set[str]
) -> None:
    person("gone", EDITOR, active=False)

    html = administrator.get(LIST, asked).content.decode()

    assert set(re.findall(r'change/">(Test [^<]+)</a>', html)) == found
    assert ("Nobody matches." in html) is (not found)


def test_the_list_asks_the_same_number_of_questions_for_many_people(
    administrator: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        person(f"number_{number}", EDITOR, PUBLISHER)

    with django_assert_max_num_queries(12):
        administrator.get(LIST)


def test_an_address_of_nobody_is_no_error(administrator: Client) -> None:
    assert administrator.get(f"{LIST}nobody/change/").status_code == 302
