"""Files of text that a command is given by name."""

import sys
from pathlib import Path

from django.core.management.base import CommandError


def read_text(file: str) -> str:
    """Return what stands in a file in UTF-8, "-" for standard input, without a byte order mark.

    Raise CommandError with a sentence where it cannot be read.
    """
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8 text.") from error
