"""Signing in as people do, by the form."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: Any) -> Any:
    """Send the sign-in form and return the response."""
    return client.post(reverse("account_login"), {"login": name, "password": password, **more})
