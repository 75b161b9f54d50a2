"""What a sentence or a list puts after an identifier."""

_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}
TRAILING = ".,;:'\"”’»"
LEADING = "([<'\"“‘«"


def without_trailing_punctuation(text: str, and_also: str = "") -> str:
    """Takes off what a sentence puts after an identifier, `and_also` such signs; keeps a bracket opened inside it."""
    while text and (text[-1] in TRAILING + and_also or _closes_nothing(text)):
        text = text[:-1]
    return text


def _closes_nothing(text: str) -> bool:
    opening = _BRACKETS.get(text[-1])
    return opening is not None and text.count(opening) < text.count(text[-1])
