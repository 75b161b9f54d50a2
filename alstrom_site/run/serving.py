"""Serves the site with granian, a worker beside it, until somebody stops it."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from alstrom_site.run.checks import LOOPBACK
from alstrom_site.run.running import write
from alstrom_site.run.speaking import CannotStart
from alstrom_site.run.worker import Worker

LONGEST_START = 60.0
LONGEST_STOP = 15.0
LOOK_EVERY = 0.2
# Each thread may hold one database connection; PostgreSQL allows 100 unless told otherwise.
THREADS = 8


def serve(port: int, *, held: int, when_ready: Callable[[], None]) -> None:
    """Serve until the server ends or an exception (a signal) stops us; no part of server or worker is left behind.

    `held` is the descriptor that keeps others from starting here; should we be killed, the server goes on holding it.
    A worker that ends by itself is named, and the site goes on.
    """
    server = subprocess.Popen(_command(port), start_new_session=True, pass_fds=[held])
    worker = None
    try:
        write(held, f"http://{LOOPBACK}:{port}/ {server.pid}")
        _wait_for_answer(server, port)
        worker = Worker()
        when_ready()
        while server.poll() is None:
            worker.say_when_ended()
            time.sleep(LOOK_EVERY)
        raise CannotStart(f"The server ended by itself with status {server.returncode}; its reason stands above.")
    finally:
        if worker is not None:
            worker.end()
        _end(server)


def _command(port: int) -> list[str]:
    options = ["--interface", "wsgi", "--host", LOOPBACK, "--port", str(port), "--workers", "1", "--no-ws"]
    quiet = ["--log-level", "error", "--blocking-threads", str(THREADS)]
    return [sys.executable, "-m", "granian", *options, *quiet, "alstrom_site.wsgi:application"]


def _wait_for_answer(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise CannotStart(f"The server ended with status {server.returncode}; its reason stands above.")
        if _answers(port):
            return
        time.sleep(0.1)
    raise CannotStart(f"The server has not answered within {LONGEST_START:.0f} seconds.")


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{LOOPBACK}:{port}/", timeout=10).close()
    except urllib.error.HTTPError as answer:
        answer.close()
        return True
    except OSError:
        return False
    return True


def _end(server: "subprocess.Popen[bytes]") -> None:
    server.terminate()
    try:
        server.wait(LONGEST_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
