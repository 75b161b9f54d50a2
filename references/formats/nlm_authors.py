"""The authors of a citation as NLM prints them: "Goldstein JL, 't Hart LM, King ML 3rd, Test Study Group."

Citing Medicine, chapter 1, "Author". PubMed writes Russian given names by sounds, "Ivanov IuA", and holds records of
people with one name.
"""

import re
from collections.abc import Iterable, Mapping

from references.formats.names import RANK

# One given name: a capital, or two letters and more for one sound of another alphabet.
_SOUND = r"(?:Shch|Dzh|Ch|Cs|Dj|Dz|Gy|Ia|Ie|Io|Iu|Kh|Lj|Ly|Nj|Ny|Ph|Sh|Sz|Th|Ts|Ya|Ye|Yo|Yu|Zh|Zs|[^\W\d_a-z])"
INITIALS = rf"{_SOUND}(?:-?{_SOUND}){{0,3}}"
_GIVEN = re.compile(rf"-?{_SOUND}")
# Behind a capital these alone are written small in a name: "Sunlight and vitamin D" is nobody's.
_SMALL = (
    r"(?:a[bfl]|aan|auf|be[ny]|bin|da[ls]?|de[ilmnrs]?|dell[aeo]|d[iou]|dos|el?|het|ibn|in(?= (?:['’]t|de[rn]?|het) )"
    r"|l[aeo]s?|op|san|te[rn]?|ul|und|v[ao]n|vom|y|zu[mr]?)"
)
_FAMILY = (
    rf"(?:Ste?\. |['’‘])?(?:[a-z][^,.;:?!]*?"
    rf"|[^\W\d_a-z][^\s,.;:?!]*(?: (?:{_SMALL}(?= )|(?:[a-z]{{1,2}}['’])?[^\sa-z,.;:?!][^\s,.;:?!]*)){{0,5}}?)"
)
_PERSON = re.compile(rf"(?P<family>{_FAMILY}) (?P<initials>{INITIALS})(?: (?P<suffix>{RANK}))?")
_ONE_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]+")
GROUP = re.compile(
    r".*\b(?:Academy|Agency|Alliance|Association|Cent(?:er|re)s?|Collaborat\w+|Commission|Committee|Consortium|Council"
    r"|Federation|Foundation|Group|Initiative|Institutes?|Investigators|Ministry|Network|Organi[sz]ation|Panel"
    r"|Program(?:me)?|Registry|Society|Study|Task Force|Team|Working Party)\b.*"
)
_SMALL_WORDS = frozenset({"and", "de", "des", "du", "for", "in", "of", "on", "the", "to", "with"})
_OTHERS = "et al"


def authors_of(text: str) -> list[dict[str, str]]:
    """The authors in order, or none when the text is no list of names: then it is the first sentence of the title.

    A group stands among people, or (PubMed of 2003 on) behind a semicolon; alone only when it is written as a name.
    What is no name among more that are is kept as it stands.
    """
    people, *groups = text.split("; ")
    names = people.split(", ")
    if not any(map(_PERSON.fullmatch, names)):
        organizations = [*names, *groups]
        return [{"literal": name} for name in organizations] if all(map(_is_written_as_name, organizations)) else []
    strange = [name for name in names if not (_PERSON.fullmatch(name) or _is_known(name))]
    known = len(names) - len(strange)
    if known < len(strange) or (known == len(strange) and not all(map(_ONE_NAME.fullmatch, strange))):
        return []
    return [_author(name) for name in names] + [{"literal": name} for name in groups]


def strange_among(people: Iterable[Mapping[str, str]]) -> list[str]:
    """The names that are neither those of people nor of groups as we know them."""
    literals = (person.get("literal", "") for person in people)
    return [name for name in literals if name and not _is_known(name)]


def _is_known(name: str) -> bool:
    return name == _OTHERS or GROUP.fullmatch(name) is not None


def _is_written_as_name(text: str) -> bool:
    """ "Centers for Disease Control and Prevention (US)" is; "A study", "Study of hearts" and "Groups" are not."""
    words = text.split()
    if len(words) < 2 or words[0] in {"A", "An"} or GROUP.fullmatch(text) is None:
        return False
    return not any(word[0].islower() and word not in _SMALL_WORDS for word in words)


def _author(name: str) -> dict[str, str]:
    match = _PERSON.fullmatch(name)
    if match is None:
        return {"literal": name}
    given = "".join(f"{initial}." for initial in _GIVEN.findall(match["initials"]))
    author = {"family": match["family"], "given": given, "suffix": match["suffix"] or ""}
    return {part: text for part, text in author.items() if text}
