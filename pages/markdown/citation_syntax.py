"""Pandoc's citation groups, such as ``[see @joy2007, p. 3; @marshall2007]``, taken apart.

The syntax is that of the Pandoc User's Guide, section "Citation syntax". Ours differs in one thing: a group holds
no brackets, code or autolinks, so that those always keep their own meaning.
"""

import re
from dataclasses import dataclass

# What a group may hold up to its closing bracket. It stops at any other bracket, so all attempts together are linear.
GROUP = re.compile(r"\[(?P<inside>(?:[^\[\]\\`<]|\\.|<(?![A-Za-z]))*)\]", re.DOTALL)

_PIECE = re.compile(
    r"""
      \\.                               # an escaped character means itself
    | &\#?\w{1,32};                     # the semicolon of a character reference separates nothing
    | (?P<separator>;)
    | (?<![^\s(;])-?@                   # an @ inside a word belongs to an e-mail address
      (?: \{(?P<braced>[^{}\s]+)\} | (?P<key>\w(?:\w|[:.#$%&+?<>~/-](?=\w))*) )
    """,
    re.VERBOSE | re.DOTALL,
)

_TERM = (
    r"(?:pages?|pp?\.|chapters?|chaps?\.|ch\.|sections?|secs?\.|figures?|figs?\.|tables?|tab\.|volumes?|vols?\.|"
    r"paragraphs?|paras?\.|appendix|app\.|supplement|suppl\.|columns?|cols?\.|lines?|notes?|numbers?|nos?\.|"
    r"books?|parts?|pts?\.|verses?|¶|§)"
)
_NUMBER = r"[^\W\d]{0,3}\d\w*(?:[.:]\w+)*"
_NUMBERS = rf"{_NUMBER}(?:(?:\s?[-–]\s?|,\s?|\sand\s){_NUMBER})*"
_LOCATOR = re.compile(
    rf"""
      \s*,?\s* \{{(?P<braced>[^{{}}]*)\}}
    | \s*,?\s* (?P<named>{_TERM}\s*(?:{_NUMBERS}|[ivxlcdm]+\b))
    | \s*,\s*  (?P<bare>{_NUMBERS})
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True)
class CitationItem:
    """One reference in a group, its affixes as Markdown: a suffix keeps the comma or space that joins it."""

    key: str
    prefix: str = ""
    locator: str = ""
    suffix: str = ""

    @property
    def bare(self) -> bool:
        """Whether the key stands alone."""
        return not (self.prefix or self.locator or self.suffix)


def parse_group(inside: str) -> tuple[CitationItem, ...]:
    """The citations between a pair of brackets; empty when no key stands there, so that it is no group at all.

    What stands between two keys goes to the first up to the last semicolon, and to the second from there.
    """
    found: list[tuple[re.Match[str], tuple[int, int]]] = []
    cut: tuple[int, int] | None = (0, 0)
    for piece in _PIECE.finditer(inside):
        if _key(piece):
            found.append((piece, cut or (piece.start(), piece.start())))
            cut = None
        elif piece["separator"] and found:
            cut = piece.span()
    ends = [cut_before[0] for _, cut_before in found[1:]] + [len(inside)]
    return (
        tuple(
            _item(_key(piece), inside[starts : piece.start()], inside[piece.end() : end])
            for (piece, (_, starts)), end in zip(found, ends, strict=True)
        )
        if found
        else ()
    )


def _key(piece: re.Match[str]) -> str:
    return piece["key"] or piece["braced"] or ""


def _item(key: str, prefix: str, after: str) -> CitationItem:
    match = _LOCATOR.match(after)
    locator = match[match.lastgroup].strip() if match and match.lastgroup else ""
    rest = after[match.end() :] if match else after
    return CitationItem(key=key, prefix=prefix.strip(), locator=locator, suffix=rest.rstrip())
