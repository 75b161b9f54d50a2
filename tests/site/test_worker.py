"""The worker of `make run`: it ends with the site, and the site goes on without it and says so."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import psutil
import pytest
from procrastinate import App

from alstrom_site.run import serving, worker
from alstrom_site.run.running import hold
from alstrom_site.run.serving import serve
from alstrom_site.run.worker import Worker
from tests.site.test_run import free_port

# Stand-ins: what is tested is who ends with whom, and that takes no database.
IDLE = (sys.executable, "-c", "import sys; sys.stdin.buffer.read()")
STARTS_ONE = """
import sys
from alstrom_site.run import worker
worker.COMMAND = (sys.executable, "-c", "import sys; sys.stdin.buffer.read()")
print(worker.Worker().pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def idle_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Worker]]:
    """A worker that waits, and every worker that was started."""
    started: list[Worker] = []

    class Noted(Worker):
        def __init__(self) -> None:
            super().__init__()
            started.append(self)

    monkeypatch.setattr(worker, "COMMAND", IDLE)
    monkeypatch.setattr(serving, "Worker", Noted)
    yield started
    for each in started:
        each.end()


def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, seconds: float, then: signal.Signals) -> None:
    """Serve something for some seconds until it is interrupted."""
    port = free_port()
    command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)]
    monkeypatch.setattr(serving, "_command", lambda _: command)
    interrupt = threading.Timer(seconds, os.kill, (os.getpid(), then))
    serve(port, held=hold("here", tmp_path / "running"), when_ready=interrupt.start)


def test_the_worker_ends_with_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, idle_worker: list[Worker]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        site(tmp_path, monkeypatch, seconds=0.5, then=signal.SIGINT)

    (started,) = idle_worker
    assert not psutil.pid_exists(started.pid)


def test_the_site_goes_on_without_a_worker_that_was_killed_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, idle_worker: list[Worker], capfd: pytest.CaptureFixture[str]
) -> None:
    threading.Timer(1.0, lambda: os.kill(idle_worker[0].pid, signal.SIGKILL)).start()

    with pytest.raises(KeyboardInterrupt):
        site(tmp_path, monkeypatch, seconds=2.5, then=signal.SIGINT)

    said = capfd.readouterr().err
    assert said.count("The worker ended with status -9. The site goes on without it") == 1
    assert "manage.py publish_due" in said


@pytest.mark.django_db
def test_a_worker_says_nothing_behind_the_last_line_of_the_start(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    worked = Mock()
    monkeypatch.setattr(App, "run_worker", worked)
    monkeypatch.setattr(worker, "_end_with_the_start", lambda: None)
    # The connection of the test stays open.
    monkeypatch.setattr(worker, "connection", Mock())

    worker.main()

    worked.assert_called_once_with()
    assert capfd.readouterr() == ("", "")


def test_a_worker_does_not_outlive_a_start_that_was_killed() -> None:
    start = subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE],
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert start.stdout is not None
    with start.stdout:
        pid = int(start.stdout.readline())
    start.kill()
    start.communicate()

    deadline = time.monotonic() + 10
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the worker goes on"
        time.sleep(0.05)
