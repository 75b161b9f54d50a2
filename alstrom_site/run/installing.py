"""Makes the virtual environment and installs exactly what a lock file says, when it has changed."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from alstrom_site.embedded_database.locks import one_at_a_time
from alstrom_site.run.speaking import CannotStart, complain, say

CHECKOUT = Path(__file__).resolve().parents[2]
OLDEST_PYTHON = (3, 11)


def install(kind: str, checkout: Path = CHECKOUT) -> Path:
    """Have what requirements/<kind>.txt locks in .venv; return the Python there. CannotStart when it cannot be had."""
    (checkout / "var").mkdir(exist_ok=True)
    with one_at_a_time(checkout / "var" / "installing.lock"):
        python = _environment(checkout / ".venv")
        _install_locked(python, checkout / "requirements" / f"{kind}.txt")
    return python


def _environment(folder: Path) -> Path:
    python = folder / "bin" / "python"
    if _is_usable(python):
        return python
    say(f"Making a virtual environment with Python {sys.version.split()[0]} …")
    made = _run([sys.executable, "-m", "venv", "--clear", str(folder)])
    if made.returncode != 0 and _install_venv_package():
        made = _run([sys.executable, "-m", "venv", "--clear", str(folder)])
    if made.returncode != 0:
        raise CannotStart(_venv_advice(made.stdout))
    return python


def _is_usable(python: Path) -> bool:
    question = f"import sys, pip; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    return python.exists() and _run([str(python), "-c", question]).returncode == 0


def _install_locked(python: Path, lock: Path) -> None:
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = python.parent.parent / f"installed-{lock.stem}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Installing the {lock.stem} packages of {lock.parent.name}/{lock.name}, each checked against its hash …")
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--require-hashes"]
    _follow([str(python), "-m", "pip", "install", *options, "-r", str(lock)])
    stamp.write_text(wanted)


def _follow(command: list[str]) -> None:
    """Run pip and name each package as it comes; CannotStart with pip's own reason when it fails."""
    lines: list[str] = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=_without_user_option()
    ) as pip:
        for line in pip.stdout or ():
            lines.append(line.rstrip())
            if line.startswith(("Collecting ", "Processing ")):
                say(f"  {Path(line.split()[1]).name}")
    if pip.returncode != 0:
        reasons = [line for line in lines if line.startswith("ERROR")] or lines[-1:]
        raise CannotStart("The packages cannot be installed: " + " ".join(reasons[:3]))


def _without_user_option() -> dict[str, str]:
    # A machine-wide "pip install --user" would be refused inside a virtual environment.
    return {**os.environ, "PIP_USER": "0"}


def _install_venv_package() -> bool:
    """On Debian and its kin `venv` is a package of its own; root may install it."""
    if os.geteuid() != 0 or not Path("/usr/bin/apt-get").exists():
        return False
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    say(f"Installing {package} …")
    _run(["apt-get", "update", "-q"])
    return _run(["apt-get", "install", "-qy", "--no-install-recommends", package]).returncode == 0


def _venv_advice(output: str) -> str:
    if "ensurepip" in output:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        return f"This Python has no venv; install it first, on Debian or Ubuntu with: sudo apt install {package}"
    last = (output.strip().splitlines() or ["no reason was given"])[-1]
    return f"The virtual environment cannot be made: {last}"


def _run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


if __name__ == "__main__":
    try:
        install(sys.argv[1])
    except CannotStart as problem:
        complain(str(problem))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
