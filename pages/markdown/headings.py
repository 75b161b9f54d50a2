"""Headings of a text: their levels under the page's one h1, and ids that nothing else on the page has."""

from collections.abc import Sequence

from markdown_it.token import Token

from alstrom_site.folding import slugify
from pages.markdown.rendered import Findings, Heading, shortened
from pages.markdown.tokens import text_of

# No other id on the page begins with this, so that no heading can take the place of "main" or "reference-1".
ID_PREFIX = "section-"
_LOWEST = 6
_MAX_SLUG = 60


class HeadingIds:
    """Gives out the ids of one page, each once."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._next: dict[str, int] = {}

    def give(self, text: str) -> str:
        """An id made of these words; a number is added when the same words come again."""
        base = ID_PREFIX + (slugify(text, max_length=_MAX_SLUG) or "untitled")
        given = base
        # Each base keeps its own count and never tries a number twice: linear even for headings made to collide.
        while given in self._given:
            self._next[base] = self._next.get(base, 1) + 1
            given = f"{base}-{self._next[base]}"
        self._given.add(given)
        return given


def place_headings(tokens: Sequence[Token], ids: HeadingIds, first_level: int, findings: Findings) -> None:
    """Shift the headings so that the highest gets ``first_level``; report skipped levels and empty headings."""
    opening = [index for index, token in enumerate(tokens) if token.type == "heading_open"]
    shift = first_level - min((_level(tokens[index]) for index in opening), default=first_level)
    above = first_level - 1
    for index in opening:
        level = min(_level(tokens[index]) + shift, _LOWEST)
        line = (tokens[index].map or [0])[0] + 1
        heading = _place(tokens[index : index + 3], level, ids)
        _report(heading, above, line, findings)
        findings.headings.append(heading)
        above = level


def _place(tokens: Sequence[Token], level: int, ids: HeadingIds) -> Heading:
    opening, inline, closing = tokens
    text = text_of(inline.children)
    heading = Heading(level=level, text=text, id=ids.give(text))
    opening.tag = closing.tag = f"h{level}"
    opening.attrs["id"] = heading.id
    return heading


def _report(heading: Heading, above: int, line: int, findings: Findings) -> None:
    if not heading.text:
        findings.report("heading-level", "A heading has no words: write them, or take the heading out.", line)
    extra = heading.level - above - 1
    if extra > 0:
        levels = "a level" if extra == 1 else f"{extra} levels"
        findings.report(
            "heading-level",
            f"The heading “{shortened(heading.text)}” skips {levels}: take away {extra} #.",
            line,
        )


def _level(token: Token) -> int:
    return int(token.tag[1:])
