"""Whole numbers in what browsers send: in addresses, forms and ticks."""

MOST_DIGITS = 18
"""What surely fits a column of a row's number, whatever the digits are."""


def number_sent(text: str, *, digits: int = MOST_DIGITS) -> int | None:
    """Return the number that a text is, of so many digits from 0 to 9 at most; None for anything else, signs too."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
