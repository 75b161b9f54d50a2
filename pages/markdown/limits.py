"""How large and how deep a text may be, and how much it may grow."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from pages.markdown.rendered import Findings

MAX_BYTES = 200_000
# Below this many quotes and lists inside each other the parser would leave text out without a word.
MAX_NESTING = 20
# A link definition is written once and used often: a long one could make gigabytes out of a short text.
MAX_ADDRESSES = 1_000_000

_CONTAINERS = frozenset({"blockquote_open", "list_item_open"})


def size(text: str) -> int:
    """The length of the text in bytes of UTF-8."""
    return len(text.encode("utf-8", errors="replace"))


def size_of_addresses(tokens: Sequence[Token]) -> int:
    """How many characters the addresses and titles of all links and images have, each counted as often as used."""
    return sum(len(str(token.attrs.get(name, ""))) for token in _linking(tokens) for name in ("href", "src", "title"))


def check_nesting(tokens: Sequence[Token], findings: Findings) -> None:
    """Report each quote or list that stands so deep that its content is left out."""
    for token in tokens:
        if token.type in _CONTAINERS and token.level + 1 >= MAX_NESTING:
            findings.report(
                "nested-too-deep",
                "Quotes and lists stand too deep inside each other, and the text in the innermost is left out: "
                "use fewer levels.",
                token.map[0] + 1 if token.map else 1,
            )


def _linking(tokens: Sequence[Token]) -> Iterator[Token]:
    return (token for block in tokens for token in block.children or () if token.attrs)
