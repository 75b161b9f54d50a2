"""Names for characters that a reader cannot see or cannot tell apart."""

import re
import unicodedata
from collections.abc import Iterator

_NAMES = {
    "\t": "tab", "\n": "line break", "\r": "carriage return", "\x00": "null character",
    "\u00a0": "no-break space", "\u00ad": "soft hyphen", "\u200b": "zero width space",
    "\ufeff": "zero width no-break space (byte order mark)",
}  # fmt: skip

# Letters and marks of other scripts that most fonts draw like a Latin letter or an ASCII mark. A choice from Unicode
# Technical Standard 39 (confusables), enough to warn; a pair that is not here is still shown as a change.
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеорсухіѕјԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαıɡ‐‑‒–—−‘’‚“”„′″·∙µ",
    "ABESIJKMHOPCTXYaeopcyxisjdhABEZHIKMNOPTYXoaig------'''\"\"\"'\"..μ",
)
# What a web page must never receive as it is: controls, direction controls, halves of surrogate pairs.
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_DANGEROUS = f"\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f{_DIRECTIONS}\ud800-\udfff"
_UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SPACES = "\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

# Everything that stands inside a word for the reader although it is no letter: combining marks and unseen characters.
WORD_EXTRAS = f"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f{_UNSEEN}{_DIRECTIONS}"

_IN_UNCHANGED = re.compile(f"[{_DANGEROUS}]")
_IN_CHANGED = re.compile(f"[{_DANGEROUS}{_UNSEEN}{_SPACES}\t\n]| {{2,}}|^ +$|^[{WORD_EXTRAS}]")


def name(character: str) -> str:
    """The name of one character in small letters, or its code point when Unicode gives it no name."""
    known = _NAMES.get(character) or unicodedata.name(character, "").lower()
    return known or f"character U+{ord(character):04X}"


def _name_of_run(run: str) -> str:
    if run.startswith(" "):
        return "space" if len(run) == 1 else f"{len(run)} spaces"
    return name(run)


def split_unseen(text: str, *, changed: bool) -> Iterator[tuple[str, str]]:
    """(text, name) in order: what can be seen with no name, what cannot be seen with its name.

    In unchanged text only characters that could disturb the page are named.
    """
    at = 0
    for match in (_IN_CHANGED if changed else _IN_UNCHANGED).finditer(text):
        if match.start() > at:
            yield text[at : match.start()], ""
        yield match[0], _name_of_run(match[0])
        at = match.end()
    if at < len(text):
        yield text[at:], ""


_LATIN = "A-Za-z\u00c0-\u024f"
_MIXED = re.compile(f"(?<=[{_LATIN}])[\u0370-\u052f]|[\u0370-\u052f](?=[{_LATIN}])")


def mixed_scripts(text: str, limit: int = 4) -> list[str]:
    """Greek and Cyrillic letters that touch Latin ones, by name: in a Latin word they deceive the eye."""
    return [name(letter) for letter in dict.fromkeys(_MIXED.findall(text))][:limit]


_TO_STRIP = re.compile(f"[{_UNSEEN}{_DANGEROUS}]")


def look(text: str) -> str:
    """The text as it looks at a glance: unseen characters off, spacing as one space, look-alikes as one of them."""
    plain = unicodedata.normalize("NFKC", _TO_STRIP.sub("", text)).translate(_LOOK_ALIKES)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def difference_by_name(here: str, there: str, limit: int = 8) -> str:
    """The characters of `here` that `there` lacks, by name, when the two look the same; else nothing."""
    if len(here) > 2_000 or here.isspace() or look(here) != look(there):
        return ""
    own = [character for character in dict.fromkeys(here) if character not in there]
    names = ", ".join(name(character) for character in own[:limit])
    return f"looks the same: {names}" if names else "looks the same"
