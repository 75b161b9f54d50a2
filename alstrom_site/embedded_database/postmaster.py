"""One run of the server program: started, found, asked whether it answers, stopped."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from alstrom_site.embedded_database.account import Account
from alstrom_site.embedded_database.sockets import SOCKET_NAME
from alstrom_site.environment import EnvironmentProblem

SUPERUSER = "postgres"
# Recovery after a power cut reads the log of the last minutes; a start that needs longer is stuck.
LONGEST_START = 90.0
LONGEST_STOP = 30.0


class EmbeddedDatabaseProblem(EnvironmentProblem):
    """The embedded PostgreSQL cannot be used; the text is one sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Place:
    """Where one embedded server keeps what it has."""

    programs: Path
    cluster: Path
    sockets: Path
    log: Path

    def command(self, *, durable: bool) -> list[str]:
        """Return the command line of the server: reachable through its socket only."""
        quoted = str(self.sockets).replace('"', '""')
        settings = ["listen_addresses=", f'unix_socket_directories="{quoted}"', "port=5432", "timezone=UTC"]
        if not durable:
            settings += ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]
        options = [part for setting in settings for part in ("-c", setting)]
        return [str(self.programs / "postgres"), "-D", str(self.cluster), *options]


def connect(place: Place, *, user: str, name: str) -> psycopg.Connection:
    """Return a connection to the database `name`, every statement its own transaction."""
    return psycopg.connect(host=str(place.sockets), port=5432, user=user, dbname=name, autocommit=True)


def answers(place: Place) -> bool:
    """Whether a server takes connections at this place now."""
    try:
        connect(place, user=SUPERUSER, name="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def running(place: Place) -> psutil.Process | None:
    """Return the server that runs on this data, if one does.

    The number in postmaster.pid proves nothing after a kill or a restart of the machine: another program may have it
    by now. PostgreSQL works inside its data folder, and nothing else has reason to.
    """
    try:
        found = psutil.Process(int((place.cluster / "postmaster.pid").read_text().split("\n", 1)[0]))
        at_home = os.path.samefile(found.cwd(), place.cluster)
        return found if at_home and found.status() != psutil.STATUS_ZOMBIE else None
    except (FileNotFoundError, ValueError, psutil.Error):
        return None


def launch(place: Place, account: Account, *, durable: bool) -> subprocess.Popen[bytes]:
    """Start a server and return it when it answers; raise EmbeddedDatabaseProblem when it does not."""
    deadline = time.monotonic() + LONGEST_START
    while True:
        _forget_dead_server(place)
        started = _start(place, account, durable=durable)
        if _wait_for_answer(place, started, deadline):
            return started
        # Sessions of a killed server take a moment to notice; until then the memory they share is refused to us.
        if "still in use" not in last_words(place) or time.monotonic() > deadline:
            raise EmbeddedDatabaseProblem(f"The embedded PostgreSQL does not start: {last_words(place)}")
        time.sleep(0.5)


def wait_for(place: Place, found: psutil.Process) -> bool:
    """Wait while a server that another program started gets ready; false when it ends or never answers."""
    deadline = time.monotonic() + LONGEST_START
    while found.is_running() and time.monotonic() < deadline:
        if answers(place):
            return True
        if not (place.sockets / SOCKET_NAME).exists() and time.time() - found.create_time() > LONGEST_STOP:
            return False
        time.sleep(0.05)
    return False


def stop(found: psutil.Process) -> None:
    """End the server: sessions are closed, what was committed is on disk."""
    for ending in (signal.SIGINT, signal.SIGQUIT):
        try:
            found.send_signal(ending)
            if _ends_within(found, LONGEST_STOP):
                return
        except psutil.NoSuchProcess:
            return


def _ends_within(found: psutil.Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        # Ended, but not yet taken notice of by the program that started it.
        if not found.is_running() or found.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


def last_words(place: Place) -> str:
    """Return the last line with a reason in the server's log."""
    try:
        lines = place.log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return "it left no log."
    reasons = [line for line in lines if "FATAL" in line or "PANIC" in line or "rror:" in line]
    return (reasons or lines or ["it left no word in its log."])[-1].strip()


def _start(place: Place, account: Account, *, durable: bool) -> subprocess.Popen[bytes]:
    with place.log.open("wb") as log:
        return subprocess.Popen(
            [*account.prefix, *place.command(durable=durable)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=place.programs,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            start_new_session=True,  # Ctrl-C in the terminal is for the program that uses us
            **account.popen_arguments,
        )


def _wait_for_answer(place: Place, started: subprocess.Popen[bytes], deadline: float) -> bool:
    while started.poll() is None and time.monotonic() < deadline:
        if answers(place):
            return True
        time.sleep(0.03)
    return False


def _forget_dead_server(place: Place) -> None:
    for left in (place.cluster / "postmaster.pid", place.sockets / SOCKET_NAME, place.sockets / f"{SOCKET_NAME}.lock"):
        left.unlink(missing_ok=True)
