"""Signing in and out: who comes in, where it leads, what is said, and how often one may try."""

import re
from urllib.parse import quote

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from alstrom_site.accounts.models import User
from tests.cast import PASSWORD, Cast, person
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

DESK = "/admin/"
SIGN_IN = "/admin/account/login/"
WRONG = "Name and password do not fit together."


def is_in(client: Client) -> bool:
    return client.get(DESK).status_code == 200


def said(response: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", getattr(response, "content", b"").decode()).split())


@pytest.mark.parametrize("name", ["editor", "reviewer", "publisher", "administrator", "everything", "superuser"])
@pytest.mark.parametrize("typed", ["{}", "{}@test.invalid", " {}@Test.Invalid "])
def test_everybody_with_a_role_signs_in_by_name_or_by_address(
    cast: Cast, client: Client, name: str, typed: str
) -> None:
    response = sign_in(client, typed.format(name))

    assert response["Location"] == DESK
    assert is_in(client)


@pytest.mark.parametrize("name", ["editor", "nobody", "editor@test.invalid", "nobody@test.invalid"])
def test_nobody_learns_from_a_wrong_password_which_names_exist(cast: Cast, client: Client, name: str) -> None:
    response = sign_in(client, name, "not the password")

    assert response.status_code == 200
    assert WRONG in said(response)
    assert not is_in(client)


def test_what_was_typed_as_a_name_is_given_back_and_the_password_is_not(cast: Cast, client: Client) -> None:
    html = sign_in(client, "editor", "not the password").content.decode()

    assert 'value="editor"' in html
    assert "not the password" not in html


def test_a_closed_account_is_told_so_only_with_the_right_password(client: Client) -> None:
    person("closed", active=False)

    assert "This account is closed." in said(sign_in(client, "closed"))
    assert WRONG in said(sign_in(client, "closed", "not the password"))
    assert "_auth_user_id" not in client.session


def test_an_account_without_a_role_is_told_what_to_do(cast: Cast, client: Client) -> None:
    response = sign_in(client, "stranger")

    assert response.status_code == 403
    assert "This account has no role at the desk. Ask an administrator for one." in said(response)
    assert "_auth_user_id" not in client.session


def test_who_is_closed_while_signed_in_is_out_at_the_next_page(cast: Cast, client: Client) -> None:
    sign_in(client, "editor")
    User.objects.filter(pk=cast.editor.pk).update(is_active=False)

    assert client.get(DESK).status_code == 302


# Where it leads


def test_djangos_own_address_leads_to_ours_and_remembers_where_one_wanted_to_go(client: Client) -> None:
    first = client.get("/admin/pages/article/?status=draft")
    second = client.get(first["Location"])

    assert first["Location"].startswith("/admin/login/")
    assert second["Location"] == f"{SIGN_IN}?next={quote('/admin/pages/article/?status=draft', safe='')}"


def test_after_signing_in_one_is_where_one_wanted_to_go(cast: Cast, client: Client) -> None:
    response = sign_in(client, "editor", next="/admin/pages/article/?status=draft")

    assert response["Location"] == "/admin/pages/article/?status=draft"


@pytest.mark.parametrize(
    "hostile",
    [
        "https://elsewhere.invalid/",
        "//elsewhere.invalid/",
        "/\\elsewhere.invalid/",
        "///elsewhere.invalid/",
        "http:///elsewhere.invalid/",
        "javascript:alert(1)",
        "\thttps://elsewhere.invalid/",
        "http://localhost/admin/",
        "http://testserver@elsewhere.invalid/",
        "elsewhere.invalid",
    ],
)
def test_nobody_is_sent_elsewhere(cast: Cast, client: Client, hostile: str) -> None:
    by_django = client.get("/admin/login/", {"next": hostile})
    signed_in = sign_in(client, "editor", next=hostile)
    signed_in_already = client.get(SIGN_IN, {"next": hostile})

    assert by_django["Location"] == SIGN_IN
    assert signed_in["Location"] == DESK
    assert signed_in_already["Location"] == DESK


def test_signing_out_asks_first_and_then_ends_the_session(cast: Cast, client: Client) -> None:
    sign_in(client, "editor")

    assert "Sign out?" in said(client.get("/admin/account/logout/"))
    assert is_in(client)

    response = client.post("/admin/account/logout/", {"next": "https://elsewhere.invalid/"})

    assert response["Location"] == SIGN_IN
    assert not is_in(client)


# Sessions and tokens


def test_the_session_gets_another_key_by_signing_in(cast: Cast, client: Client) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["sessionid"] = str(session.session_key)

    sign_in(client, "editor")

    assert client.session.session_key != session.session_key
    assert not type(session)(session_key=session.session_key).exists(str(session.session_key))


def test_cookies_are_for_the_desk_alone_and_out_of_reach_of_scripts(cast: Cast, client: Client) -> None:
    client.get(SIGN_IN)
    sign_in(client, "editor")

    for name in (site_settings.SESSION_COOKIE_NAME, site_settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax"), name
    assert client.cookies["sessionid"]["max-age"] == ""


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_logout", "account_reset_password", "mfa_login_webauthn", "account_change_password"],
)
def test_a_form_without_its_token_does_nothing(cast: Cast, name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.editor)

    response = strict.post(reverse(name), {"login": "editor", "password": PASSWORD})

    assert response.status_code == 403


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_confirm_email", "account_inactive"])
def test_nobody_signs_up_or_sets_their_own_address(client: Client, name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


# How often one may try


def test_the_sixth_wrong_password_for_one_name_is_not_even_looked_at(cast: Cast, client: Client) -> None:
    for _ in range(5):
        assert WRONG in said(sign_in(client, "editor", "not the password"))

    assert "Too many attempts failed." in said(sign_in(client, "editor"))
    assert "Too many attempts failed." in said(sign_in(client, "EDITOR"))
    assert sign_in(client, "reviewer").status_code == 302


def test_one_place_tries_ten_names_in_a_minute_and_no_more(cast: Cast, client: Client) -> None:
    for number in range(10):
        assert WRONG in said(sign_in(client, f"guess-{number}", "not the password"))

    assert "Too many attempts failed." in said(sign_in(client, "editor"))


def test_attempts_are_counted_in_the_database_which_all_workers_share(cast: Cast, client: Client) -> None:
    sign_in(client, "editor", "not the password")

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM site_cache WHERE cache_key LIKE %s", ["%login_failed%"])
        # One count for the place, one for the name.
        assert cursor.fetchone() == (2,)


def test_an_attempt_that_succeeds_counts_for_nothing(cast: Cast, client: Client) -> None:
    for _ in range(4):
        sign_in(client, "editor", "not the password")
    sign_in(client, "editor")
    sign_in(Client(), "editor", "not the password")

    assert "Too many attempts failed." in said(sign_in(Client(), "editor"))
