"""Keeps the secrets that stand in addresses out of the log."""

import logging
import re

SECRET_IN_A_PATH = re.compile(r"(/(?:shared|calendar)/)[^/\s?]+")
MASKED = r"\1…"


class WithoutSecrets(logging.Filter):
    """Masks the secret of a shared link or of a calendar in every message, whoever logs it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True for every record, with the secrets in it masked."""
        record.msg, record.args = SECRET_IN_A_PATH.sub(MASKED, record.getMessage()), ()
        return True
