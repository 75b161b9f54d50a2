"""Collects the static files when one of them has changed: naming and compressing all of them takes most of a start."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_when_changed() -> bool:
    """Collect into settings.STATIC_ROOT unless what lies there came from the same files; true when it did collect."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(f"{root.name}.stamp")
    found = _fingerprint()
    if root.is_dir() and stamp.exists() and stamp.read_text() == found:
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(found)
    return True


def _fingerprint() -> str:
    """Return a digest of the names, sizes and times of all sources, and of the way they are stored."""
    lines = [str(settings.STORAGES["staticfiles"]), str(settings.STATIC_URL)]
    for finder in get_finders():
        for path, storage in finder.list([]):
            place = Path(storage.path(path)).stat()
            lines.append(f"{path} {place.st_size} {place.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
