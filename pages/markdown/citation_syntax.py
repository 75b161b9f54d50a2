"""Pandoc's citation grammar: groups such as ``[see @joy2007, p. 3; @marshall2007]`` and keys in the text, taken apart.

The grammar is that of the Pandoc User's Guide, section "Citation syntax", held against what Pandoc 3.9 makes of the
cases in the tests. Ours differs in this: brackets in a group stand at most three deep, and an empty key is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from pages.markdown.locators import Locator, read_locator
from pages.markdown.outline import Outline

Span = tuple[int, int]

# A key begins with a letter, a digit or "_"; single marks may stand inside it. "//" and ":/" are there for addresses.
_BARE = r"\w(?:\w|[:.#$%&+?<>~/-](?=\w)|[:/](?=/))*+"
_BRACED = r"\{(?P<braced>(?:[^{}\s]|\{[^{}\s]*+\})++)\}"
# An @ inside a word belongs to an e-mail address; a hyphen that is not one of several keeps the author out.
_KEY = rf"(?:(?<![^\W_])(?<![.-])(?P<minus>-))?(?<![^\W_])(?<!\.)@(?:{_BRACED}|(?P<bare>{_BARE}))"
_PIECE = re.compile(
    rf"""
      \\.                               # an escaped character means itself
    | &\#?\w{{1,32}};                   # the semicolon of a character reference separates nothing
    | (?<![^\W_])"(?=\S)[^"]*"          # nor does one in a quotation
    | “(?=\S)[^”]*”
    | (?P<jump>[\[`<])
    | (?P<separator>;)
    | {_KEY}
    """,
    re.VERBOSE | re.DOTALL,
)
_AT = re.compile(_KEY)
_ANY = re.compile(rf"@(?:{_BRACED}|(?P<bare>{_BARE}))")
_NOTHING: Span = (0, 0)


class Mode(StrEnum):
    """How a citation stands in its sentence."""

    NORMAL = "normal"
    AUTHOR_IN_TEXT = "author-in-text"
    SUPPRESS_AUTHOR = "suppress-author"


@dataclass(frozen=True)
class CitationItem:
    """One reference in a group, its affixes as Markdown: a suffix keeps the comma or space that joins it.

    `label`: the locator's term in CSL ("page"). `implied`: what is to be shown before a locator that has no label.
    """

    key: str
    mode: Mode = Mode.NORMAL
    prefix: str = ""
    locator: str = ""
    suffix: str = ""
    label: str = ""
    implied: str = ""
    prefix_at: Span = field(default=_NOTHING, compare=False)
    locator_at: Span = field(default=_NOTHING, compare=False)
    suffix_at: Span = field(default=_NOTHING, compare=False)
    key_begins: int = field(default=0, compare=False)

    @property
    def bare(self) -> bool:
        """Whether the key stands alone."""
        return not (self.prefix or self.locator or self.suffix)

    @property
    def is_apart(self) -> bool:
        """Whether white space stands between prefix and key."""
        return self.prefix_at[1] < self.key_begins


@dataclass(frozen=True)
class KeyAt:
    """A key and where it stands, from its hyphen or @ on."""

    key: str
    mode: Mode
    begins: int
    ends: int


def possible_keys(text: str) -> set[str]:
    """Every key that a text may cite and a database can hold, and more: also what stands in code or an address."""
    found = (each["bare"] or each["braced"] for each in _ANY.finditer(text))
    return {key for key in found if key.isprintable()}


def key_at(source: str, position: int, end: int) -> KeyAt | None:
    """The key that a sentence may hold at this position, at its hyphen or its @."""
    found = _AT.match(source, position, end)
    if not found:
        return None
    mode = Mode.SUPPRESS_AUTHOR if found["minus"] else Mode.AUTHOR_IN_TEXT
    return KeyAt(found["bare"] or found["braced"], mode, *found.span())


def parse_group(outline: Outline, begins: int, ends: int) -> tuple[CitationItem, ...]:
    """The citations between a pair of brackets; empty for no group, where a part between semicolons has no key."""
    parts = list(_parts(outline, begins, ends))
    items = [_item(outline.source, part, key) for part, key in parts if key]
    return tuple(items) if len(items) == len(parts) else ()


def parse_following(outline: Outline, key: KeyAt, begins: int, ends: int) -> tuple[CitationItem, ...]:
    """The citations of a key in the text with the brackets after it, such as ``@joy2007 [p. 3; see @marshall2007]``.

    Empty when the brackets belong to something else, such as the mark of a note, [^1]. What stands in them before the
    first semicolon is the key's own, unless it is a citation too.
    """
    if outline.source.startswith("^", begins):
        return ()
    parts = list(_parts(outline, begins, ends))
    own = (begins, begins)
    if parts[0][1] is None:
        own = parts.pop(0)[0]
    if any(each is None for _, each in parts):
        return ()
    first = _cited(outline.source, key.key, key.mode, (begins, begins), own)
    return (first, *(_item(outline.source, part, each) for part, each in parts if each))


def alone(key: KeyAt) -> CitationItem:
    """The citation that a key in the text is when no brackets follow it."""
    return CitationItem(key.key, key.mode)


def _parts(outline: Outline, begins: int, ends: int) -> Iterator[tuple[Span, KeyAt | None]]:
    """The parts between semicolons, each with the first key in it; later ones belong to its suffix."""
    start, position, key = begins, begins, None
    while piece := _PIECE.search(outline.source, position, ends):
        position = piece.end()
        if piece["jump"]:
            position = _over(outline, piece.start())
        elif piece["separator"]:
            yield (start, piece.start()), key
            start, key = position, None
        elif key is None and (named := piece["bare"] or piece["braced"]):
            mode = Mode.SUPPRESS_AUTHOR if piece["minus"] else Mode.NORMAL
            key = KeyAt(named, mode, *piece.span())
    yield (start, ends), key


def _over(outline: Outline, at: int) -> int:
    if at in outline.jumps:
        return outline.jumps[at]
    return outline.closing.get(at, at) + 1


def _item(source: str, part: Span, key: KeyAt) -> CitationItem:
    return _cited(source, key.key, key.mode, (part[0], key.begins), (key.ends, part[1]))


def _cited(source: str, key: str, mode: Mode, before: Span, after: Span) -> CitationItem:
    last = after[0] + len(_cut(source, after).rstrip())
    locator = read_locator(source, after[0], last) or Locator("", after[0], after[0], after[0])
    prefix, place = _trimmed(source, *before), (locator.begins, locator.ends)
    suffix = (locator.rest, max(locator.rest, last))
    return CitationItem(
        key=key,
        mode=mode,
        prefix=_cut(source, prefix),
        locator=_cut(source, place),
        suffix=_cut(source, suffix),
        label=locator.label,
        implied=locator.implied,
        prefix_at=prefix,
        locator_at=place,
        suffix_at=suffix,
        key_begins=before[1],
    )


def _cut(source: str, span: Span) -> str:
    return source[span[0] : span[1]]


def _trimmed(source: str, begins: int, ends: int) -> Span:
    words = source[begins:ends]
    begin = begins + len(words) - len(words.lstrip())
    return begin, max(begin, begins + len(words.rstrip()))
