"""The words that say nothing, or belong to another house, name nothing here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import files, shown, tree

UNWANTED = frozenset(
    {"version", "moderate", "reject", "archive", "manager", "service", "util", "utils"}
    | {"helper", "helpers", "handler", "process", "data", "info"}
)
# Named by Python, Django or a format, not by us.
NAMED_BY_OTHERS = frozenset(
    {"handler400", "handler403", "handler404", "handler500"}
    | {"DATA_UPLOAD_MAX_MEMORY_SIZE", "DATA_UPLOAD_MAX_NUMBER_FIELDS", "DATA_UPLOAD_MAX_NUMBER_FILES"}
    | {"value_from_datadict", "value_omitted_from_data", "handle_data"}
)
# What search engines call the JSON-LD of a page; one term, not a word of ours.
TERM = "structured_data"
# Forms, widgets and parsers hand over an argument of this name.
ARGUMENTS_OF_OTHERS = frozenset({"data"})
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def words(name: str) -> set[str]:
    """Return the words of a name in either spelling: publishedPage, PublishedPage, published_page."""
    return {word.lower() for word in WORD.findall(name.replace(TERM, ""))}


def names(path: Path) -> Iterator[tuple[int, str]]:
    """Give each name that the file introduces, with its line."""
    yield 1, path.stem
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg) and node.arg not in ARGUMENTS_OF_OTHERS:
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def test_a_name_is_split_into_its_words() -> None:
    assert words("PublishedPageHTML") == {"published", "page", "html"}
    assert words("_retracted_at2") == {"retracted", "at"}


def test_no_name_uses_a_word_we_do_not_use() -> None:
    found = [
        f"{shown(path, line)} {name}"
        for path in files(".py")
        for line, name in names(path)
        if name not in NAMED_BY_OTHERS and words(name) & UNWANTED
    ]
    assert found == []


def test_no_file_or_folder_uses_a_word_we_do_not_use() -> None:
    listed = [path for path in files(".py", ".html", ".css", ".js") if path.stem not in NAMED_BY_OTHERS]
    found = [shown(path) for path in listed if words(path.stem) & UNWANTED]
    assert found == []
