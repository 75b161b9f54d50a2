"""A Markdown source as it reads: marks left out, white space folded, with the place of every character kept.

Only near enough to find again what somebody selected in the rendered text; what is found is looked up in the source.
"""

import re
from dataclasses import dataclass

# A citation with the space before it, in the source and as its number; where a link leads; emphasis, code and
# brackets; marks at the beginning of a line; a backslash before a mark.
_MARKS = re.compile(
    r"""[ ]?\[[^\[\]@\n]*@[^\[\]\n]*\]
    | [ ]?\[\d+(?:[ ]?[,–-][ ]?\d+){0,20}\]
    | \]\([^()\s]*(?:[ ]"[^"\n]*")?\)
    | !?\[ | \] | [*_`~|]
    | ^[ \t]*(?:\#{1,6}|>|[-+]|\d{1,9}[.)])[ \t]+
    | \\(?=[!-/:-@\[-`{-~])""",
    re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True)
class Folded:
    """What is left of a source; `places` holds, for each character of `plain`, where it stands in the source."""

    plain: str
    places: tuple[int, ...]


def folded(text: str) -> Folded:
    """Return the text as it reads."""
    marks = bytearray(len(text))
    for mark in _MARKS.finditer(text):
        marks[mark.start() : mark.end()] = b"\x01" * (mark.end() - mark.start())
    plain: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if marks[place]:
            continue
        shown = " " if character.isspace() else character
        if shown == " " and plain and plain[-1] == " ":
            continue
        plain.append(shown)
        places.append(place)
    return Folded("".join(plain), tuple(places))
