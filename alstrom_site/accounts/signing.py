"""Signing: who is signed in proves once more, at the moment of signing, who they are, by password or by passkey.

Call it outside a transaction: a failed attempt stays counted, whatever happens afterwards.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.cache import cache
from django.http import HttpRequest
from fido2.utils import websafe_encode
from fido2.webauthn import AuthenticationResponse, UserVerificationRequirement

from alstrom_site.accounts.entrance import CLOSED
from alstrom_site.accounts.models import User

PASSWORD = "password"  # noqa: S105 the name of a way to sign
PASSKEY = "passkey"

NOTHING_GIVEN = "Sign with your password or a passkey. What you wrote is still here."
WRONG_PASSWORD = "This is not your password, so nothing was signed. Write it again; what you wrote is still here."  # noqa: S105 a sentence
WRONG_PASSKEY = (
    "The passkey did not fit, or its question was too old, so nothing was signed. Use it again, or your password; "
    "what you wrote is still here."
)
TOO_MANY = (
    "Signing failed five times within a minute, so it waits. Try again in a minute; what you wrote is still here."
)

# A challenge is asked for at the click that uses it.
_LASTS = timedelta(minutes=5)
_MOST_AT_ONCE = 5
_IN_SESSION = "accounts.signature"


class SignatureRefused(Exception):
    """Nobody signed; the text is a sentence for the person."""


def ways_to_sign(person: User) -> tuple[str, ...]:
    """Return by what this person can sign: PASSWORD, PASSKEY, both or nothing."""
    keys = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    return (*((PASSWORD,) if person.has_usable_password() else ()), *((PASSKEY,) if keys.exists() else ()))


def passkey_options(request: HttpRequest, *, at: datetime) -> dict[str, Any]:
    """Return what `navigator.credentials.get` is asked with, in JSON's terms; its challenge is good once, for minutes.

    Raises SignatureRefused when the person has no passkey. Names as in Web Authentication Level 2, section 5.5.
    """
    person = _signer(request)
    keys = webauthn.get_credentials(person)
    if not keys:
        raise SignatureRefused("You have no passkey yet. Sign with your password, or add one under Security.")
    # Whoever holds the device is not enough for a signature: it has to know its owner.
    options, state = webauthn.get_server().authenticate_begin(keys, UserVerificationRequirement.REQUIRED)
    _keep(request, state, until=at + _LASTS, at=at)
    return dict(options)


def confirm_signature(request: HttpRequest, *, password: str = "", credential: str = "", at: datetime) -> str:
    """Return by what the person proved who they are, PASSWORD or PASSKEY, for the record to show.

    `credential` is the browser's answer as JSON. Raises SignatureRefused with a sentence; attempts are counted, five
    in a minute for one person.
    """
    person = _signer(request)
    if not password and not credential:
        raise SignatureRefused(NOTHING_GIVEN)
    if not ratelimit.consume(request, action="signature", user=person):
        raise SignatureRefused(TOO_MANY)
    way = _by_passkey(request, person, credential, at=at) if credential else _by_password(person, password)
    ratelimit.clear(request, action="signature", user=person)
    return way


def _signer(request: HttpRequest) -> User:
    """The person as the database knows them now, which may be less than the session does."""
    person = User.objects.filter(pk=request.user.pk or 0, is_active=True).first()
    if person is None:
        raise SignatureRefused(CLOSED)
    return person


def _by_password(person: User, password: str) -> str:
    if not person.check_password(password):
        raise SignatureRefused(WRONG_PASSWORD)
    return PASSWORD


def _by_passkey(request: HttpRequest, person: User, credential: str, *, at: datetime) -> str:
    try:
        answer = json.loads(credential)
        challenge = websafe_encode(AuthenticationResponse.from_dict(answer).response.client_data.challenge)
        state = _taken(request, challenge, at=at)
        used = webauthn.get_server().authenticate_complete(state, webauthn.get_credentials(person), answer)
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        raise SignatureRefused(WRONG_PASSKEY) from wrong
    key = webauthn.get_authenticator_by_credential_id(person, used.credential_id)
    if key is not None:
        key.record_usage()
    return PASSKEY


def _keep(request: HttpRequest, state: Mapping[str, Any], *, until: datetime, at: datetime) -> None:
    kept = {name: one for name, one in _kept(request).items() if datetime.fromisoformat(one["until"]) > at}
    newest = dict(list(kept.items())[1 - _MOST_AT_ONCE :])
    request.session[_IN_SESSION] = {
        **newest,
        state["challenge"]: {"state": dict(state), "until": until.isoformat()},
    }


def _taken(request: HttpRequest, challenge: str, *, at: datetime) -> dict[str, Any]:
    """The state of a challenge that was given to this session, never twice; ValueError when there is none."""
    kept = _kept(request)
    found = kept.pop(challenge, None)
    request.session[_IN_SESSION] = kept
    # Two requests at once read the session before either writes it; only one of them adds this.
    unused = cache.add(f"signature-challenge:{challenge}", True, timeout=2 * _LASTS.total_seconds())
    if found is None or not unused or datetime.fromisoformat(found["until"]) <= at:
        raise ValueError("This challenge was not given, was used, or is too old.")
    state: dict[str, Any] = found["state"]
    return state


def _kept(request: HttpRequest) -> dict[str, Any]:
    return dict(request.session.get(_IN_SESSION, {}))
