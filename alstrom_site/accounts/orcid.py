"""ORCID iDs, the identifiers of researchers."""

import re

_PREFIX = re.compile(r"\A(?:(?:https?://)?(?:www\.)?orcid\.org/|orcid(?:[ -]?id)?[\s:]+)+", re.IGNORECASE)
_GROUPED = re.compile(r"([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9X])")


def parse_orcid(text: str) -> str:
    """The iD as "0000-0002-1825-0097" from any usual spelling or address; ValueError with a sentence otherwise.

    Form and check digit as ORCID describes them in "Structure of the ORCID Identifier" (ISO 7064 MOD 11-2).
    """
    bare = _PREFIX.sub("", text.strip()).rstrip("/.,;").upper()
    match = _GROUPED.fullmatch(re.sub(r"[\s\u2010-\u2015-]+", "-", bare))
    if match is None:
        raise ValueError(f"“{text}” is not an ORCID iD. It has 16 characters, for example 0000-0002-1825-0097.")
    digits = "".join(match.groups())
    if digits[-1] != _check_digit(digits[:-1]):
        raise ValueError(f"“{text}” has a mistake in it: its last character does not fit the others. Compare it.")
    return "-".join(match.groups())


def _check_digit(digits: str) -> str:
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "X" if check == 10 else str(check)
