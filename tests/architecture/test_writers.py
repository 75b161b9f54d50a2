"""Only the actions write the record, and no module of ours listens behind another's back."""

import ast

import pytest

from tests.architecture.sources import PACKAGES, in_packages, shown, tree

WRITES = frozenset({"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"})
READERS = (
    "alstrom_site/editorial/admin",
    "alstrom_site/editorial/models",
    "alstrom_site/editorial/comparison",
    "alstrom_site/editorial/policies.py",
    "alstrom_site/editorial/requirements.py",
    "pages/views",
    "pages/kinds",
    "references/views",
)


@pytest.mark.parametrize("folder", READERS)
def test_what_shows_or_decides_does_not_write(folder: str) -> None:
    found = [
        f"{shown(path, node.lineno)} .{node.func.attr}()"
        for path in in_packages(folder)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]
    assert found == []


def test_no_module_of_ours_sends_or_receives_signals_of_ours() -> None:
    found = [
        shown(path, node.lineno)
        for path in in_packages(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.dispatch")
    ]
    assert found == []
