"""What programs and libraries put into one author field beside a name: more people, degrees, "et al.", "(ed.)".

Source: the RIS specification wants one person a field; its own example of a suffix is "Jr/Sr/II/III/MD".
"""

import re
from collections.abc import Callable

from references.formats.names import nlm_name
from references.formats.nlm_authors import GROUP
from references.formats.records import Reading

_BETWEEN = re.compile(r"\s*;\s*|\s+\\?&\s+")
_OTHERS_AT_END = re.compile(r"(.*[^\s,])[\s,]+(?:et al\.?|and others)", re.IGNORECASE)
_ROLE = re.compile(r"(.*\S)\s*\((?:eds?|editors?|hrsg)\.?\)", re.IGNORECASE)
# These are never initials; what is written as initials may be is a degree behind given names only.
_DEGREE = (
    r"Ph\.?D|D\.?Phil|[BDM]\.?Sc|MBBS|MBChB|M\.?B\.? Ch\.?B|Pharm\.?D|Psy\.?D|FRCP(?:CH)?|FRCS|FRCPath|FAAP|FACP|FACMG"
)
_MAYBE = r"(?:(?<=[a-z] )|(?<=, ))M\.D|MD|MPH|MBA|DVM|RN|MA|BA|MS"
_SURELY_AT_END = re.compile(rf"(.*[^\s,])[\s,]+({_DEGREE})\.?")
_MAYBE_AT_END = re.compile(rf"([^,]*,.*[^\s,]|.* [A-Z.-]{{1,6}})[\s,]+(?<=[\s,])({_MAYBE})\.?")

_ORGANIZATION = re.compile(r"\b(?:Clinic|College|Department|Division|Facult|Hospital|Laborator|School|Universit)")
_LONGEST = 20_000
_LONGEST_NAME = 300

Person = dict[str, str]


def people_in(reading: Reading, text: str, read: Callable[[str], Person], line: int | None = None) -> list[Person]:
    """The people whom a field names, each as `read` takes a name; what was left out is named in a remark."""
    if len(text) > _LONGEST or text.startswith("{"):
        return [read(text)]
    rest, others = text, []
    if match := _OTHERS_AT_END.fullmatch(rest):
        rest, others = match[1], [read("et al.")]
    parts = [part for part in _BETWEEN.split(rest) if part]
    names = parts if all(map(_is_a_name, parts)) else [rest]
    return [*(read(_bare(reading, name, line)) for name in names), *others]


def _is_a_name(text: str) -> bool:
    family, comma, given = text.partition(",")
    return bool(nlm_name(text) or (comma and family.strip() and given.strip()))


def _bare(reading: Reading, name: str, line: int | None) -> str:
    """A name without the degrees and the role behind it; what is too long for a name stays as it is."""
    if len(name) > _LONGEST_NAME:
        return name
    bare = name
    left_out: list[str] = []
    # Of an organization MD and MA are states of America.
    maybe = None if GROUP.fullmatch(name) or _ORGANIZATION.search(name) else _MAYBE_AT_END
    while match := _ROLE.fullmatch(bare) or _SURELY_AT_END.fullmatch(bare) or (maybe and maybe.fullmatch(bare)):
        left_out.insert(0, bare[match.end(1) :].strip(" ,"))
        bare = match[1]
    if left_out:
        reading.remark(f"“{', '.join(left_out)}” behind the name “{bare}” is no part of it and was left out.", line)
    return bare
