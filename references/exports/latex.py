"""Text written so that neither BibTeX nor LaTeX takes any of it for its own."""

import re

from references.formatting.titles import in_marks, marked

# Braces count in BibTeX even behind a backslash, so they are written as names of their characters.
_SIGNS = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
# In addresses and identifiers, which are read as they stand, only what would end or open the field.
_BRACES = {"\\": "%5C", "{": "%7B", "}": "%7D"}
_BRACE = re.compile("|".join(map(re.escape, _BRACES)))
# Characters that Unicode keeps from ever being text stand for the braces until everything is escaped.
_OPEN, _CLOSE = "\ufdda", "\ufddb"
_IN_BRACES = {ord(_OPEN): "{", ord(_CLOSE): "}"}
_WORD = re.compile(r"[^\W_]+")
_COMMANDS = {"i": r"\textit{", "b": r"\textbf{", "sub": r"\textsubscript{", "sup": r"\textsuperscript{"}


def latex(text: str) -> str:
    """The text with every sign escaped that means something."""
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]], text)


def latex_title(text: str, *, keep_capitals: bool = False) -> str:
    """A title likewise, with its italics, bold words, sub- and superscripts as commands.

    Styles of BibTeX print titles in small letters but for what stands in braces, and the first letter of all.
    """
    text = marked(text, tags=_COMMANDS)
    if keep_capitals:
        text = _WORD.sub(_kept, text)
    return in_marks(latex(text), _COMMANDS, "}").translate(_IN_BRACES)


def _kept(word: re.Match[str]) -> str:
    letters = word[0] if word.start() else word[0][1:]
    return f"{_OPEN}{word[0]}{_CLOSE}" if any(map(str.isupper, letters)) else word[0]


def verbatim(text: str) -> str:
    """An address or identifier as it stands, its braces and backslashes written as in addresses."""
    return _BRACE.sub(lambda sign: _BRACES[sign[0]], text)
