"""Texts made to grow: a parser that is not linear takes minutes for them or gives up.

Run as a script, ``python -m tests.pages.markdown.growth [BYTES]``, it prints how many times longer the whole text
takes than a quarter of it: about 4 when linear, about 16 when quadratic.
"""

import sys
import time
from collections.abc import Callable

from pages.markdown import MAX_BYTES, plain_text
from tests.pages.markdown.cast import new_renderer

_REPEATED = [
    *["[", "]", "*", "_", "**a ", "*a ", "a**b", "*_", "![", "](", "<", ">", "&", "&#", "`", "~", "|", "\\[", "(", '"'],
    *[
        "@",
        "[@a;",
        "[@a",
        "@a;",
        "[@a] ",
        "[@known] ",
        "[@known, p. 3; see @a] ",
        "[*",
        "[`",
        "[<a",
        "`a",
        "<a:",
        "<a@",
    ],
    *["[]", "[a](b", "[a][", "[](", "![](", '[a](b "', "[a](<", "![a](", "[a](x:) ", "[x](term:a) ", "<!--", "[(", "{"],
    *[
        "> ",
        "- ",
        "1. ",
        "\t",
        " ",
        "\n",
        "x\n",
        "a\n- ",
        "\n> a",
        "- a\n",
        "> a\n",
        "# a\n",
        "a\n=\n",
        "```\n",
        "~~~\n",
    ],
    *["[a]: b\n", "[a\n", '[a]: b "\n', "|a|\n|-|\n", "> - ", "é", "😀", "&amp;", "\\", "@a.", "[-@", "~~~\n"],
    *["`a", "<a:", "<a@"],
    *[
        "@known ",
        "@known [",
        "@known [p. 3] ",
        "@known [@known ",
        "@{",
        "@{a",
        "@{a{",
        "-@",
        "@a//",
        "[@known {",
        "@known[",
    ],
    *[
        '[@known "',
        "[@known, p. ",
        "[@known, p. (",
        "[see [@known] @known] ",
        "http://x/@known",
        "www.@known ",
        "[@a;@a]",
    ],
]


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit.encode()))


def _nested_quotes(size: int) -> str:
    return "\n".join(">" * depth + " a" for depth in range(int((2 * size) ** 0.5) - 4))


def _nested_lists(size: int) -> str:
    return "\n".join(" " * (2 * depth) + "- a" for depth in range(int(size**0.5) - 2))


def _backticks_of_all_lengths(size: int) -> str:
    return " ".join("`" * length for length in range(1, int((2 * size) ** 0.5) - 2))


def _colliding_headings(size: int) -> str:
    return "".join(f"# a {number}\n" for number in range(size // 24)) + "# a\n" * (size // 12)


CASES: dict[str, Callable[[int], str]] = {
    **{repr(unit): _repeated(unit) for unit in _REPEATED},
    "nested quotes": _nested_quotes,
    "nested lists": _nested_lists,
    "backticks of all lengths": _backticks_of_all_lengths,
    "colliding headings": _colliding_headings,
    "nested brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "nested links": lambda size: "[" * (size // 8) + "a" + "](b)" * (size // 8),
    "nested images": lambda size: "![" * (size // 8) + "a" + "](b)" * (size // 8),
    "nested emphasis": lambda size: "*a " * (size // 6) + " b*" * (size // 6),
    "nested stars": lambda size: "*" * (size // 2 - 1) + "a" + "*" * (size // 2 - 1),
    "nested parentheses": lambda size: "[a](" + "(" * (size // 2 - 4) + ")" * (size // 2 - 4),
    "nested citations": lambda size: "[@a " * (size // 5) + "]" * (size // 5),
    "nested groups": lambda size: "[@known " * (size // 9) + "]" * (size // 9),
    "nested keys in the text": lambda size: "@known [" * (size // 9) + "]" * (size // 9),
    "one group of many known": lambda size: "[" + "@known;" * (size // 7 - 1) + "@known]",
    "one suffix of many": lambda size: "[@known" + " @known" * (size // 7 - 2) + "]",
    "one braced locator": lambda size: "[@known {" + "{" * (size // 2 - 6) + "}" * (size // 2 - 6) + "}]",
    "one number of brackets": lambda size: "[@known, p. " + "(1)" * (size // 3 - 6) + "]",
    "one group of many": lambda size: "[" + "@a;" * (size // 3 - 1) + "]",
    "one long key": lambda size: "[@" + "a." * (size // 2 - 2) + "]",
    "one long locator": lambda size: "[@known, p. 1" + ", 1" * (size // 3 - 6) + "]",
    "one long number": lambda size: "[@known, " + "1" * (size - 10) + "]",
    "one stressed prefix": lambda size: "[" + "*a " * (size // 3 - 3) + "@a]",
    "a group of entities": lambda size: "[" + "&a" * (size // 2 - 3) + " @a]",
    "a table of many rows": lambda size: "|a|b|\n|-|-|\n" + "|a|b|\n" * (size // 6 - 2),
    "a table of many columns": lambda size: "|a" * (size // 8) + "\n" + "|-" * (size // 8) + "\n" + "|a" * (size // 8),
    "a long address used often": lambda size: "[a]: /" + "x" * (size // 2) + "\n\n" + "[a]" * (size // 7),
    "a long title used often": lambda size: "[a]: /x '" + "x" * (size // 2) + "'\n\n" + "![a]" * (size // 9),
    "a definition used often": lambda size: "[a]: /b\n\n" + "[a] " * (size // 4 - 3),
    "a title without end": lambda size: '[a]: b "' + "x\n" * (size // 2 - 4),
}


# One of each way to grow: these are rendered at a quarter of the length in a test, all of them whole by this script.
FULL_LENGTH = [
    *map(repr, ["[", "*", "![", "](", "<", "&", "`", "@", "[@a;", "[@a] ", "[*", "[a][", "[a\n", "> ", "- a\n"]),
    *["nested quotes", "nested lists", "backticks of all lengths", "colliding headings", "one group of many"],
    *["a long address used often", "nested citations", "nested keys in the text", "one suffix of many"],
]


def seconds(text: str) -> float:
    """The processor time that rendering and reading the text takes."""
    begin = time.process_time()
    plain_text(new_renderer().render(text).html)
    return time.process_time() - begin


def main(size: int) -> None:
    """Print a line for each case."""
    for name, make in CASES.items():
        whole, quarter = seconds(make(size)), seconds(make(size // 4))
        sys.stdout.write(f"{whole:7.2f} s  {whole / quarter:5.1f} times a quarter  {name}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MAX_BYTES)
