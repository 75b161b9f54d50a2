"""Names as NLM prints them: "Goldstein JL", "King ML Jr", "Test Study Group"."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_ROMAN_RANKS = {"II": "2nd", "III": "3rd", "IV": "4th", "V": "5th"}
# A roman numeral without a comma before it is more likely the initial of a name.
_WITH_RANK = re.compile(r"(.*?)(?:(?:,\s*|\s+|^)(Jr|Sr|2nd|3rd|[4-9]th)|,\s*(II|III|IV|V))\.?", re.DOTALL)
_WORD = re.compile(r"([^\W\d_][\w'’]*)(\.?)")
# Two letters and more for one sound of another alphabet, which stay together: "Iu. A.", "IuA", "G. Th.".
SOUND = r"(?:Shch|Dzh|Ch|Cs|Dj|Dz|Gy|Ia|Ie|Io|Iu|Kh|Lj|Ly|Nj|Ny|Ph|Sh|Sz|Th|Ts|Ya|Ye|Yo|Yu|Zh|Zs|[^\W\d_a-z])"
_ONE_SOUND = re.compile(SOUND)
_SOUNDS = re.compile(rf"{SOUND}{{2,4}}")
# Signs of Chinese, Japanese and Korean: the first one of a given name is a part of it and no initial.
IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# How a name must end to hold a rank; asked first, because hardly any does.
_RANKS = ("Jr", "Sr", "nd", "rd", "th", "II", "IV", "V")


def nlm_name(person: Mapping[str, str]) -> str:
    """One name, the rank after the initials; "" when there is nothing to print."""
    if literal := person.get("literal"):
        return literal
    family = person.get("family", "")
    if not family:
        return " ".join(filter(None, (person.get("given", ""), person.get("suffix", ""))))
    after = _after_the_family_name(person.get("given", ""), person.get("suffix", ""))
    return f"{family} {after}" if after else family


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
    if IDEOGRAPHS.search(given):
        return given
    words = _WORD.findall(given)
    # A particle among the given names ("Maria de Lourdes") gives no initial, unless there is nothing else.
    capital = [word for word in words if not word[0][0].islower()] or words
    return "".join([letter for word, stop in capital for letter in _letters(word, stop)][:2])


def _letters(word: str, stop: str) -> list[str]:
    # Some files write the initials as one word: "JL".
    if len(word) <= 3 and word.isupper():
        return list(word)
    if (stop and _ONE_SOUND.fullmatch(word)) or (_SOUNDS.fullmatch(word) and not word.isupper()):
        return _ONE_SOUND.findall(word)
    return [word[0].upper()]
