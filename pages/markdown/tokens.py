"""Walking over the parser's tokens: where each stands in the source, and what it says."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

InlineRule = Callable[[StateInline, bool], bool]


class Place(NamedTuple):
    """A token among its siblings, and the line of the source it begins on (from 1)."""

    token: Token
    line: int
    siblings: list[Token]
    at: int


def remembering_position(rule: InlineRule, token_type: str) -> InlineRule:
    """The same inline rule, but its token knows how far into the paragraph it stands (``meta["position"]``)."""

    def with_position(state: StateInline, silent: bool) -> bool:
        position, before = state.pos, len(state.tokens)
        matched = rule(state, silent)
        if matched and not silent:
            # Text that waited may have been put before the rule's own first token; nothing else can be.
            first = state.tokens[before]
            token = first if first.type == token_type else state.tokens[before + 1]
            token.meta["position"] = position
        return matched

    return with_position


def places(tokens: Sequence[Token], token_type: str) -> Iterator[Place]:
    """Each inline token of this type in the order of the text. Only types that remember their position have lines."""
    for block in tokens:
        if not block.children:
            continue
        line, seen = (block.map[0] + 1 if block.map else 1), 0
        for index, token in enumerate(block.children):
            if token.type == token_type:
                position = token.meta["position"]
                line, seen = line + block.content.count("\n", seen, position), position
                yield Place(token, line, block.children, index)


def text_of(tokens: Sequence[Token] | None) -> str:
    """The words these inline tokens say, on one line, without markup and without the marks of citations."""
    return " ".join("".join(_said(token) for token in _outside_citations(tokens or ())).split())


def _outside_citations(tokens: Iterable[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth -= token.type == "citation_close"
        if depth == 0:
            yield token
        depth += token.type == "citation_open"


def _said(token: Token) -> str:
    if token.type == "image":
        return text_of(token.children)
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    if token.type == "citation_open" and not token.content:
        return token.markup  # in the description of a picture nothing is numbered: it says what was written
    return token.content if token.type in {"text", "text_special", "code_inline"} else ""
