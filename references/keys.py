"""Keys of new entries: first author, year and a word of the title, such as “goldstein1973obesity”.

A key is made once, when an entry is begun, and may be edited until readers know it. It is of ASCII letters and digits
alone, so that it can be typed into any text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from alstrom_site.editorial.addresses import standing_or_stood
from alstrom_site.folding import fold
from references.formatting import plain_title

KIND = "reference"
_NAMELESS = "source"
_LONGEST_NAME = 30
_LONGEST_WORD = 24
_SHORTEST_WORD = 3
_WORDS = re.compile(r"[a-z0-9]+")
_YEAR = re.compile(r"[0-9]{4}")
# Words that say nothing of a work, in the languages that titles of ours come in.
_EMPTY_LISTED = """
    the and for from with without into onto upon its our their this that these those are was were not but via per
    der die das des dem den ein eine und von mit les des une dans pour avec sur del della con per los las una
"""
_EMPTY = frozenset(_EMPTY_LISTED.split())


def stem(content: Mapping[str, Any]) -> str:
    """Return what the key of a work begins with, in lower case ASCII; "" when there is neither a name nor a title."""
    people = [*(content.get("author") or ()), *(content.get("editor") or ())][:1]
    name = next((_joined(each.get("family") or each.get("literal") or "") for each in people), "")[:_LONGEST_NAME]
    word = _telling_word(plain_title(content))
    year = _YEAR.match(str(content.get("issued") or content.get("epub") or ""))
    return f"{name}{year[0] if year else ''}{word}" if name or word else ""


def make_keys(contents: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a key for each content, each of them free: no entry has it or had it, and no two of these have one.

    A number behind a hyphen tells apart what begins alike. A few queries, however many contents there are.
    """
    stems = [stem(content) or _NAMELESS for content in contents]
    taken = _taken(stems)
    keys = []
    for each in stems:
        key = next(key for key in _spellings(each) if key not in taken)
        taken.add(key)
        keys.append(key)
    return keys


def is_made_of(key: str, content: Mapping[str, Any]) -> bool:
    """Whether a key is one that is made of this content, with a number behind it or without."""
    begin, _, number = key.partition("-")
    return begin == (stem(content) or _NAMELESS) and (number.isdecimal() or begin == key)


def _spellings(begin: str) -> Iterable[str]:
    yield begin
    yield from (f"{begin}-{number}" for number in count(2))


def _taken(stems: Sequence[str]) -> set[str]:
    """The keys that entries have or had among those that these stems may get: enough of them are free."""
    wanted = Counter(stems)
    taken = standing_or_stood(KIND, wanted)
    following = {each: number for each, number in wanted.items() if number > 1 or each in taken}
    first, size = 2, 8 + max(wanted.values(), default=0)
    while following:
        asked = {each: [f"{each}-{number}" for number in range(first, first + size)] for each in following}
        taken |= standing_or_stood(KIND, {key for keys in asked.values() for key in keys})
        lacking = {each: following[each] - len(set(keys) - taken) for each, keys in asked.items()}
        following = {each: number for each, number in lacking.items() if number > 0}
        first, size = first + size, size * 4
    return taken


def _telling_word(title: str) -> str:
    words = [word for word in _WORDS.findall(fold(title)) if len(word) >= _SHORTEST_WORD and word not in _EMPTY]
    # A number says less than a word: “2 of 3 cases of …”.
    return next((word for word in words if not word.isdigit()), words[0] if words else "")[:_LONGEST_WORD]


def _joined(name: str) -> str:
    return "".join(_WORDS.findall(fold(name)))
