"""Runs a command with DATABASE_URL of a throw-away cluster made by a stock PostgreSQL of this machine."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ADVICE = (
    "No PostgreSQL server programs are installed; the stock run needs them. "
    "Install them, on Debian or Ubuntu with: sudo apt install postgresql"
)
OLDEST = 15


def main(command: Sequence[str]) -> int:
    """Make a cluster, run `command` on it, take it away again; return the command's exit status."""
    programs = find_programs()
    if programs is None:
        sys.stderr.write(f"{ADVICE}\n")
        return 1
    with cluster(programs) as url:
        _say(f"Tests run on the PostgreSQL of {programs}")
        finished = subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False)
    return finished.returncode


def find_programs() -> Path | None:
    """Return the folder of the oldest stock PostgreSQL we support that is installed: there a difference shows first."""
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found = shutil.which("initdb")
    if found is not None:
        installed.append(Path(found).resolve().parent)
    fit = [(number, folder) for folder in installed if (number := _major(folder)) >= OLDEST]
    return min(fit, default=(0, None))[1]


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Give the address of a new cluster, reachable through its socket only; nothing of it is left afterwards."""
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="stock-", dir="/tmp"))
    if account:
        os.chown(folder, account["user"], account["group"])
    place = ["-D", str(folder / "data")]
    try:
        options = ["--username=alstrom_admin", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        _run([str(programs / "initdb"), *place, *options], account)
        settings = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
        _run([str(programs / "pg_ctl"), *place, "-w", "-l", str(folder / "log"), "-o", settings, "start"], account)
        try:
            yield _make_database(programs, folder)
        finally:
            _run([str(programs / "pg_ctl"), *place, "-w", "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_database(programs: Path, folder: Path) -> str:
    psql = [str(programs / "psql"), "-qX", "-h", str(folder), "-U", "alstrom_admin", "-d", "postgres"]
    # No superuser, as on a real site.
    _run([*psql, "-c", "CREATE ROLE alstrom LOGIN CREATEDB", "-c", "CREATE DATABASE alstrom OWNER alstrom"], {})
    return f"postgres://alstrom@/alstrom?host={folder}"


def _account() -> dict[str, Any]:
    """Return what makes a command run as somebody else than root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _major(folder: Path) -> int:
    words = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False)
    number = (words.stdout.split() or ["0"])[2 if words.stdout else 0].split(".")[0]
    return int(number) if number.isdigit() else 0


def _run(command: list[str], account: dict[str, Any]) -> None:
    # Output goes to nowhere that the started server would keep open.
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/", check=True, **account)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
