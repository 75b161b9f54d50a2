"""The key for signing of a site that runs for one person on this machine only."""

import os
import secrets
from pathlib import Path


def local_secret(path: Path) -> str:
    """Return the key kept in `path`, made at the first call; nobody else may read the file."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(64)
    with os.fdopen(file, "w", encoding="ascii") as opened:
        opened.write(f"{key}\n")
    return key
