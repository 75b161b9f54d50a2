"""Text cut into the smallest parts that a comparison shows as changed: a word, a quantity, a citation, an address."""

import re
from typing import NamedTuple

from .characters import WORD_EXTRAS

_UNITS = (
    "mg|g|kg|µg|μg|mcg|ng|pg|ml|mL|cl|dl|dL|l|L|µl|μl|µL|μL|mm|cm|m|km|nm|µm|μm|mol|mmol|µmol|μmol|nmol|pmol|IU|U|mU|"
    "years?|months?|weeks?|days?|hours?|minutes?|seconds?|kcal|kJ|Hz|kHz|dB|mmHg|kPa|Pa|bpm|ms|s|min|h|hr|hrs|°C|°F|kDa|Da|kb|bp|Mb"
)
_NUMBER = r"\d+(?:[.,:/·⁄]\d+)*"
_PER = rf"(?:/(?:{_UNITS}|day|week|dose|year)(?:\d|²|³)?)"
_LETTERS = rf"(?:[^\W_]++|[{WORD_EXTRAS}]++)"

# Bounded repetition wherever a part that does not end could be scanned again from many starting points.
_TOKEN = re.compile(
    rf"""
    (?P<citation>\[[^\[\]\n]{{0,500}}@[^\[\]\n]{{1,500}}\](?!\())
    |(?P<address>\]\([^()\n]{{0,1000}}(?:\([^()\n]{{0,500}}\)[^()\n]{{0,500}}){{0,4}}\)
        |\bhttps?://[^\s<>()\[\]]{{1,1000}}[^\s<>()\[\].,;:!?'"*_])
    |(?P<open>!?\[)
    |(?P<quantity>(?:(?<![\w)\]])(?:[~<>≤≥≈±]\ ?)?[-+−–]?)?{_NUMBER}(?:[-–−]{_NUMBER}){{0,4}}
        (?:[ \u00a0\u202f]?(?:%|‰|(?:{_UNITS})(?:²|³)?{_PER}{{0,3}})(?![^\W_]))?{_LETTERS}*+)
    |(?P<word>{_LETTERS}++(?:[_'’.\-‐‑]{_LETTERS}++)*+)
    |(?P<newline>\n)
    |(?P<space>[ \t]+|\s)
    |(?P<mark>(?P<again>.)(?P=again)*)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """One part and what it is; two tokens match when their texts are equal."""

    text: str
    kind: str


def tokenise(text: str) -> list[Token]:
    """The tokens in order; their texts joined are the text again."""
    tokens: list[Token] = []
    image = False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "mark"
        if kind == "open":
            image = match[0] == "!["
        elif kind == "address" and image and match[0].startswith("]("):
            kind = "source"
        tokens.append(Token(match[0], "mark" if kind == "again" else kind))
    return tokens
