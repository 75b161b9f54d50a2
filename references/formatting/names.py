"""Names as NLM prints them: "Goldstein JL", "King ML Jr", "Test Study Group"."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_ROMAN_RANKS = {"II": "2nd", "III": "3rd", "IV": "4th", "V": "5th"}
# A roman numeral without a comma before it is more likely the initial of a name.
_WITH_RANK = re.compile(r"(.*?)(?:(?:,\s*|\s+|^)(Jr|Sr|2nd|3rd|[4-9]th)|,\s*(II|III|IV|V))\.?", re.DOTALL)
_WORD = re.compile(r"[^\W\d_][\w'’]*")
# How a name must end to hold a rank; asked first, because hardly any does.
_RANKS = ("Jr", "Sr", "nd", "rd", "th", "II", "IV", "V")


def nlm_name(person: Mapping[str, str]) -> str:
    """One name, the rank after the initials; "" when there is nothing to print."""
    if literal := person.get("literal"):
        return literal
    family = person.get("family", "")
    after = _after_the_family_name(person.get("given", ""), person.get("suffix", ""))
    return f"{family} {after}" if family and after else family or after


def nlm_names(people: Iterable[Mapping[str, str]]) -> str:
    """The names in order, joined by commas, none left out."""
    return ", ".join(filter(None, map(nlm_name, people)))


def nlm_editors(people: Iterable[Mapping[str, str]]) -> str:
    """The names with what they did: "Test A, Test B, editors"."""
    names = [name for person in people if (name := nlm_name(person))]
    return ", ".join([*names, "editor" if len(names) == 1 else "editors"]) if names else ""


# Given names come back in other works and each time that a list is shown; family names hardly do.
@lru_cache(maxsize=1 << 16)
def _after_the_family_name(given: str, suffix: str) -> str:
    given, rank = _without_rank(given)
    if suffix:
        rank = _without_rank(f", {suffix}")[1] or suffix
    initials = _initials(given)
    return f"{initials} {rank}" if initials and rank else initials or rank


def _without_rank(given: str) -> tuple[str, str]:
    """Splits "John B., Jr." into the given names and the rank as NLM writes it, where III becomes 3rd."""
    given = given.strip()
    match = _WITH_RANK.fullmatch(given) if given.rstrip(".").endswith(_RANKS) else None
    if match is None:
        return given, ""
    return match[1], match[2] or _ROMAN_RANKS[match[3]]


def _initials(given: str) -> str:
    """The first letters of the given names, two at most (Citing Medicine, chapter 1, "Author"): "Jan D." → "JD"."""
    words = _WORD.findall(given)
    # A particle among the given names ("Maria de Lourdes") gives no initial, unless there is nothing else.
    capital = [word for word in words if not word[0].islower()] or words
    return "".join([_letters(word) for word in capital])[:2].upper()


def _letters(word: str) -> str:
    # Some files write the initials as one word: "JL".
    return word if len(word) <= 3 and word.isupper() else word[0]
