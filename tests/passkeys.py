"""A passkey without a browser: it makes and signs what a device would, by the same mathematics."""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from alstrom_site.accounts.models import User

HOST = "testserver"
ORIGIN = f"https://{HOST}"
TOUCHED = AuthenticatorData.FLAG.UP
OWNER_KNOWN = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


@dataclass
class Passkey:
    """One key of one person, on a device that knows its owner unless told otherwise."""

    owner: User
    credential_id: bytes = field(default_factory=lambda: os.urandom(16))
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def registration(self, challenge: bytes = b"at some time before") -> dict[str, Any]:
        """What the browser would have sent when the key was made."""
        point = self.private.public_key().public_numbers()
        # The key in COSE's terms (RFC 9053, section 7.1.1): curve P-256 and the two coordinates.
        public = ES256({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})
        attested = AttestedCredentialData.create(Aaguid.NONE, self.credential_id, public)
        flags = OWNER_KNOWN | AuthenticatorData.FLAG.AT
        made = AuthenticatorData.create(sha256(HOST.encode()).digest(), flags, 0, attested)
        said = CollectedClientData.create(CollectedClientData.TYPE.CREATE, challenge, ORIGIN)
        return self._spelled(
            clientDataJSON=websafe_encode(bytes(said)),
            attestationObject=websafe_encode(bytes(AttestationObject.create("none", made, {}))),
        )

    def kept(self) -> "Passkey":
        """Put it with its owner's passkeys, as if it had been added before."""
        what = {"name": "Test key", "credential": self.registration()}
        Authenticator.objects.create(user=self.owner, type=Authenticator.Type.WEBAUTHN, data=what)
        return self

    def answer(
        self, options: dict[str, Any], *, origin: str = ORIGIN, host: str = HOST, flags: Any = OWNER_KNOWN
    ) -> str:
        """What the browser would send, as JSON, when asked with these options."""
        challenge = websafe_decode(options["publicKey"]["challenge"])
        seen = AuthenticatorData.create(sha256(host.encode()).digest(), flags, 0)
        said = CollectedClientData.create(CollectedClientData.TYPE.GET, challenge, origin)
        signature = self.private.sign(bytes(seen) + said.hash, ec.ECDSA(SHA256()))
        spelled = self._spelled(
            clientDataJSON=websafe_encode(bytes(said)),
            authenticatorData=websafe_encode(bytes(seen)),
            signature=websafe_encode(signature),
            userHandle=websafe_encode(user_pk_to_url_str(self.owner).encode()),
        )
        return json.dumps(spelled)

    def _spelled(self, **response: str) -> dict[str, Any]:
        name = websafe_encode(self.credential_id)
        results = {"credProps": {"rk": True}}
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": results,
        }
