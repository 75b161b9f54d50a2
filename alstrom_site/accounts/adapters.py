"""Where allauth asks how this site does things: who comes in, where links lead, what it says."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from alstrom_site.accounts.entrance import refusal_to_enter
from alstrom_site.accounts.models import User

TOO_MANY = "Too many attempts failed. Wait a few minutes, then try again."
WRONG_SIGN_IN = "Name and password do not fit together. Check both, or ask for a link to set another password."
DESK = f"{settings.SITE_NAME}: editors’ desk"


class DeskAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves; only open accounts with a role come in; nobody is sent elsewhere."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG_SIGN_IN,
        "username_password_mismatch": WRONG_SIGN_IN,
        "too_many_login_attempts": TOO_MANY,
        "enter_current_password": "This is not your password. Write the one you sign in with now.",
        "incorrect_password": "This is not your password. Write the one you sign in with now.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: administrators make people."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Return whether `url` is a path of this site; no other host is ever safe."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **options: Any) -> HttpResponse | None:
        """Turn away, by whatever means they signed in, those whose account is closed or has no role."""
        return self.respond_user_inactive(request, user) if _refusal(user) else None

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Say to somebody who proved who they are why they do not come in."""
        reason = {"reason": _refusal(user)}
        return TemplateResponse(request, "account/account_inactive.html", reason, status=403)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail, with a request or without; each knows where a link to another password is asked for."""
        ask = settings.SITE_URL + reverse("account_reset_password")
        self.render_mail(template_prefix, email, {"reset_url": ask, **context}).send()

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address in the mail. It names the site, whatever host the request named."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)


class DeskMFAAdapter(DefaultMFAAdapter):
    """How passkeys and authenticator apps name this site and its people."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That did not work. Try again with a new code, or with another of your ways to sign in.",
    }

    def _get_site_name(self) -> str:
        return DESK

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return str(user.get_username())

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Return a name that a passkey gets whose owner gives it none."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"Passkey {number}"

    def build_totp_svg(self, url: str) -> str:
        """Return the square to scan, as SVG to stand in the page: a picture in a `data:` address is not let through."""
        drawn = str(super().build_totp_svg(url))
        return drawn[drawn.index("<svg") :]


def _refusal(user: AbstractBaseUser) -> str:
    return refusal_to_enter(cast("User", user))
