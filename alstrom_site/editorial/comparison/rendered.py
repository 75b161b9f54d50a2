"""Two renderings of a text as one: the new one, with the words that came and went marked in their places.

It is for reading. What proves that nothing escapes is the comparison of the sources.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from .sequences import common

# As the sanitiser writes HTML: a tag with its quoted values, a character by name, a space, a word.
_TOKEN = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^>"'])*>|\s+|(?:&#?\w+;|[^\s<])+|<""")
# The whole text may stand on the same page and owns these; what links within the text lead to gets a name of its own.
_OWNED = re.compile(r'\s(?:aria-labelledby|tabindex)="[^"]*"')
_NAMED = re.compile(r'(\s(?:id="|href="#))(?=[^"])')
_ALT = re.compile(r'\salt="([^"]*)"')
_CAME = '<ins><span class="comparison-hidden">added: </span>'
_CAME_END = '<span class="comparison-hidden"> (end of added)</span></ins>'
_WENT = '<del><span class="comparison-hidden">removed: </span>'
_WENT_END = '<span class="comparison-hidden"> (end of removed)</span></del>'


def marked(old: str, new: str) -> SafeString:
    """Return the new rendering with marks. Both are HTML that is safe as it stands; only marks are added."""
    before = [_plain(piece) for piece in _TOKEN.findall(old) if _is_read(piece)]
    pieces = _TOKEN.findall(new)
    after = [_plain(piece) for piece in pieces if _is_read(piece)]
    pairs = common(before, after)
    gone = {j: before[i + 1 : next_i] for (i, j), (next_i, _) in pairwise([(-1, -1), *pairs, (len(before), 0)])}
    marks = _Marks(gone, kept={j for _, j in pairs})
    return mark_safe("".join(marks.over(pieces)))  # noqa: S308 pieces of the two safe renderings, and our own marks


class _Marks:
    """Walks over the new rendering; `gone` holds what went after each kept word, by that word's place."""

    def __init__(self, gone: dict[int, list[str]], kept: set[int]) -> None:
        self._gone, self._kept = gone, kept
        self._came = False
        self._waiting: list[str] = list(gone.get(-1, []))
        self._inline = False

    def over(self, pieces: Sequence[str]) -> Iterator[str]:
        """Give the pieces of the marked rendering."""
        place = -1
        for piece in pieces:
            if not _is_read(piece):
                yield from self._end()
                yield _own(piece)
                self._inline = False
                continue
            place += 1
            yield from self._word(piece, place)
        yield from self._end()
        yield from self._went()

    def _word(self, piece: str, place: int) -> Iterator[str]:
        is_space = piece.isspace()
        if not is_space or self._inline:
            yield from self._end() if place in self._kept else ()
            # Between two blocks no words may stand: those wait for the next one.
            yield from self._went()
        if place not in self._kept and not is_space and not self._came:
            self._came = True
            yield _CAME
        yield _own(piece)
        self._inline = self._inline or not is_space
        if place in self._kept:
            self._waiting += self._gone.get(place, [])
            if self._inline:
                yield from self._went()

    def _went(self) -> Iterator[str]:
        words = "".join(self._waiting)
        self._waiting = []
        if words.strip():
            yield f"{_WENT}{words}{_WENT_END}"

    def _end(self) -> Iterator[str]:
        if self._came:
            self._came = False
            yield _CAME_END


def _is_read(piece: str) -> bool:
    """Whether it is a word, a space or a picture, and no other tag."""
    return not piece.startswith("<") or piece == "<" or piece.startswith("<img")


def _own(tag: str) -> str:
    """The tag without what the whole text owns, and with the ids and the links to them of this rendering alone."""
    return _NAMED.sub(r"\1marked-", _OWNED.sub("", tag))


def _plain(piece: str) -> str:
    """The piece as it is compared, and shown where it went: a picture by its description."""
    if piece.startswith("<img"):
        found = _ALT.search(piece)
        # In a value "<" may stand as it is; among words it may not.
        return f"[picture: {escape(unescape(found.group(1))) if found else ''}]"
    return " " if piece.isspace() else piece
