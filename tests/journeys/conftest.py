"""Fixtures of the journeys."""

from typing import Any

import pytest
from django.core.management import call_command


@pytest.fixture
def starter_content(db: None, settings: Any) -> None:
    """All starter content, live. The commands make demonstration accounts on the embedded database only."""
    settings.EMBEDDED_DATABASE = True
    call_command("create_demonstration_accounts", verbosity=0)
    call_command("import_content", "--starter", verbosity=0)
