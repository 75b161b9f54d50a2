"""Finds a Chromium for the journeys, or gets one; never goes on without."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "brave-browser")
USUAL_PLACES = (
    "/usr/bin/chromium",
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ADVICE = (
    "The tests need a Chromium, and none can be found or fetched. Install one, on Debian with: "
    "sudo apt install chromium (or anywhere with: .venv/bin/python -m playwright install --with-deps chromium), "
    "or name one in the variable CHROMIUM."
)
# root may not use Chromium's sandbox, nor may a container; the only pages shown are our own.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


class NoChromium(RuntimeError):
    """No browser can be had; the text says what to install."""


@cache
def chromium() -> Path:
    """Return a Chromium that runs: found, else downloaded by Playwright, else from apt where that is allowed."""
    for attempt in (_find, _download, _install_system_package):
        found = attempt()
        if found is not None:
            return found
    raise NoChromium(ADVICE)


def _find() -> Path | None:
    return next((path for path in _candidates() if _runs(path)), None)


def _candidates() -> Iterator[Path]:
    named = os.environ.get("CHROMIUM", "").strip()
    if named:
        yield Path(named)
        return
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    yield from (Path(place) for place in USUAL_PLACES)
    yield _of_playwright()


def _of_playwright() -> Path:
    # A program of its own: Playwright's loop must not be running in this one when the tests start theirs.
    question = (
        "from playwright.sync_api import sync_playwright as p\nwith p() as one: print(one.chromium.executable_path)"
    )
    asked = _run([sys.executable, "-c", question], seconds=60)
    return Path(asked.stdout.strip() or "/nonexistent")


def _runs(path: Path) -> bool:
    """Whether the program says what it is: a stub without its package, or without its libraries, does not."""
    if not path.is_file():
        return False
    try:
        return _run([str(path), "--version"], seconds=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _download() -> Path | None:
    if os.environ.get("CHROMIUM", "").strip():
        return None
    _say("No Chromium found; Playwright downloads one …")
    return _find() if _succeeds([sys.executable, "-m", "playwright", "install", "chromium"]) else None


def _install_system_package() -> Path | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None or os.environ.get("CHROMIUM", "").strip():
        return None
    _say("Installing chromium with apt-get …")
    _succeeds(["apt-get", "update", "-q"])
    return _find() if _succeeds(["apt-get", "install", "-qy", "--no-install-recommends", "chromium"]) else None


def _succeeds(command: list[str]) -> bool:
    try:
        return _run(command, seconds=600).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _run(command: list[str], *, seconds: int) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(
        command, capture_output=True, stdin=subprocess.DEVNULL, text=True, timeout=seconds, env=environment, check=False
    )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        _say(f"Journeys run in {chromium()}")
    except NoChromium as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(1)
