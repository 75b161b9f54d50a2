"""Beside the password: passkeys and codes, for those who may come in and for nobody else."""

import json
import re
from typing import Any

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client, RequestFactory
from django.urls import reverse

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.accounts.signing import SignatureRefused, confirm_signature
from tests.cast import NOW, Cast, person
from tests.passkeys import TOUCHED, Passkey
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SECURITY = ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_change_password", "account_reauthenticate")


def by_passkey(client: Client, key: Passkey, **wrong: Any) -> Any:
    address = reverse("mfa_login_webauthn")
    options = client.get(address, headers={"accept": "application/json"}).json()["request_options"]
    return client.post(address, {"credential": key.answer(options, **wrong)})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def code_now() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(SECRET, counter)))


def test_a_passkey_alone_signs_in(cast: Cast, client: Client) -> None:
    response = by_passkey(client, Passkey(cast.reviewer).kept())

    assert response["Location"] == "/admin/"
    assert is_in(client)


def test_a_passkey_that_does_not_know_its_owner_signs_nobody_in(cast: Cast, client: Client) -> None:
    by_passkey(client, Passkey(cast.reviewer).kept(), flags=TOUCHED)

    assert not is_in(client)


def test_a_key_that_was_never_added_signs_nobody_in(cast: Cast, client: Client) -> None:
    by_passkey(client, Passkey(cast.reviewer))

    assert not is_in(client)


@pytest.mark.parametrize(("roles", "active"), [((), True), ((MEDICAL_REVIEWER,), False)])
def test_no_passkey_opens_what_is_closed_or_has_no_role(client: Client, roles: tuple[Any, ...], active: bool) -> None:
    somebody = person("somebody", *roles, active=active)

    response = by_passkey(client, Passkey(somebody).kept())

    assert response.status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize("given", ["right", "wrong"])
def test_who_has_an_app_gives_its_code_after_the_password(cast: Cast, client: Client, given: str) -> None:
    TOTP.activate(cast.editor, SECRET)

    first = sign_in(client, "editor", next="/admin/pages/article/")
    between = is_in(client)
    second = client.post(first["Location"], {"code": code_now() if given == "right" else "000000"})

    assert first["Location"].startswith(reverse("mfa_authenticate"))
    assert not between
    assert is_in(client) is (given == "right")
    assert second.status_code == (302 if given == "right" else 200)


def test_an_answer_given_to_sign_in_signs_no_review(cast: Cast, client: Client) -> None:
    key, address = Passkey(cast.reviewer).kept(), reverse("mfa_login_webauthn")
    options = client.get(address, headers={"accept": "application/json"}).json()["request_options"]
    request = RequestFactory().post("/admin/")
    request.user, request.session = cast.reviewer, client.session

    with context.request_context(request), pytest.raises(SignatureRefused):
        confirm_signature(request, credential=key.answer(options), at=NOW)


def test_security_is_changed_only_by_who_showed_the_password_a_moment_ago(cast: Cast, client: Client) -> None:
    Passkey(cast.reviewer).kept()
    key = Authenticator.objects.get(user=cast.reviewer)
    client.force_login(cast.reviewer)

    response = client.post(reverse("mfa_remove_webauthn", args=[key.pk]))

    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_nobody_touches_the_passkeys_of_somebody_else(cast: Cast, client: Client) -> None:
    Passkey(cast.reviewer).kept()
    key = Authenticator.objects.get(user=cast.reviewer)
    client.force_login(cast.editor)
    client.post(reverse("account_reauthenticate"), {"password": "a long test password"})

    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "mine"}).status_code == 404


def test_the_pages_hold_no_script_and_no_style_but_notes_for_the_browser(cast: Cast, client: Client) -> None:
    client.force_login(cast.reviewer)
    client.post(reverse("account_reauthenticate"), {"password": "a long test password"})

    for name in SECURITY:
        response = client.get(reverse(name))
        html = re.sub(r'<script id="[a-z-]+" type="application/json">', "", response.content.decode())
        assert response.status_code == 200, name
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=|src=.data:", html), name
        assert "script-src 'self'" in response["Content-Security-Policy"], name


def test_the_fresh_challenge_is_readable_for_the_browser(cast: Cast, client: Client) -> None:
    answer = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})

    options = json.loads(answer.content)["request_options"]["publicKey"]
    assert (options["rpId"], options["userVerification"]) == ("testserver", "required")
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]
