"""Locators of citations, such as ``, pp. 33-35``: Pandoc's rules, with every locator term of CSL 1.0.2.

Pandoc's User's Guide, "Citation syntax"; the terms are those of the CSL locale en-US in long and short form, and four
abbreviations that medical texts use (ch., tab., suppl., supp.).
"""

import re
from dataclasses import dataclass

_WRITTEN: dict[str, str] = {
    "act": "act acts",
    "appendix": "appendix appendices app. apps.",
    "article-locator": "article articles art. arts.",
    "book": "book books bk. bks.",
    "canon": "canon canons",
    "chapter": "chapter chapters chap. chaps. ch.",
    "column": "column columns col. cols.",
    "elocation": "location locations loc. locs.",
    "equation": "equation equations eq. eqs.",
    "figure": "figure figures fig. figs.",
    "folio": "folio folios fol. fols.",
    "issue": "issue issues number numbers no. nos.",
    "line": "line lines l. ll.",
    "note": "note notes n. nn.",
    "opus": "opus opera op. opp.",
    "page": "page pages p. pp.",
    "paragraph": "paragraph paragraphs para. paras. ¶¶ ¶",
    "part": "part parts pt. pts.",
    "rule": "rule rules r. rr.",
    "scene": "scene scenes sc. scs.",
    "section": "section sections sec. secs. §§ §",
    "sub-verbo": "sub_verbo sub_verbis s.v. s.vv.",
    "supplement": "supplement supplements suppl. supp. supps.",
    "table": "table tables tab. tbl. tbls.",
    "timestamp": "timestamp timestamps",
    "title-locator": "title titles tit. tits.",
    "verse": "verse verses v. vv.",
    "version": "version versions",
    "volume": "volume volumes vol. vols.",
}
LABELS: dict[str, str] = {
    written.replace("_", " "): label for label, forms in _WRITTEN.items() for written in forms.split()
}
"""The CSL term of each way to write a label, in small letters."""

_WORDS = sorted((re.escape(each) for each in LABELS if each[-1].isalpha()), key=len, reverse=True)
_SIGNS = sorted((re.escape(each) for each in LABELS if not each[-1].isalpha()), key=len, reverse=True)
_LABEL = re.compile(rf"(?:{'|'.join(_SIGNS)})|(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_JOINT = re.compile(r",\s*|\s+")
# One word of a locator: its letters and digits, with what may stand between and around them.
_WORD = re.compile(
    r"""(?: \w | [-–—] | [.:](?=\w)
          | \((?:[^()\s\[\]]*+)\) | \[(?:[^()\s\[\]]*+)\] | "[^"\s]*+" | “[^”\s]*+”
          | \*{1,2}(?:[\w.:–-]++)\*{1,2} | \$(?=\w) )++""",
    re.VERBOSE,
)
_ROMAN = re.compile(r"m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_OPENING = re.compile(r",?\s*")
_SPACE = re.compile(r"\s*")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_SEVERAL = re.compile(r"\w[-–—]|,\s|\s\w")


@dataclass(frozen=True)
class Locator:
    """Where in a source: `label` as CSL calls it, the words from `begins` to `ends`; what follows begins at `rest`.

    `implied`: what is written before the words when no label was ("p. "), "" otherwise.
    """

    label: str
    begins: int
    ends: int
    rest: int
    implied: str = ""


def read_locator(source: str, begins: int, ends: int) -> Locator | None:
    """The locator at the beginning of what follows a key, or None: then all of that is suffix."""
    opening = _OPENING.match(source, begins, ends)
    position = opening.end() if opening else begins
    if source[position : min(position + 1, ends)] == "{":
        return _braced(source, position, ends)
    label, numbers = _label(source, position, ends)
    end = _numbers(source, numbers, ends, romans=bool(label))
    if end is None:
        return None
    if label:
        return Locator(label, position, end, end)
    several = _SEVERAL.search(source, position, end)
    return Locator("page", position, end, end, "pp. " if several else "p. ")


def _braced(source: str, begins: int, ends: int) -> Locator | None:
    """All between braces is the locator, whatever it says; nothing between them says that there is none."""
    depth = 0
    for sign in _BRACE.finditer(source, begins, ends):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if depth == 0:
            inside = source[begins + 1 : sign.start()]
            first = begins + 1 + len(inside) - len(inside.lstrip())
            last = max(first, sign.start() - (len(inside) - len(inside.rstrip())))
            label, numbers = _label(source, first, last)
            if not label and _numbers(source, first, last, romans=False) is not None:
                label = "page"
            return Locator(label if numbers < last else "", first, last, sign.end())
    return None


def _label(source: str, begins: int, ends: int) -> tuple[str, int]:
    found = _LABEL.match(source, begins, ends)
    if not found:
        return "", begins
    space = _SPACE.match(source, found.end(), ends)
    return LABELS[found[0].lower()], space.end() if space else found.end()


def _numbers(source: str, begins: int, ends: int, *, romans: bool) -> int | None:
    """Where the words that hold numbers end; None when the first holds none."""
    first = _WORD.match(source, begins, ends)
    if not first or not _counts(first[0], romans=romans):
        return None
    end = first.end()
    while joint := _JOINT.match(source, end, ends):
        word = _WORD.match(source, joint.end(), ends)
        if not word or not _counts(word[0], romans=True):
            break
        end = word.end()
    return end


def _counts(word: str, *, romans: bool) -> bool:
    if any(sign.isdigit() for sign in word):
        return True
    letters = _LETTERS.findall(word)
    return romans and bool(letters) and all(_ROMAN.fullmatch(each) for each in letters)
