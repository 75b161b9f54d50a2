"""People at the desk: who looks after whom, and that nobody rises by it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import NoReverseMatch, reverse

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER, PUBLISHER
from tests.cast import Cast
from tests.posting import fields_of, opened, sent

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"
NEW = "/admin/accounts/user/add/"
ME = "/admin/accounts/user/me/"
PEOPLE = sorted(Cast.__dataclass_fields__)
LOOK_AFTER = {"administrator", "superuser"}
A_PASSWORD = "another long one"


def page(person: User, name: str = "change") -> str:
    return f"{LIST}{person.pk}/{name}/"


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


@pytest.fixture
def administrator(cast: Cast, client: Client) -> Client:
    """A browser in which the administrator is signed in."""
    client.force_login(cast.administrator)
    return client


@pytest.mark.parametrize("name", PEOPLE)
def test_only_those_who_look_after_people_open_their_pages(cast: Cast, client: Client, name: str) -> None:
    client.force_login(getattr(cast, name))
    urls = [LIST, NEW, page(cast.editor), page(cast.editor, "password"), page(cast.editor, "history")]

    found = [client.get(url).status_code for url in urls]
    found += [client.post(url, {}).status_code for url in urls[1:4]]

    assert found == ([200] * 8 if name in LOOK_AFTER else [403] * 8)
    assert fresh(cast.editor).check_password("a long test password")


@pytest.mark.parametrize("url", [LIST, NEW, ME, "/admin/accounts/user/1/password/"])
def test_strangers_are_asked_to_sign_in(client: Client, url: str) -> None:
    assert client.get(url)["Location"].startswith(reverse("admin:login"))


def test_nobody_is_deleted_and_roles_have_no_form(cast: Cast, client: Client) -> None:
    client.force_login(cast.superuser)

    assert client.post(page(cast.editor, "delete"), {"post": "yes"}).status_code == 403
    assert fresh(cast.editor).is_active
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_group_changelist")


def test_a_person_is_added_with_roles_and_a_first_password(administrator: Client) -> None:
    groups = [str(Group.objects.get(name=role.name).pk) for role in (EDITOR, PUBLISHER)]

    response = sent(
        administrator,
        NEW,
        opened(administrator, NEW),
        username="new",
        display_name="Test new",
        password1=A_PASSWORD,
        password2=A_PASSWORD,
        groups=groups,
        is_superuser="on",
        is_staff="on",
        user_permissions="1",
    )

    added = User.objects.get(username="new")
    assert response.status_code == 302
    assert (added.holds(EDITOR), added.holds(PUBLISHER), added.holds(MEDICAL_REVIEWER)) == (True, True, False)
    assert added.check_password(A_PASSWORD)
    assert not added.is_superuser
    assert not added.user_permissions.exists()


def test_roles_stand_with_their_purpose(cast: Cast, administrator: Client) -> None:
    html = administrator.get(page(cast.editor)).content.decode()

    assert "Medical reviewer: Checks text against its sources and signs." in html


def test_details_and_roles_are_changed_and_the_change_is_logged(cast: Cast, administrator: Client) -> None:
    fields = opened(administrator, page(cast.editor))
    roles = [str(Group.objects.get(name=PUBLISHER.name).pk)]

    sent(administrator, page(cast.editor), fields, credentials="Test credentials", groups=roles)

    now = fresh(cast.editor)
    assert (now.credentials, now.holds(EDITOR), now.holds(PUBLISHER)) == ("Test credentials", False, True)
    assert LogEntry.objects.get().user_id == cast.administrator.pk


def test_who_leaves_is_closed_and_can_no_longer_enter(cast: Cast, administrator: Client) -> None:
    theirs = Client()
    theirs.force_login(cast.editor)
    fields = opened(administrator, page(cast.editor))
    fields.pop("is_active")

    sent(administrator, page(cast.editor), fields)

    assert not fresh(cast.editor).is_active
    assert theirs.get(reverse("admin:index")).status_code == 302


def test_nobody_closes_their_own_account(cast: Cast, administrator: Client) -> None:
    fields = opened(administrator, page(cast.administrator))

    sent(administrator, page(cast.administrator), {**fields, "is_active": [""]})

    assert "is_active" not in fields
    assert fresh(cast.administrator).is_active


@pytest.mark.parametrize("hidden", ["is_superuser", "is_staff", "is_demonstration", "user_permissions"])
def test_no_administrator_gives_what_is_no_role(cast: Cast, administrator: Client, hidden: str) -> None:
    permission = Permission.objects.get(codename="publish_edition")
    before = User.objects.values("is_superuser", "is_staff", "is_demonstration").get(pk=cast.administrator.pk)
    fields = opened(administrator, page(cast.administrator))

    response = sent(administrator, page(cast.administrator), fields, **{hidden: str(permission.pk)})

    now = fresh(cast.administrator)
    assert response.status_code == 302
    assert hidden not in fields
    assert not now.user_permissions.exists()
    assert User.objects.values(*before).get(pk=now.pk) == before


@pytest.mark.parametrize("name", ["change", "password"])
def test_no_administrator_takes_over_a_superuser(cast: Cast, administrator: Client, name: str) -> None:
    typed = {"username": "mine", "display_name": "Mine", "password1": A_PASSWORD, "password2": A_PASSWORD}

    response = administrator.post(page(cast.superuser, name), {**typed, "usable_password": "true", "set-password": "1"})

    now = fresh(cast.superuser)
    assert response.status_code == 403
    assert (now.username, now.check_password(A_PASSWORD)) == ("superuser", False)


def test_an_administrator_sets_another_password(cast: Cast, administrator: Client) -> None:
    typed = {"usable_password": "true", "password1": A_PASSWORD, "password2": A_PASSWORD, "set-password": "1"}

    administrator.post(page(cast.editor, "password"), typed)

    assert fresh(cast.editor).check_password(A_PASSWORD)


def test_a_short_password_is_refused(cast: Cast, administrator: Client) -> None:
    administrator.post(page(cast.editor, "password"), {"password1": "short", "password2": "short", "set-password": "1"})

    assert fresh(cast.editor).check_password("a long test password")


# One's own details


@pytest.mark.parametrize("name", [one for one in PEOPLE if one != "stranger"])
def test_everybody_with_a_role_looks_after_their_own_details(cast: Cast, client: Client, name: str) -> None:
    person = getattr(cast, name)
    client.force_login(person)

    response = sent(
        client,
        ME,
        opened(client, ME),
        affiliation="Test hospital",
        interests="None",
        interests_declared_on="2026-02-03",
        orcid="https://orcid.org/0000-0002-1825-0097",
        username="other",
        is_superuser="on",
        groups="1",
    )

    now = fresh(person)
    assert response["Location"] == ME
    assert (now.affiliation, now.orcid, str(now.interests_declared_on)) == (
        "Test hospital",
        "0000-0002-1825-0097",
        "2026-02-03",
    )
    assert (now.username, now.is_superuser) == (person.username, person.is_superuser)
    assert LogEntry.objects.get().user_id == person.pk
    assert set(now.groups.all()) == set(person.groups.all())


def test_who_has_no_role_has_no_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.stranger)

    assert client.get(ME).status_code == 403


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"interests": "A grant", "interests_declared_on": ""}, "Say on which day the interests were declared."),
        ({"orcid": "0000-0002-1825-0098"}, "has a mistake in it"),
        ({"orcid": "not an iD"}, "is not an ORCID iD"),
        ({"display_name": ""}, "This field is required."),
        ({"interests_declared_on": "yesterday"}, "Enter a valid date."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    cast: Cast, client: Client, typed: dict[str, str], sentence: str
) -> None:
    client.force_login(cast.editor)

    response = sent(client, ME, opened(client, ME), affiliation="Kept", **typed)

    html = response.content.decode()
    assert sentence in html
    assert html.count(sentence) == 1
    assert html.count('aria-invalid="true"') == 1
    assert fields_of(html)["affiliation"] == ["Kept"]
    assert fresh(cast.editor).affiliation == ""


def test_no_script_and_no_style_stands_inside_the_pages(cast: Cast, client: Client) -> None:
    client.force_login(cast.superuser)

    for url in (LIST, NEW, ME, page(cast.editor), page(cast.editor, "password")):
        html = client.get(url).content.decode()
        for inline in ("<style", " style=", " onclick=", "<script>", "javascript:"):
            assert inline not in html, url
