"""Signing: by password or passkey at the moment itself, refused in every other case, and not tried without end."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.core import context
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from alstrom_site.accounts import signing
from alstrom_site.accounts.models import User
from alstrom_site.accounts.signature_form import SignatureForm
from alstrom_site.accounts.signing import PASSKEY, PASSWORD, SignatureRefused, confirm_signature, passkey_options
from tests.cast import NOW, Cast
from tests.cast import PASSWORD as RIGHT
from tests.passkeys import TOUCHED, Passkey

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def known_request() -> Any:
    """Let allauth know a request, as its middleware does: the passkeys are for the host it names."""
    with context.request_context(RequestFactory().get("/")):
        yield


def request_of(person: User | AnonymousUser) -> HttpRequest:
    """A form that this person sends, in a session of their own."""
    request = RequestFactory().post("/admin/")
    request.user, request.session = person, SessionStore()
    return request


def refused(request: HttpRequest, at: Any = LATER, **given: str) -> str:
    with pytest.raises(SignatureRefused) as caught:
        confirm_signature(request, at=at, **given)
    return str(caught.value)


# By password


def test_the_password_signs_and_the_record_learns_that_it_did(cast: Cast) -> None:
    assert confirm_signature(request_of(cast.reviewer), password=RIGHT, at=NOW) == PASSWORD


@pytest.mark.parametrize("typed", ["wrong", RIGHT.upper(), f" {RIGHT}", f"{RIGHT} "])
def test_another_password_signs_nothing(cast: Cast, typed: str) -> None:
    assert refused(request_of(cast.reviewer), password=typed) == signing.WRONG_PASSWORD


def test_nothing_given_is_refused_and_counts_as_no_attempt(cast: Cast) -> None:
    request = request_of(cast.reviewer)

    for _ in range(6):
        assert refused(request) == signing.NOTHING_GIVEN
    assert confirm_signature(request, password=RIGHT, at=NOW) == PASSWORD


def test_somebody_closed_since_the_page_was_opened_signs_nothing(cast: Cast) -> None:
    Passkey(cast.reviewer).kept()
    request = request_of(cast.reviewer)
    User.objects.filter(pk=cast.reviewer.pk).update(is_active=False)

    assert refused(request, password=RIGHT).startswith("This account is closed.")
    with pytest.raises(SignatureRefused, match="This account is closed"):
        passkey_options(request, at=NOW)


def test_a_password_changed_meanwhile_is_the_one_that_counts(cast: Cast) -> None:
    request = request_of(cast.reviewer)
    other = User.objects.get(pk=cast.reviewer.pk)
    other.set_password("another long one")
    other.save()

    assert refused(request, password=RIGHT) == signing.WRONG_PASSWORD
    assert confirm_signature(request, password="another long one", at=NOW) == PASSWORD


def test_strangers_sign_nothing(cast: Cast) -> None:
    assert refused(request_of(AnonymousUser()), password=RIGHT)


def test_the_sixth_attempt_within_a_minute_waits_even_with_the_right_password(cast: Cast) -> None:
    request = request_of(cast.reviewer)
    for _ in range(5):
        assert refused(request, password="wrong") == signing.WRONG_PASSWORD

    assert refused(request_of(cast.reviewer), password=RIGHT) == signing.TOO_MANY
    assert confirm_signature(request_of(cast.second_reviewer), password=RIGHT, at=NOW) == PASSWORD


def test_after_a_signature_the_count_begins_again(cast: Cast) -> None:
    request = request_of(cast.reviewer)
    for _ in range(3):
        for _ in range(4):
            refused(request, password="wrong")
        assert confirm_signature(request, password=RIGHT, at=NOW) == PASSWORD


# By passkey


def test_a_passkey_signs_and_the_record_learns_that_it_did(cast: Cast) -> None:
    key, request = Passkey(cast.reviewer).kept(), request_of(cast.reviewer)

    answer = key.answer(passkey_options(request, at=NOW))

    assert confirm_signature(request, credential=answer, at=LATER) == PASSKEY


def test_the_browser_is_asked_for_this_persons_keys_and_for_their_owner(cast: Cast) -> None:
    mine, _theirs = Passkey(cast.reviewer).kept(), Passkey(cast.second_reviewer).kept()

    asked = passkey_options(request_of(cast.reviewer), at=NOW)["publicKey"]

    assert [one["id"] for one in asked["allowCredentials"]] == [mine.registration()["id"]]
    assert asked["userVerification"] == "required"
    json.dumps(dict(asked))


def test_who_has_no_passkey_is_told_so(cast: Cast) -> None:
    with pytest.raises(SignatureRefused, match="You have no passkey yet"):
        passkey_options(request_of(cast.reviewer), at=NOW)


def test_an_answer_signs_once(cast: Cast) -> None:
    key, request = Passkey(cast.reviewer).kept(), request_of(cast.reviewer)
    answer = key.answer(passkey_options(request, at=NOW))
    confirm_signature(request, credential=answer, at=LATER)

    assert refused(request, credential=answer) == signing.WRONG_PASSKEY


def test_an_answer_signs_once_even_when_two_requests_hold_the_same_session(cast: Cast) -> None:
    key, first = Passkey(cast.reviewer).kept(), request_of(cast.reviewer)
    answer = key.answer(passkey_options(first, at=NOW))
    second = request_of(cast.reviewer)
    second.session.update(first.session.items())

    assert confirm_signature(first, credential=answer, at=LATER) == PASSKEY
    assert refused(second, credential=answer) == signing.WRONG_PASSKEY


def test_a_challenge_given_to_another_session_signs_nothing(cast: Cast) -> None:
    key = Passkey(cast.reviewer).kept()
    answer = key.answer(passkey_options(request_of(cast.reviewer), at=NOW))

    assert refused(request_of(cast.reviewer), credential=answer) == signing.WRONG_PASSKEY


@pytest.mark.parametrize(("seconds", "signs"), [(299, True), (300, False), (3600, False)])
def test_a_challenge_is_good_for_five_minutes(cast: Cast, seconds: int, signs: bool) -> None:
    key, request = Passkey(cast.reviewer).kept(), request_of(cast.reviewer)
    answer, then = key.answer(passkey_options(request, at=NOW)), NOW + timedelta(seconds=seconds)

    if signs:
        assert confirm_signature(request, credential=answer, at=then) == PASSKEY
    else:
        assert refused(request, at=then, credential=answer) == signing.WRONG_PASSKEY


def test_the_passkey_of_somebody_else_signs_nothing(cast: Cast) -> None:
    Passkey(cast.reviewer).kept()
    theirs, request = Passkey(cast.second_reviewer).kept(), request_of(cast.reviewer)

    assert refused(request, credential=theirs.answer(passkey_options(request, at=NOW))) == signing.WRONG_PASSKEY


def test_a_key_that_claims_the_name_of_another_signs_nothing(cast: Cast) -> None:
    mine, request = Passkey(cast.reviewer).kept(), request_of(cast.reviewer)
    forged = Passkey(cast.reviewer, credential_id=mine.credential_id)

    assert refused(request, credential=forged.answer(passkey_options(request, at=NOW))) == signing.WRONG_PASSKEY


@pytest.mark.parametrize(
    "wrong", [{"origin": "https://elsewhere.invalid"}, {"host": "elsewhere.invalid"}, {"flags": TOUCHED}]
)
def test_an_answer_for_another_site_or_without_its_owner_signs_nothing(cast: Cast, wrong: dict[str, Any]) -> None:
    key, request = Passkey(cast.reviewer).kept(), request_of(cast.reviewer)

    answer = key.answer(passkey_options(request, at=NOW), **wrong)

    assert refused(request, credential=answer) == signing.WRONG_PASSKEY


@pytest.mark.parametrize(
    "credential",
    ["x", "{}", "[]", "null", "1", '{"id": 1}', '{"id":"AA","rawId":"AA","type":"public-key","response":{}}'],
)
def test_what_is_no_answer_signs_nothing(cast: Cast, credential: str) -> None:
    Passkey(cast.reviewer).kept()
    request = request_of(cast.reviewer)
    passkey_options(request, at=NOW)

    assert refused(request, credential=credential) == signing.WRONG_PASSKEY


def test_a_wrong_passkey_is_not_made_good_by_a_right_password_beside_it(cast: Cast) -> None:
    assert refused(request_of(cast.reviewer), password=RIGHT, credential="{}") == signing.WRONG_PASSKEY


def test_five_open_questions_are_kept_and_the_oldest_goes_first(cast: Cast) -> None:
    key, request = Passkey(cast.reviewer).kept(), request_of(cast.reviewer)
    answers = [key.answer(passkey_options(request, at=NOW)) for _ in range(6)]

    assert refused(request, credential=answers[0]) == signing.WRONG_PASSKEY
    assert [confirm_signature(request, credential=one, at=LATER) for one in answers[1:]] == [PASSKEY] * 5


# The part of a form


def test_the_form_signs_and_says_by_what(cast: Cast) -> None:
    form = SignatureForm({"signature-password": RIGHT}, person=cast.reviewer)

    assert form.sign(request_of(cast.reviewer), at=NOW) == PASSWORD


def test_the_form_shows_the_refusal_and_never_the_password(cast: Cast) -> None:
    form = SignatureForm({"signature-password": "wrong", "signature-credential": ""}, person=cast.reviewer)
    with pytest.raises(SignatureRefused):
        form.sign(request_of(cast.reviewer), at=NOW)

    html = render_to_string("components/signature.html", {"signature": form, "label": "Sign and record"})

    assert "This is not your password" in html
    assert 'aria-invalid="true"' in html
    assert "wrong" not in html
    assert "with a passkey" not in html


def test_an_answer_is_never_put_into_the_page_again(cast: Cast) -> None:
    Passkey(cast.reviewer).kept()
    form = SignatureForm({"signature-credential": '{"id": "spent"}'}, person=cast.reviewer)

    html = render_to_string("components/signature.html", {"signature": form, "label": "Sign and record"})

    assert "spent" not in html
    assert "Sign and record with a passkey" in html


def test_far_too_long_an_answer_is_refused_and_shown_as_such(cast: Cast) -> None:
    form = SignatureForm({"signature-credential": "x" * 20_001}, person=cast.reviewer)

    with pytest.raises(SignatureRefused):
        form.sign(request_of(cast.reviewer), at=NOW)


def test_the_page_asks_for_options_when_it_needs_them(cast: Cast, client: Client) -> None:
    Passkey(cast.reviewer).kept()
    client.force_login(cast.reviewer)
    address = reverse("account_signature_options")

    first, second = client.post(address).json(), client.post(address).json()

    assert first["request_options"]["publicKey"]["challenge"] != second["request_options"]["publicKey"]["challenge"]
    client.force_login(cast.editor)
    assert client.post(address).status_code == 409


def test_options_are_given_to_nobody_from_another_site(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.reviewer)

    assert strict.post(reverse("account_signature_options")).status_code == 403
