"""What can be seen to be wrong before any slow work."""

import errno
import os
import socket
from collections.abc import Mapping

from alstrom_site.database_address import parse_database_address
from alstrom_site.run.speaking import CannotStart

LOOPBACK = "127.0.0.1"
USUAL_PORT = "8000"
SECONDS_FOR_DATABASE = 5.0


def port_number(environment: Mapping[str, str] = os.environ) -> int:
    """Return the port that PORT asks for; CannotStart when that is no port."""
    asked = environment.get("PORT", "").strip() or USUAL_PORT
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked) <= 65535):
        raise CannotStart(f'PORT must be a number from 1 to 65535, not "{asked}".')
    return int(asked)


def refuse_port_in_use(port: int) -> None:
    """Raise CannotStart when the site could not listen on `port`."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do, so that connections just closed do not count as a program that listens.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
            probe.listen(1)
        except OSError as problem:
            raise CannotStart(_why_not(port, problem)) from problem


def refuse_unreachable_database(environment: Mapping[str, str] = os.environ) -> None:
    """Raise CannotStart when DATABASE_URL is broken or nothing listens there; do nothing when it is not set."""
    url = environment.get("DATABASE_URL", "").strip()
    if not url:
        return
    try:
        entry = parse_database_address(url)
    except ValueError as problem:
        raise CannotStart(f"DATABASE_URL {problem}") from problem
    host, port = entry["HOST"], entry["PORT"] or "5432"
    # Sockets of the file system and lists of hosts are left to libpq, which knows their rules.
    if not host or host.startswith(("/", "@")) or "," in host:
        return
    try:
        socket.create_connection((host, int(port)), timeout=SECONDS_FOR_DATABASE).close()
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise CannotStart(f"The database of DATABASE_URL at {host}:{port} cannot be reached: {reason}.") from problem


def _why_not(port: int, problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program; stop that one, or choose another port: make run PORT=8001"
    return f"The site cannot listen on port {port}: {problem.strerror}; choose another port: make run PORT=8001"
