"""Where the socket of the embedded server lies."""

import hashlib
import os
import stat
from pathlib import Path

SOCKET_NAME = ".s.PGSQL.5432"
# sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included; PostgreSQL adds ".lock" beside it.
LONGEST_PATH = 98


def socket_folder(folder: Path) -> Path:
    """Return the folder of the socket: inside `folder`, or a private one under /tmp when that path cannot be used.

    A path is of no use when it is too long for a socket, or has a comma (libpq reads a list of hosts).
    """
    inside = folder / "socket"
    if len(os.fsencode(inside / SOCKET_NAME)) <= LONGEST_PATH and "," not in str(inside):
        return inside
    mark = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    # Not tempfile.gettempdir(): every process must find the same folder, and that of macOS is too long itself.
    return Path("/tmp") / f"alstrom-{os.getuid()}-{mark}"  # noqa: S108 - private_folder checks who owns it


def private_folder(path: Path, uid: int, gid: int) -> None:
    """Make `path` a folder that only the account `uid` (and root) may enter; OSError when another account holds it."""
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {uid, os.geteuid()}:
        raise PermissionError(f"{path} belongs to another account")
    if (found.st_uid, found.st_gid) != (uid, gid) and os.geteuid() == 0:
        os.chown(path, uid, gid, follow_symlinks=False)
    if stat.S_IMODE(found.st_mode) != 0o700:
        path.chmod(0o700)
