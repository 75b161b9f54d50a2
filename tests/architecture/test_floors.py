"""Imports go down, never up and never sideways; the floors stand in pyproject.toml."""

import subprocess
import sys
import tomllib
from typing import Any

from tests.architecture.sources import PACKAGES, ROOT


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    found: list[dict[str, Any]] = settings["contracts"]
    return found


def test_every_room_has_floors_for_all_its_modules() -> None:
    exhaustive = {room for one in contracts() if one.get("exhaustive") for room in one["containers"]}
    assert exhaustive == {*PACKAGES, "alstrom_site.editorial", "alstrom_site.accounts"}


def test_no_import_is_excused_from_the_floors() -> None:
    assert [one["name"] for one in contracts() if "ignore_imports" in one or "exhaustive_ignores" in one] == []


def test_no_module_imports_from_above() -> None:
    checked = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
