"""Where in a pasted list one citation ends and the next begins.

In a list that is numbered, or has an empty line between two citations, these part them. In any other list what stands
before a date and its pages is a citation when it has a title and a journal: a notice has a journal only.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from references.formats.nlm_authors import authors_of
from references.formats.nlm_books import imprints_in, stands_behind
from references.formats.nlm_notices import begins_with_notice, is_open
from references.formats.nlm_tail import identifiers_ahead, is_tail, sentences_of
from references.formats.nlm_text import LONGEST_CITATION, sources_in
from references.formats.values import tidy

# "1. ", "1: ", "1) ", "[1] ": PubMed and reference lists number in these ways; its pages have "1" on a line of its own.
NUMBERED = re.compile(
    r"\A\s*(?:(?:\[([0-9]{1,5})\]|\(([0-9]{1,5})\)|([0-9]{1,5})[.:)])(?:\s+(?=\S)|\s*\Z)"
    r"|([0-9]{1,5})[ \t]*(?:\n\s*|\Z))"
)
BULLET = re.compile(r"\A\s*[•*–-]\s+")
_HEADING = re.compile(
    r"\s*(?:\W*)(?:References|Bibliography|Literature(?: cited)?|Sources|Works cited|Further reading)\W*", re.IGNORECASE
)
# No names, though they look like some; and after what a number stands in the middle of a text.
_LETTERED = re.compile(
    r"(?:Part|Type|Vitamin|Group|Class|Stage|Factor|Hepatitis|Influenza|Section|Series) [A-Z]{1,3}\.?"
)
_NUMBER_FOLLOWS = re.compile(
    r"(?:\b[Vv]ol\.|\b[Nn]o\.:?|[,:(;-]|\b(?:Suppl|Pt|Spec No|Part|type|[A-Z][a-z]{2}|and|of|in))\Z"
)
_ADDRESS_AT_END = re.compile(r"https?://\S+\Z")
_ENDS = (".", "?", "!", ")", "]", "”", '"')
_LONGEST_SOURCE = 1000
_NEAR = 40
# Sentences before a date: title and journal, or the title of a book; authors are one more.
_ARTICLE, _BOOK = 2, 1

Lines = list[tuple[int, str]]


def apart(lines: Iterable[tuple[int, str]]) -> Iterator[Lines]:
    """The numbered lines of each citation; empty lines stand in none."""
    stretch = _Stretch()
    for number, line in lines:
        if not line.strip():
            stretch.gap = bool(stretch.lines)
            continue
        if stretch.ends_before(line):
            yield from stretch.taken()
        stretch.add(number, line)
        yield from stretch.whole_ones()
    yield from stretch.taken()


def names_within(lines: Sequence[str]) -> int | None:
    """Which of the lines of one citation begins with names and a title of its own, behind those of the citation."""
    texts = [tidy(line) for line in lines]
    text = " ".join(texts)
    found = list(_sources(text)) if len(texts) > 1 and len(text) <= LONGEST_CITATION else []
    source = next((each[0] for each in found if each[2]), found[0][0] if found else 0)
    for line, start in enumerate(accumulate(len(each) + 1 for each in texts), start=1):
        sentences = sentences_of(text[start:source], most=_ARTICLE + 1)
        if len(sentences) <= _ARTICLE:
            return None
        if _names_people(sentences[0]) and len(sentences_of(text[:start], most=1)) > 1:
            return line
    return None


class _Stretch:
    """Lines that nothing parts so far, and what is known of the list."""

    def __init__(self) -> None:
        self.lines: Lines = []
        self.gap = False
        self._texts: list[str] = []
        self._starts: list[int] = []
        """Where each of the texts begins in the one that they make."""
        self._is_marked = False
        self._number = 0
        self._length = 0
        self._looked_to, self._end, self._is_sure = 0, 0, True
        """As far as the text was looked at, where the last date with a place ends in it, and whether it has one."""

    def taken(self) -> Iterator[Lines]:
        """All lines, as one citation."""
        if self.lines:
            yield self.lines
        self._keep(len(self.lines))

    def add(self, number: int, line: str) -> None:
        """Take a line."""
        if not self.lines and (match := NUMBERED.match(line)):
            self._number, self._is_marked = _number(match), True
        self.lines.append((number, line))
        self._starts.append(self._starts[-1] + len(self._texts[-1]) + 1 if self._starts else 0)
        self._texts.append(tidy(line))
        self._length += len(line) + 1
        self.gap = False

    def ends_before(self, line: str) -> bool:
        """Whether a mark of the list stands here: a number, an empty line before it, a heading behind it."""
        if not self.lines:
            return False
        if self._length > LONGEST_CITATION or (len(self.lines) == 1 and _HEADING.fullmatch(self.lines[0][1])):
            return True
        if BULLET.match(line):
            self._is_marked = True
            return True
        if (match := NUMBERED.match(line)) and (self._looked_to or not match[4]):
            line = line[match.end() :].strip()
            if self._is_next(_number(match), line):
                return True
        return self.gap and self._parts(line)

    def _parts(self, line: str) -> bool:
        """Whether the empty line before this one ends a citation, and not the words that lead to a notice."""
        left = self._text()[self._looked_to :]
        if self._looked_to and ((left.endswith(":") and is_open(left)) or _is_notice(line)):
            return False
        self._is_marked = self._is_marked or self._looked_to > 0
        return True

    def _is_next(self, number: int, rest: str) -> bool:
        """Behind a whole citation any number begins one; within a text, where it may belong, the one that follows."""
        is_due = number == self._number + 1
        if not self._looked_to:
            return is_due and not rest[:1].islower() and not _NUMBER_FOLLOWS.search(self._texts[-1])
        if rest and _begins_with_tail(rest):
            return False
        if _is_broken_off(self._text()[self._looked_to :].strip()):
            return is_due and bool(rest)
        return is_due or bool(rest)

    def whole_ones(self) -> Iterator[Lines]:
        """The lines of each citation behind which another one is whole; that one is kept."""
        while (begin := self._begin_of_second()) is not None:
            yield self.lines[:begin]
            self._keep(begin)

    def _begin_of_second(self) -> int | None:
        """Which line begins another citation; what was looked at for that once is not looked at again."""
        last = self._texts[-1]
        if "." not in last or self._length > 2 * LONGEST_CITATION:
            return None
        text = self._text()
        starts = self._starts
        for start, end, has_place, least in _sources(
            text, max(self._looked_to, len(text) - len(last) - _LONGEST_SOURCE)
        ):
            # In a list with marks a citation may look like two before its own date.
            if self._end or not self._is_marked:
                is_told = self._is_marked or not (self._end and self._is_sure and has_place)
                # A date alone is common in titles, so that not all before it is looked through again.
                near = starts if has_place else starts[-_NEAR:]
                at = _beginning(text, near, (self._end, start), least, named=is_told)
                if at is not None:
                    return starts.index(at)
            self._looked_to = end
            if has_place or not self._end:
                self._end, self._is_sure = end, has_place
        return None

    def _keep(self, begin: int) -> None:
        self.lines, self._texts, self.gap = self.lines[begin:], self._texts[begin:], False
        self._starts = [start - self._starts[begin] for start in self._starts[begin:]]
        self._length = sum(len(line) + 1 for _, line in self.lines)
        self._looked_to, self._end, self._is_sure = 0, 0, True

    def _text(self) -> str:
        return " ".join(self._texts)


def _number(match: re.Match[str]) -> int:
    return int(match[match.lastindex or 0])


def _sources(text: str, begin: int = 0) -> Iterator[tuple[int, int, bool, int]]:
    """Each date with what follows it, of articles and books, in order, and how many sentences are before it at least.

    None stands within another one.
    """
    articles = [(*each, _ARTICLE) for each in sources_in(text, begin)]
    found = articles + [(*each, _BOOK) for each in imprints_in(text, begin)]
    for source in sorted(found, key=lambda each: (each[0], -each[1])):
        if source[0] >= begin:
            begin = source[1]
            yield source


def _beginning(text: str, starts: list[int], between: tuple[int, int], least: int, *, named: bool) -> int | None:
    """Where between two sources a line begins the citation of the second; None where both are of one.

    `named`: it begins with authors, or is not taken for one.
    """
    end, source = between
    first = None
    is_all_tail = True
    for start in starts:
        if start == 0 or start < end or start >= source:
            continue
        left, sentences = text[end:start].strip(), sentences_of(text[start:source], most=_ARTICLE + 1)
        is_named = len(sentences) > least and _names_people(sentences[0])
        if len(sentences) < least or (":" in left and is_open(left[-_LONGEST_SOURCE:])):
            break
        if (named and not is_named) or _is_broken_off(left) or _names_people(left) or _begins_with_tail(sentences[0]):
            continue
        if is_named:
            return start
        is_all_tail = is_all_tail and first is None and stands_behind(left)
        first = start if is_all_tail else first
    return first


def _names_people(sentence: str) -> bool:
    return bool(authors_of(sentence.removesuffix("."))) and not _LETTERED.fullmatch(sentence)


def _is_broken_off(left: str) -> bool:
    """Whether a text ends within a sentence, and not with a number or address, which have no full stop of their own."""
    if not left or left.endswith(_ENDS) or _ADDRESS_AT_END.search(left[-_LONGEST_SOURCE:]):
        return False
    found, rest = identifiers_ahead(sentences_of(left[-_LONGEST_SOURCE:])[-1])
    return not found or bool(rest)


def _begins_with_tail(text: str) -> bool:
    return begins_with_notice(text) or bool(identifiers_ahead(text)[0]) or is_tail(sentences_of(text, most=1)[0])


def _is_notice(line: str) -> bool:
    """Whether a line is a notice, and not a citation whose title begins like one: no title stands in it."""
    sources = list(_sources(line))
    before = line[: sources[0][0]] if sources else line
    return begins_with_notice(f"{line.strip()} ") and len(sentences_of(before)) < _ARTICLE
