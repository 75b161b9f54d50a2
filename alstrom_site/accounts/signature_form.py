"""The part of a form by which somebody signs what the rest of it says."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest

from alstrom_site.accounts.models import User
from alstrom_site.accounts.signing import (
    PASSKEY,
    PASSWORD,
    WRONG_PASSKEY,
    SignatureRefused,
    confirm_signature,
    ways_to_sign,
)


class SignatureForm(forms.Form):
    """Password, or the answer of a passkey. Its fields are named `signature-…`, beside those of any other form.

    Neither is ever shown again: who is refused for any reason types the password or uses the passkey anew.
    """

    prefix = "signature"
    password = forms.CharField(
        label="Your password",
        required=False,
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    credential = forms.CharField(
        required=False, max_length=20_000, widget=forms.HiddenInput(attrs={"data-passkey-credential": True})
    )

    def __init__(self, posted: Mapping[str, Any] | None = None, *, person: User) -> None:
        super().__init__(posted)
        ways = ways_to_sign(person)
        self.takes_password, self.takes_passkey = PASSWORD in ways, PASSKEY in ways

    @property
    def fresh_credential(self) -> str:
        """The hidden field, empty: an answer is good once."""
        return str(
            self.fields["credential"].widget.render("signature-credential", "", {"id": "id_signature-credential"})
        )

    def sign(self, request: HttpRequest, *, at: datetime) -> str:
        """Return by what the person signed, for the record; call it when everything else in the form is right.

        Raises SignatureRefused, and then shows the sentence beside the password.
        """
        try:
            if not self.is_valid():
                raise SignatureRefused(WRONG_PASSKEY)
            return confirm_signature(request, **self.cleaned_data, at=at)
        except SignatureRefused as refused:
            self.add_error("password", str(refused))
            raise
