"""Parts of a text put together again."""

from collections.abc import Sequence

from alstrom_site.editorial.comparison.parts import Part

SENTENCE, BLOCK_END = "sentence", "block end"
# Blocks that stand in consecutive lines with others of their kind.
_CLOSE = frozenset({"list item", "table row", "quote"})


def joined(parts: Sequence[Part]) -> str:
    """Return the text; where parts of two texts meet that had other neighbours, the white space that keeps them apart.

    The parts of one text give that text, character for character.
    """
    text, before = "", None
    for part in parts:
        if part.kind == BLOCK_END:
            text = text.rstrip(" \t") + part.gap
        else:
            text += _between(text, before, part) + part.text
        before = part
    return text


def _between(text: str, before: Part | None, part: Part) -> str:
    if before is None or not text or text.endswith("\n"):
        return ""
    if before.kind == part.kind == SENTENCE:
        return "" if text[-1].isspace() else " "
    return "\n" if before.kind == part.kind and part.kind in _CLOSE else "\n\n"
