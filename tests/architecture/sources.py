"""The project's own source files, parsed."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("alstrom_site", "pages", "references")
Definition = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files(*suffixes: str) -> tuple[Path, ...]:
    """Return the files that belong to the project: those git knows or would take, without migrations."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    paths = [ROOT / name for name in listed if name.endswith(suffixes) and "/migrations/" not in name]
    return tuple(sorted(path for path in paths if path.is_file()))


def in_packages(*folders: str) -> list[Path]:
    """Return the Python files under the folders, such as "alstrom_site/editorial"."""
    wanted = [ROOT / folder for folder in folders]
    return [path for path in files(".py") if any(path.is_relative_to(folder) for folder in wanted)]


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[Definition]:
    """Give every function and method of the file, nested ones too."""
    yield from (node for node in ast.walk(tree(path)) if isinstance(node, Definition))


def shown(path: Path, line: int = 1) -> str:
    """Return where something stands, as an editor understands it."""
    return f"{path.relative_to(ROOT)}:{line}"
