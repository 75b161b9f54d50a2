"""Names of people and groups in the spellings of RIS, MEDLINE and NLM's text, as names of CSL-JSON.

The given names stand as the source writes them, except that initials written as one word are set apart, because
"JL" is J and L: "Goldstein JL" has the given names "J L". Particles stay with the family name.
"""

import re

from references.formatting.names import IDEOGRAPHS, SOUND
from references.shape import OTHERS

RANK = r"(?:Jr|Sr|[1-9]st|2nd|3rd|[4-9]th|II|III|IV)"

_INITIALS = re.compile(r"[^\W\d_a-z]{2,4}")
_RANK_AT_END = re.compile(rf"(.*\S)[,\s]\s*({RANK})\.?")
_ONE_RANK = re.compile(rf"({RANK})\.?")
# "Test AB", "van der Test A B Jr", "Test IuA": a family name, then initials.
_GIVEN = (
    rf"{SOUND}{{2,4}}|{SOUND}\.(?:[ -]?{SOUND}\.){{0,3}}|[^\W\d_a-z]{{1,4}}|[^\W\d_a-z]\.?(?: ?-?[^\W\d_a-z]\.?){{0,3}}"
)
_NLM = rf"(?P<family>.*\S) (?P<given>{_GIVEN})"
# First, because a rank may look like initials: "Test AB III".
_NLM_NAMES = (re.compile(rf"{_NLM} (?P<suffix>{RANK})\.?"), re.compile(rf"{_NLM}(?P<suffix>)"))
_OTHERS = frozenset({"et al", "et al.", "others", "and others", "..."})


def person(family: str, given: str = "", suffix: str = "") -> dict[str, str]:
    """A name of CSL-JSON without its empty parts; a rank at the end of either becomes the suffix."""
    if not suffix and given and (match := _RANK_AT_END.fullmatch(family)):
        family, suffix = match[1].rstrip(","), match[2]
    if not suffix and (match := _RANK_AT_END.fullmatch(given)):
        given, suffix = match[1].rstrip(","), match[2]
    if _INITIALS.fullmatch(given) and given.isupper() and not (family.isupper() and len(family) > 1):
        given = " ".join(given)
    parts = {"family": family, "given": given, "suffix": suffix.removesuffix(".")}
    return {part: text for part, text in parts.items() if text}


def inverted_name(text: str) -> dict[str, str]:
    """The name that "Family, Given, Jr" means; without a comma "Family AB" or else the name of a group."""
    if text.lower() in _OTHERS:
        return dict(OTHERS)
    family, *rest = (part.strip() for part in text.split(","))
    if not rest:
        return nlm_name(text) or {"literal": text}
    given, *more = rest
    ranks = [part for part in rest if _ONE_RANK.fullmatch(part)]
    if len(more) > 1 or (more and not ranks):
        return {"literal": text}
    if ranks:
        return person(family, next((part for part in rest if part not in ranks), ""), ranks[0])
    return person(family, given)


def nlm_name(text: str) -> dict[str, str]:
    """The person that "Family AB Jr" means, or nothing when it is written in another way."""
    match = next(filter(None, (form.fullmatch(text) for form in _NLM_NAMES)), None) if len(text) < 200 else None
    return person(match["family"], match["given"], match["suffix"]) if match else {}


def medline_name(text: str) -> dict[str, str]:
    """The name in an author field of MEDLINE: "Test, Anna B 3rd", "Test AB 3rd", a single name, or "et al."."""
    if text.lower() in _OTHERS:
        return dict(OTHERS)
    if "," in text:
        family, _, given = text.partition(",")
        return person(family.strip(), given.strip())
    return nlm_name(text) or ({"family": text} if " " not in text else {"literal": text})


def with_sounds(given: str, initials: str) -> str:
    """Given names that are initials, with full stops where some have a small letter: "Iu A", "IuA" → "Iu. A."."""
    letters = re.findall(r"[^\W\d_a-z][a-z]*", given)
    if initials.isupper() or IDEOGRAPHS.search(given) or "".join(letters) != initials or not 1 < len(initials) < 9:
        return given
    return " ".join(f"{letter}." for letter in letters)


def family_and_initials(name: dict[str, str]) -> tuple[str, str]:
    """What a name and its short form have in common: family name and at most two initials, in small letters."""
    initials = "".join(word[0] for word in re.findall(r"\w+", name.get("given", ""))[:2])
    return (name.get("family") or name.get("literal", "")).casefold(), initials.casefold()
