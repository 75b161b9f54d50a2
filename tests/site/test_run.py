"""`make run` says in one line why it cannot start, before any slow work."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from alstrom_site.run import installing
from alstrom_site.run.checks import port_number, refuse_port_in_use, refuse_unreachable_database
from alstrom_site.run.local_secret import local_secret
from alstrom_site.run.running import hold
from alstrom_site.run.serving import serve
from alstrom_site.run.speaking import CannotStart
from alstrom_site.run.static_files import collect_when_changed

CHECKOUT = Path(__file__).resolve().parents[2]
NAMES = ("Makefile", "alstrom_site", "requirements")


@pytest.fixture
def busy_port() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def fresh_checkout(tmp_path: Path) -> Path:
    """A folder with what the first part of `make run` needs, and nothing installed."""
    for name in NAMES:
        (tmp_path / name).symlink_to(CHECKOUT / name)
    return tmp_path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def make_run(folder: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    # `make` passes its own variables down; a test that make started must not pass them on.
    return subprocess.run(
        ["make", "run"], cwd=folder, env={**kept, **variables}, capture_output=True, text=True, timeout=60, check=False
    )


def assert_refused_in_one_line(outcome: "subprocess.CompletedProcess[str]", reason: str) -> None:
    said = [line for line in outcome.stderr.splitlines() if not line.startswith("make: ***")]
    assert len(said) == 1, outcome.stderr
    assert reason in said[0]
    assert outcome.stdout == ""
    assert outcome.returncode != 0


def test_a_port_in_use_ends_the_start_in_one_line_before_anything_is_installed(
    fresh_checkout: Path, busy_port: int
) -> None:
    outcome = make_run(fresh_checkout, PORT=str(busy_port))
    assert_refused_in_one_line(outcome, f"Port {busy_port} is in use")
    assert not (fresh_checkout / ".venv").exists()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("mysql://ann@127.0.0.1/alstrom", "must be the address of a PostgreSQL database"),
        ("postgres://ann@127.0.0.1:1/alstrom", "127.0.0.1:1 cannot be reached"),
        ("postgres://ann@no-such-host.invalid/alstrom", "cannot be reached"),
    ],
)
def test_a_broken_or_unreachable_database_ends_the_start_in_one_line(
    fresh_checkout: Path, address: str, reason: str
) -> None:
    outcome = make_run(fresh_checkout, PORT=str(free_port()), DATABASE_URL=address)
    assert_refused_in_one_line(outcome, reason)
    assert not (fresh_checkout / ".venv").exists()


def test_a_too_old_python_ends_the_start_in_one_line(fresh_checkout: Path) -> None:
    programs = fresh_checkout / "programs"
    programs.mkdir()
    for name in ("sh", "make", "sed", "echo"):
        (programs / name).symlink_to(str(shutil.which(name)))
    old = programs / "python3"
    old.write_text('#!/bin/sh\ncase "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac\n')
    old.chmod(0o755)
    outcome = make_run(fresh_checkout, PATH=str(programs))
    assert_refused_in_one_line(outcome, "Python 3.11 or newer is needed; this machine has Python 3.9.2")


@pytest.mark.parametrize("asked", ["0", "65536", "http", "-1", "8000x", "²"])
def test_a_port_that_is_no_port_is_refused(asked: str) -> None:
    with pytest.raises(CannotStart, match="PORT must be a number from 1 to 65535"):
        port_number({"PORT": asked})


def test_the_usual_port_is_taken_when_none_is_asked_for() -> None:
    assert port_number({}) == 8000
    assert port_number({"PORT": " 8100 "}) == 8100


def test_a_free_port_passes(busy_port: int) -> None:
    refuse_port_in_use(free_port())
    with pytest.raises(CannotStart, match="in use"):
        refuse_port_in_use(busy_port)


def test_a_database_that_listens_passes(busy_port: int) -> None:
    refuse_unreachable_database({"DATABASE_URL": f"postgres://ann@127.0.0.1:{busy_port}/alstrom"})
    refuse_unreachable_database({"DATABASE_URL": ""})


def test_packages_are_installed_again_only_when_the_lock_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[list[str]] = []
    monkeypatch.setattr(installing, "_follow", runs.append)
    monkeypatch.setattr(installing, "_environment", lambda folder: folder / "bin" / "python")
    lock = tmp_path / "requirements" / "runtime.txt"
    lock.parent.mkdir()
    lock.write_text("one==1\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)

    installing.install("runtime", tmp_path)
    installing.install("runtime", tmp_path)
    assert len(runs) == 1
    lock.write_text("one==2\n")
    installing.install("runtime", tmp_path)
    assert len(runs) == 2
    assert "--require-hashes" in runs[0]


def test_a_failed_installation_is_tried_again_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "requirements" / "runtime.txt"
    lock.parent.mkdir()
    lock.write_text("no-hash==1\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    python = tmp_path / ".venv" / "bin" / "python"
    python.symlink_to(sys.executable)
    monkeypatch.setattr(installing, "_environment", lambda folder: python)
    for _ in range(2):
        with pytest.raises(CannotStart, match="The packages cannot be installed: ERROR"):
            installing.install("runtime", tmp_path)


def test_the_local_secret_stays_the_same_and_is_private(tmp_path: Path) -> None:
    first = local_secret(tmp_path / "key")
    assert local_secret(tmp_path / "key") == first
    assert len(first) >= 50
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_a_server_that_ends_at_once_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("alstrom_site.run.serving._command", lambda port: [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(CannotStart, match="ended with status 3"):
        serve(free_port(), held=hold("here", tmp_path / "running"), when_ready=lambda: None)


def test_no_server_is_left_when_somebody_stops_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)]
    monkeypatch.setattr("alstrom_site.run.serving._command", lambda _: command)
    monkeypatch.setattr("alstrom_site.run.worker.COMMAND", (sys.executable, "-c", "input()"))
    interrupt = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        serve(port, held=hold("here", tmp_path / "running"), when_ready=interrupt.start)
    refuse_port_in_use(port)


def test_a_problem_of_the_environment_is_one_line_from_manage_too() -> None:
    outcome = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=CHECKOUT,
        env={**os.environ, "DEBUG": "maybe"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert outcome.returncode == 1
    assert outcome.stderr.splitlines() == ['DEBUG must be "true" or "false", not "maybe".']


def test_static_files_are_collected_again_only_when_one_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[str] = []
    monkeypatch.setattr("alstrom_site.run.static_files.call_command", lambda name, **_: runs.append(name))
    sources, collected = tmp_path / "sources", tmp_path / "collected"
    sources.mkdir()
    collected.mkdir()
    (sources / "one.css").write_text("p {}")
    finders = ["django.contrib.staticfiles.finders.FileSystemFinder"]

    with override_settings(STATIC_ROOT=collected, STATICFILES_DIRS=[sources], STATICFILES_FINDERS=finders):
        assert collect_when_changed()
        assert not collect_when_changed()
        (sources / "one.css").write_text("p { color: red }")
        assert collect_when_changed()
    assert runs == ["collectstatic", "collectstatic"]
