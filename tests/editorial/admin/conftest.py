"""Fixtures of the tests of the desk."""

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.fixture
def editor(cast: Cast, client: Client) -> Client:
    """A browser in which the editor is signed in."""
    client.force_login(cast.editor)
    return client
