"""What the sign-in screens ask, beside what allauth's own forms do."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ResetPasswordForm
from django.http import HttpRequest


class SignInForm(LoginForm):
    """User name or e-mail address, and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label, kind in (
            ("login", "User name or e-mail address", "username"),
            ("password", "Password", "current-password"),
        ):
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.widget.attrs = {"autocomplete": kind}
        # A passkey may be offered in the list that the browser shows here.
        self.fields["login"].widget.attrs["autocapitalize"] = "none"


class NewPasswordLinkForm(ResetPasswordForm):
    """The address to which a link to set a password is sent. Known or not, it gets a mail, so nobody learns which."""

    def save(self, request: HttpRequest, **options: Any) -> str:
        """Send the link, or a mail that says there is no account; return the address."""
        if self.users:
            return str(super().save(request, **options))
        address = str(self.cleaned_data["email"])
        get_adapter().send_mail("account/email/unknown_account", address, {})
        return address
