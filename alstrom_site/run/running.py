"""The one site that may run in a checkout: it is found by a lock, which ends with whoever holds it."""

import fcntl
import os
from pathlib import Path

from alstrom_site.run.speaking import CannotStart

LOCK = Path(__file__).resolve().parents[2] / "var" / "running"


def refuse_second_start(lock: Path = LOCK) -> None:
    """Raise CannotStart with the address and the process when a site of this checkout runs already."""
    os.close(_locked(lock))


def hold(address: str, lock: Path = LOCK) -> int:
    """Take the checkout for the site at `address`; return the descriptor that holds it as long as it is open.

    The web server is given it too, so that a server left behind by a killed start is found and named.
    """
    descriptor = _locked(lock)
    os.set_inheritable(descriptor, True)
    write(descriptor, f"{address} {os.getpid()}")
    return descriptor


def write(descriptor: int, words: str) -> None:
    """Say in the lock's file who holds it."""
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, words.encode(), 0)


def _locked(lock: Path) -> int:
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        address, _, number = os.pread(descriptor, 200, 0).decode(errors="replace").partition(" ")
        os.close(descriptor)
        raise CannotStart(
            f"The site of this checkout runs already, at {address}; stop it there with Ctrl-C, or with: kill {number}"
        ) from None
    return descriptor
