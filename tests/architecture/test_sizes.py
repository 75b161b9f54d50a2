"""No function over 40 lines, no file over 300; complexity and arguments are ruff's part."""

from tests.architecture.sources import files, functions, shown

LONGEST_FUNCTION = 40
LONGEST_FILE = 300


def test_every_function_is_short_enough_to_be_read_at_once() -> None:
    too_long = [
        f"{shown(path, node.lineno)} {node.name} has {(node.end_lineno or node.lineno) - node.lineno + 1} lines"
        for path in files(".py")
        for node in functions(path)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_every_file_is_short_enough_to_be_known() -> None:
    counted = [(shown(path), len(path.read_bytes().splitlines())) for path in files(".py", ".html", ".css", ".js")]
    assert counted
    assert [(name, lines) for name, lines in counted if lines > LONGEST_FILE] == []
