"""ISBN and ISSN: recognised with or without hyphens, held to their check digits, kept in one spelling."""

import re

from references.identifiers.punctuation import LEADING, TRAILING, without_unseen

_ISBN_PREFIX = re.compile(
    r"\A(?:https?://[^\s?#]*/isbn/|urn:isbn:|(?:e-?)?isbn(?:[\s-]*1[03])?(?![0-9])[\s:]*)", re.IGNORECASE
)
_ISSN_PREFIX = re.compile(
    r"\A(?:(?:https?://)?(?:(?:portal|www)\.)?issn\.org/resource/issn/|urn:issn:|(?:[ep]-?)?issn(?:-l)?(?:\s*\([^()]*\))?[\s:]*)",
    re.IGNORECASE,
)
# What sources write after the number: "(print)", "(Electronic)", "(Linking)", "(pbk.)".
_REMARK = re.compile(r"\s*\([^()]*\)\s*\Z")
_HYPHENS = re.compile(r"[\s\u2010-\u2015-]+")
_ISBN = re.compile(r"97[89][0-9]{10}|[0-9]{9}[0-9X]")
_ISSN = re.compile(r"([0-9]{4})([0-9]{3}[0-9X])")


def parse_isbn(text: str) -> str:
    """The ISBN as its 10 or 13 characters without hyphens; ValueError with a sentence when it is none.

    Check digits as in the ISBN Users' Manual: modulus 11 with weights 10 to 2, modulus 10 with weights 1 and 3.
    """
    isbn = _bare(text, _ISBN_PREFIX)
    if not _ISBN.fullmatch(isbn):
        raise ValueError(f"“{text}” is not an ISBN. It has 10 or 13 digits, for example 978-0-306-40615-7.")
    expected = _isbn13_check(isbn) if len(isbn) == 13 else _modulus_11(isbn[:-1])
    if isbn[-1] != expected:
        raise ValueError(f"The ISBN “{text}” has a mistake in it: its last digit does not fit the others. Compare it.")
    return isbn


def isbn13(isbn: str) -> str:
    """The same ISBN in 13 digits, under which an old one of 10 is found too."""
    if len(isbn) == 13:
        return isbn
    body = f"978{isbn[:-1]}"
    return body + _isbn13_check(body)


def parse_issn(text: str) -> str:
    """The ISSN as "0317-8471"; ValueError with a sentence when it is none. Check digit as in ISO 3297, modulus 11."""
    match = _ISSN.fullmatch(_bare(text, _ISSN_PREFIX))
    if match is None:
        raise ValueError(f"“{text}” is not an ISSN. It has 8 characters, for example 0317-8471.")
    if match[2][-1] != _modulus_11(match[1] + match[2][:-1]):
        raise ValueError(f"The ISSN “{text}” has a mistake in it: its last digit does not fit the others. Compare it.")
    return f"{match[1]}-{match[2]}"


def _bare(text: str, prefix: re.Pattern[str]) -> str:
    bare = prefix.sub("", without_unseen(text).strip().lstrip(LEADING))
    return _HYPHENS.sub("", _REMARK.sub("", bare).rstrip(TRAILING + ")]>/ ")).upper()


def _isbn13_check(digits: str) -> str:
    total = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits[:12]))
    return str(-total % 10)


def _modulus_11(digits: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(len(digits) + 1, 1, -1), strict=True))
    check = -total % 11
    return "X" if check == 10 else str(check)
