"""What the log says of an address that holds a secret."""

import logging
from typing import Any

import pytest

from alstrom_site.log_secrets import WithoutSecrets


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Not Found: /shared/abc-DEF_123/", "Not Found: /shared/…/"),
        ("Gone: /calendar/abc123.ics", "Gone: /calendar/…"),
        ("/shared/one/comments/ and /shared/two/", "/shared/…/comments/ and /shared/…/"),
        ("Not Found: /articles/shared/", "Not Found: /articles/shared/"),
    ],
)
def test_a_secret_in_an_address_is_masked(message: str, said: str) -> None:
    reason, _, path = message.partition(": ")
    record = logging.LogRecord("test", logging.WARNING, __file__, 1, "%s: %s" if path else "%s%s", (reason, path), None)

    assert WithoutSecrets().filter(record)
    assert record.getMessage() == said


def test_the_console_is_told_no_secrets(settings: Any) -> None:
    logged = settings.LOGGING

    assert "without_secrets" in logged["handlers"]["console"]["filters"]
