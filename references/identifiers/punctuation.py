"""What a sentence, a list or the layout of a page puts around and into an identifier."""

import unicodedata

_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
TRAILING = ".,;:'\"”’»…。、"
LEADING = "([<'\"“‘«"


def without_unseen(text: str) -> str:
    """The text without the characters that a layout puts in and nobody sees: soft hyphens, spaces of no width."""
    return text if text.isascii() else "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def without_trailing_punctuation(text: str, and_also: str = "") -> str:
    """Takes off what a sentence puts after an identifier, `and_also` such signs; keeps a bracket opened inside it."""
    while text and (text[-1] in TRAILING + and_also or _closes_nothing(text)):
        text = text[:-1]
    return text


def _closes_nothing(text: str) -> bool:
    opening = _BRACKETS.get(text[-1])
    return opening is not None and text.count(opening) < text.count(text[-1])
