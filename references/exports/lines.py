"""What all writers share: values on one line, so that no value can begin a field or a record of its own."""

import re
from collections.abc import Mapping
from typing import Any

from references.formatting.dates import nlm_date

_UNWRITTEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff]+")
_RANGE = re.compile(r"([0-9]+)[-–]([0-9]+)")


def one_line(value: Any) -> str:
    """The value as text on one line, without controls and explicit directions, its spaces folded."""
    text = str(value or "")
    if text.isprintable() and "  " not in text:
        # Nearly every value: nothing is taken out, and its only white space is the space.
        return text.strip()
    return " ".join(_UNWRITTEN.sub(" ", text).split())


def inverted(person: Mapping[str, str], *, rank_at_end: bool = True) -> str:
    """A name as "Family, Given, Suffix", a group as it stands; "Family," for a family name alone."""
    if literal := one_line(person.get("literal")):
        return literal
    family, given, suffix = (one_line(person.get(part)) for part in ("family", "given", "suffix"))
    if not rank_at_end and suffix:
        given, suffix = f"{given} {suffix}".strip(), ""
    if not suffix:
        return f"{family}, {given}".strip() if family else given
    return f"{family}, {given}, {suffix}"


def full_range(pages: str) -> tuple[str, str]:
    """First and last page of a range, the last in full: "1193-202" → "1193" and "1202"; other pages whole and ""."""
    match = _RANGE.fullmatch(one_line(pages))
    if match is None:
        return one_line(pages), ""
    first, last = match.groups()
    return first, first[: len(first) - len(last)] + last if len(last) < len(first) else last


def note_lines(reference: Mapping[str, Any]) -> list[str]:
    """What became of a work, then the notes of its reference, each on one line."""
    return [*standing_lines(reference), *filter(None, map(one_line, reference.get("notes", ())))]


def standing_lines(reference: Mapping[str, Any]) -> list[str]:
    """What became of a work, each on one line."""
    return [line for line in map(one_line, reference.get("standing", ())) if line]


def printed_date(text: str) -> str:
    """A date as NLM prints it."""
    return one_line(nlm_date(text)) if text else ""
