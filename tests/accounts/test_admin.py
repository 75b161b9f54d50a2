"""People at the desk: who looks after whom, and that nobody rises by it."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse

from alstrom_site.accounts.models import AccountEvent, User
from alstrom_site.accounts.roles import ADMINISTRATOR, EDITOR, MEDICAL_REVIEWER, PUBLISHER
from tests.cast import PASSWORD, Cast
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
    urls = [LIST, NEW, page(cast.editor), page(cast.editor, "second-steps"), page(cast.editor, "history")]
    steps = [page(cast.editor, "password-link"), page(cast.editor, "second-steps")]

    found = [client.get(url).status_code for url in urls]
    found += [client.post(url, {}).status_code for url in urls[1:3]]
    taken = [client.post(url, {}).status_code for url in steps]

    assert found == [200 if name in LOOK_AFTER else 403] * 7
    assert taken == [302 if name in LOOK_AFTER else 403] * 2
    assert bool(mail.outbox) == (name in LOOK_AFTER)


@pytest.mark.parametrize("url", [LIST, NEW, ME, "/admin/accounts/user/1/second-steps/"])
def test_strangers_are_asked_to_sign_in(client: Client, url: str) -> None:
    assert client.get(url)["Location"].startswith(reverse("admin:login"))


def test_nobody_is_deleted_and_roles_have_no_form(cast: Cast, client: Client) -> None:
    client.force_login(cast.superuser)

    assert client.post(page(cast.editor, "delete"), {"post": "yes"}).status_code == 403
    assert fresh(cast.editor).is_active
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_group_changelist")


def test_a_new_person_has_roles_no_password_and_a_mail_with_a_link(administrator: Client) -> None:
    groups = [str(Group.objects.get(name=role.name).pk) for role in (EDITOR, PUBLISHER)]

    response = sent(
        administrator,
        NEW,
        opened(administrator, NEW),
        username="new",
        display_name="Test new",
        email="New@Test.invalid",
        groups=groups,
        password1=A_PASSWORD,
        password2=A_PASSWORD,
        is_superuser="on",
        is_staff="on",
        user_permissions="1",
    )

    added = User.objects.get(username="new")
    assert response["Location"] == page(added)
    assert (added.holds(EDITOR), added.holds(PUBLISHER), added.holds(MEDICAL_REVIEWER)) == (True, True, False)
    assert not added.has_usable_password()
    assert not added.is_superuser
    assert not added.user_permissions.exists()
    assert [one.to for one in mail.outbox] == [["new@test.invalid"]]


def test_a_new_person_needs_an_address_that_nobody_else_has(administrator: Client) -> None:
    fields = opened(administrator, NEW)

    without = sent(administrator, NEW, fields, username="new", display_name="Test new")
    taken = sent(administrator, NEW, fields, username="new", display_name="Test new", email="EDITOR@test.invalid")

    assert "This field is required." in without.content.decode()
    assert "Somebody else has this e-mail address." in taken.content.decode()
    assert fields_of(taken.content.decode())["username"] == ["new"]
    assert not User.objects.filter(username="new").exists()


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


@pytest.mark.parametrize("name", ["change", "password-link", "second-steps"])
def test_no_administrator_takes_over_a_superuser(cast: Cast, administrator: Client, name: str) -> None:
    response = administrator.post(page(cast.superuser, name), {"username": "mine", "display_name": "Mine"})

    assert response.status_code == 403
    assert fresh(cast.superuser).username == "superuser"
    assert mail.outbox == []


@pytest.mark.parametrize("name", ["administrator", "superuser"])
def test_nobody_sets_the_password_of_somebody_else(cast: Cast, client: Client, name: str) -> None:
    client.force_login(getattr(cast, name))
    typed = {"usable_password": "true", "password1": A_PASSWORD, "password2": A_PASSWORD, "set-password": "1"}
    fields = opened(client, page(cast.editor))

    # Where Django has its form for it; here it is no address, which the desk answers by leading to the person.
    client.post(page(cast.editor, "password"), typed)
    sent(client, page(cast.editor), fields, password=A_PASSWORD, password1=A_PASSWORD, password2=A_PASSWORD)

    assert fresh(cast.editor).check_password(PASSWORD)
    assert not fresh(cast.editor).check_password(A_PASSWORD)


def test_nobody_grants_a_role_to_themselves(cast: Cast, administrator: Client) -> None:
    fields = opened(administrator, page(cast.administrator))
    reviewer = str(Group.objects.get(name=MEDICAL_REVIEWER.name).pk)

    response = sent(administrator, page(cast.administrator), fields, groups=[reviewer])

    assert response.status_code == 302
    assert not fresh(cast.administrator).holds(MEDICAL_REVIEWER)
    assert fresh(cast.administrator).holds(ADMINISTRATOR)


def test_a_persons_page_says_all_in_the_words_of_the_desk(cast: Cast, administrator: Client) -> None:
    html = administrator.get(page(cast.reviewer)).content.decode()

    assert "<title>Test reviewer | Person | " in html
    assert "Last signed in" in html
    assert re.search(r"[0-9] [A-Z][a-z]+ [0-9]{4}, [0-9:]{5} UTC</div>", html)
    assert [words for words in ("historylink", "Save and", "Write “None”", "Last login") if words in html] == []


def test_nobody_declares_the_interests_of_somebody_else(cast: Cast, administrator: Client) -> None:
    fields = opened(administrator, page(cast.reviewer))

    sent(administrator, page(cast.reviewer), fields, interests="A grant", interests_declared_on="2026-02-03")

    assert fresh(cast.reviewer).interests == cast.reviewer.interests


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
        orcid="https://orcid.org/0000-0002-1825-0097",
        username="other",
        is_superuser="on",
        groups="1",
    )

    now = fresh(person)
    assert response["Location"] == ME
    assert (now.affiliation, now.orcid) == ("Test hospital", "0000-0002-1825-0097")
    assert (now.username, now.is_superuser) == (person.username, person.is_superuser)
    assert LogEntry.objects.get().user_id == person.pk
    event = AccountEvent.objects.get(person=person, by=person)
    assert (event.what, event.detail) == ("own-details-changed", "before: affiliation empty; ORCID iD empty")
    assert set(now.groups.all()) == set(person.groups.all())


def test_who_has_no_role_has_no_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.stranger)

    assert client.get(ME).status_code == 403


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"orcid": "0000-0002-1825-0098"}, "has a mistake in it"),
        ({"orcid": "not an iD"}, "is not an ORCID iD"),
        ({"display_name": "Test second-reviewer"}, "Somebody else who works here has this name."),
        (
            {"display_name": "Test \u202erewe\u202civer"},
            "characters that cannot be seen: U+202E, U+202C.",
        ),
        ({"credentials": "\u202eDM"}, "Credentials holds characters that cannot be seen: U+202E."),
        ({"display_name": ""}, "This field is required."),
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

    for url in (LIST, NEW, ME, page(cast.editor), page(cast.editor, "second-steps")):
        html = client.get(url).content.decode()
        for inline in ("<style", " style=", " onclick=", "<script>", "javascript:"):
            assert inline not in html, url
