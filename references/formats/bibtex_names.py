"""Names as BibTeX writes them: "First von Last", "von Last, First", "von Last, Jr, First", joined by "and".

Source: "Names" in Tame the BeaST (N. Markey), after the BibTeX program; a word of small letters is a particle, braces
keep words together. Particles stay with the family name.
"""

import re

from references.formats.latex import from_latex
from references.formats.names import RANK, person
from references.formats.values import tidy
from references.shape import OTHERS

_MARK = re.compile(r"\\.|[{}]| and | |~|,")
_RANK = re.compile(rf",?({RANK})\.?")
_EXTENDED = re.compile(r"(family|given|prefix|suffix|given-i|useprefix)\s*=\s*(.*)", re.DOTALL)


def split_names(text: str) -> list[str]:
    """The names that "and" joins outside of braces."""
    return _split(" ".join(text.split()), " and ")


def read_name(text: str) -> dict[str, str]:
    """One name in the parts of CSL-JSON; a name in braces is that of a group."""
    if text.lower() in {"others", "et al.", "et al"}:
        return dict(OTHERS)
    if _is_braced(text):
        return {"literal": _plain(text)}
    parts = [part.strip() for part in _split(text, ",")]
    if _EXTENDED.fullmatch(parts[0]):
        return _extended(parts)
    if len(parts) == 1:
        return _in_order(parts[0])
    if len(parts) == 2:
        return person(*map(_plain, parts))
    if len(parts) == 3:
        # Many write the rank last.
        given, rank = parts[1:] if _RANK.fullmatch(parts[2]) else parts[:0:-1]
        return person(_plain(parts[0]), _plain(given), _plain(rank))
    return {"literal": _plain(text)}


def _in_order(text: str) -> dict[str, str]:
    """ "First von Last": the family name begins at the first particle, else it is the last word."""
    words = [word for word in re.split(r"[ ~]", text) if word] if "{" not in text else _words(text)
    suffix = ""
    if len(words) > 2 and (rank := _RANK.fullmatch(words[-1])):
        suffix = rank[1]
        words.pop()
    if len(words) == 1:
        return {"literal": _plain(words[0])}
    begins = next((at for at, word in enumerate(words[:-1]) if _is_particle(word)), len(words) - 1)
    if not begins and _is_particle(words[-1]):
        # Nothing has a capital: then small letters say nothing.
        begins = len(words) - 1
    return person(_plain(" ".join(words[begins:])), _plain(" ".join(words[:begins])), suffix)


def _words(text: str) -> list[str]:
    return [word for part in _split(text, " ") for word in _split(part, "~") if word]


def _is_particle(word: str) -> bool:
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    return next((letter.islower() for letter in _plain(word) if letter.isalpha()), False)


def _extended(parts: list[str]) -> dict[str, str]:
    """The form of biblatex: "family=Test, given=Anna, prefix=van"."""
    found = {match[1]: _plain(match[2].strip('" ')) for part in parts if (match := _EXTENDED.fullmatch(part))}
    family = " ".join(part for part in (found.get("prefix", ""), found.get("family", "")) if part)
    return person(family, found.get("given", ""), found.get("suffix", ""))


def _split(text: str, at: str) -> list[str]:
    """The parts of a text between a mark that stands outside of braces."""
    parts, begin, depth = [], 0, 0
    for match in _MARK.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
        elif match[0] == at and not depth:
            parts.append(text[begin : match.start()])
            begin = match.end()
    parts.append(text[begin:])
    return [part for part in parts if part.strip()] or [""]


def _is_braced(text: str) -> bool:
    """Whether one pair of braces holds the whole name."""
    if not (text.startswith("{") and text.endswith("}")) or text.startswith("{\\"):
        return False
    depth = 0
    for match in _MARK.finditer(text):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth and match.end() < len(text):
            return False
    return True


def _plain(text: str) -> str:
    return tidy(from_latex(text)[0])
