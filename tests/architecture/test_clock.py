"""Times and people come in as arguments: the workflow never looks at the clock or the request."""

import ast
from pathlib import Path

from tests.architecture.sources import in_packages, shown, tree

CLOCKS = frozenset({"now", "today", "utcnow", "localdate", "localtime", "time", "monotonic"})
CLOCK_OWNERS = frozenset({"timezone", "datetime", "date", "time"})
# The desk, the pages of shared links, the commands and the jobs are where the clock is read and the person is known.
AT_THE_EDGE = tuple(f"alstrom_site/editorial/{place}" for place in ("admin", "jobs.py", "management", "shared"))


def inner_files() -> list[Path]:
    """Return the files of the workflow behind its edge."""
    edge = in_packages(*AT_THE_EDGE)
    return [path for path in in_packages("alstrom_site/editorial") if path not in edge]


def reads_clock(node: ast.AST) -> bool:
    """Whether the node is an attribute such as timezone.now or datetime.date.today."""
    if not (isinstance(node, ast.Attribute) and node.attr in CLOCKS):
        return False
    owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
    return owner in CLOCK_OWNERS


def test_the_workflow_does_not_read_the_clock() -> None:
    assert inner_files()
    found = [
        shown(path, getattr(node, "lineno", 1))
        for path in inner_files()
        for node in ast.walk(tree(path))
        if reads_clock(node)
    ]
    assert found == []


def test_the_workflow_does_not_know_the_request() -> None:
    found = [
        shown(path, getattr(node, "lineno", 1))
        for path in inner_files()
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.arg) and node.arg == "request")
        or (isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("django.http", "django.shortcuts")))
    ]
    assert found == []


def test_no_time_is_taken_from_the_clock_by_a_field() -> None:
    found = [
        shown(path, node.value.lineno)
        for path in in_packages("alstrom_site", "pages", "references")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}
    ]
    assert found == []
