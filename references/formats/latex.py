"""The text that LaTeX in a BibTeX field means: accents, signs, quotes, and the markup that CSL keeps in titles."""

import re
import unicodedata
from dataclasses import dataclass, field

from references.formats.latex_signs import ACCENTS, DROPPED_WITH_ARGUMENT, PLAIN_COMMANDS, SIGNS, SWITCHES, WRAPPERS

_TOKEN = re.compile(
    r"\\(?P<name>[A-Za-z]+)\*?[ \t\n]*|\\(?P<sign>.)|(?P<mark>[{}$~^_])|(?P<ligature>---|--|``|''|`|\?`|!`)"
    r"|(?P<plain>[^\\{}$~^_`'-]+|.)",
    re.DOTALL,
)
_SPECIAL = re.compile(r"[\\{}$~`]|--|''")
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "?`": "¿", "!`": "¡"}
_SCRIPTS = {"^": ("<sup>", "</sup>"), "_": ("<sub>", "</sub>")}
_LITERAL = frozenset("&%$#_{}@")
_SPACE = frozenset(" ,;:!\n\\~")
_DEEPEST = 60
Wrap = tuple[str, str]


@dataclass(slots=True)
class _Group:
    """What was decoded since a brace opened, and what is done with the next unit."""

    parts: list[str] = field(default_factory=list)
    wrap: Wrap | None = None
    accent: str = ""
    next_wrap: Wrap | None = None
    drop_next: bool = False


def from_latex(text: str) -> tuple[str, list[str]]:
    """The text without LaTeX, and the names of the commands that are not known here, which stay as written."""
    if not _SPECIAL.search(text):
        return text, []
    decoding = _Decoding()
    for token in _TOKEN.finditer(text):
        decoding.take(token)
    return decoding.result(), list(dict.fromkeys(decoding.unknown))


class _Decoding:
    """Goes through the tokens once."""

    def __init__(self) -> None:
        self.unknown: list[str] = []
        self._groups = [_Group()]
        self._ignored = 0
        self._math = False

    def take(self, token: re.Match[str]) -> None:
        """Take one token."""
        kind, text = str(token.lastgroup), token[str(token.lastgroup)]
        if kind == "name":
            self._command(text, token[0])
        elif kind == "sign":
            self._sign(text)
        elif kind == "mark":
            self._mark(text)
        elif kind == "ligature":
            self._put(_LIGATURES[text])
        else:
            self._plain(text)

    def result(self) -> str:
        """The whole text; groups that were never closed end with it."""
        while len(self._groups) > 1:
            self._close()
        return "".join(self._groups[0].parts)

    def _command(self, name: str, written: str) -> None:
        group = self._groups[-1]
        if name in SIGNS:
            self._put(SIGNS[name])
        elif name in ACCENTS:
            group.accent = ACCENTS[name]
        elif name in WRAPPERS:
            group.next_wrap = WRAPPERS[name]
        elif name in SWITCHES:
            group.wrap = SWITCHES[name] if len(self._groups) > 1 else None
        elif name in DROPPED_WITH_ARGUMENT:
            group.drop_next = True
        elif name not in PLAIN_COMMANDS:
            self.unknown.append(f"\\{name}")
            self._put(written)

    def _sign(self, sign: str) -> None:
        if sign in ACCENTS:
            self._groups[-1].accent = ACCENTS[sign]
        elif sign in _LITERAL:
            self._put(sign)
        elif sign in _SPACE:
            self._put(" ")
        elif sign not in "-/()[]":
            self._put(sign)

    def _mark(self, mark: str) -> None:
        if mark == "{":
            self._open()
        elif mark == "}":
            self._ignored, closes = max(0, self._ignored - 1), not self._ignored
            if closes and len(self._groups) > 1:
                self._close()
        elif mark == "$":
            self._math = not self._math
        elif mark == "~":
            self._put(" ")
        elif self._math:
            self._groups[-1].next_wrap = _SCRIPTS[mark]
        else:
            self._put(mark)

    def _open(self) -> None:
        # Deeper nesting than anybody writes would copy the text once for each level.
        if len(self._groups) < _DEEPEST:
            self._groups.append(_Group())
        else:
            self._ignored += 1

    def _close(self) -> None:
        group = self._groups.pop()
        if group.accent:
            group.parts.append(_accented("", group.accent))
        text = "".join(group.parts)
        self._put(_wrapped(text, group.wrap))

    def _plain(self, text: str) -> None:
        group = self._groups[-1]
        if group.accent or group.next_wrap or group.drop_next:
            rest = text.lstrip(" \t\n")
            self._put(rest[:1])
            text = rest[1:]
        if text:
            group.parts.append(text)

    def _put(self, unit: str) -> None:
        """Add a unit, a sign or a group, with what was waiting for it."""
        group = self._groups[-1]
        if group.drop_next:
            group.drop_next = False
            return
        if group.accent:
            unit, group.accent = _accented(unit, group.accent), ""
        unit, group.next_wrap = _wrapped(unit, group.next_wrap), None
        group.parts.append(unit)


def _wrapped(text: str, wrap: Wrap | None) -> str:
    # A raised ring is the sign of degrees.
    return f"{wrap[0]}{text}{wrap[1]}" if wrap and text.strip() and text != "°" else text


def _accented(text: str, accent: str) -> str:
    if not text:
        return {"\u0303": "~", "\u0302": "^"}.get(accent, "")
    letter = {"ı": "i", "ȷ": "j"}.get(text[:1], text[:1])
    return unicodedata.normalize("NFC", letter + accent) + text[1:] if letter.isalpha() else text
