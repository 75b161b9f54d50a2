"""Tables of a text: each in a region that scrolls by itself, also by keyboard; no inline style."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token


def wrap_tables(tokens: Sequence[Token], already: int = 0) -> list[Token]:
    """The same tokens with each table in a named region; names count on from the tables ``already`` on the page."""
    return list(_wrapped(tokens, already))


def _wrapped(tokens: Sequence[Token], count: int) -> Iterator[Token]:
    for token in tokens:
        if token.type == "table_open":
            count += 1
            yield _region(count)
        elif token.type in {"th_open", "td_open"}:
            _dress_cell(token)
        yield token
        if token.type == "table_close":
            yield Token("region_close", "div", -1, block=True)


def _region(number: int) -> Token:
    attributes: dict[str, str | int | float] = {
        "class": "table-scroll",
        "role": "region",
        "tabindex": "0",
        "aria-label": f"Table {number}",
    }
    return Token("region_open", "div", 1, attrs=attributes, block=True)


def _dress_cell(token: Token) -> None:
    style = str(token.attrs.pop("style", ""))
    if style:
        token.attrs["class"] = f"align-{style.removeprefix('text-align:')}"
    if token.tag == "th":
        token.attrs["scope"] = "col"
