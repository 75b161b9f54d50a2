"""References in the XML of PubMed (efetch, the yearly files), read record by record.

Each record is cut out of the text and parsed alone, without the document type declaration: so nothing outside of the
file is looked at, no entity can be declared, let alone expanded, and a broken record costs itself only.
Source: the PubMed DTD of NLM.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.sax.saxutils import escape

from references.formats.pubmed_article import read_article
from references.formats.pubmed_book import read_book
from references.formats.records import BREAKS_OFF, LONGEST_RECORD, Reading
from references.formats.text import Text
from references.formats.values import storable

RECORD_NAMES = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "BookDocument")
RECORD = re.compile(rf"<({'|'.join(RECORD_NAMES)})(?=[\s>])")
_ENTITIES_DECLARED = re.compile(r"<!ENTITY\s")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{0,30});")
_LONGEST_TAG = 30
_MOST_NAMED = 10
_STARTS = {name: re.compile(rf"<{name}(?=[\s>])") for name in RECORD_NAMES}
_READERS = {
    "PubmedArticle": read_article,
    "MedlineCitation": read_article,
    "PubmedBookArticle": read_book,
    "BookDocument": read_book,
}


def read_pubmed_xml(text: Text) -> Iterator[Reading]:
    """Each article and book of a PubMed file."""
    cutter = _Cutter()
    for piece in text.pieces():
        cutter.buffer += piece
        yield from cutter.readings()
    yield from cutter.rest()


class _Cutter:
    """Cuts records out of text that comes piece by piece."""

    def __init__(self) -> None:
        self.buffer = ""
        self._line = 1
        self._searched = 0
        self._declared = False

    def readings(self) -> Iterator[Reading]:
        """What is complete so far."""
        while begin := RECORD.search(self.buffer):
            yield from self._pass_over(begin.start())
            end = _end(self.buffer, begin[1], self._searched)
            if not end and len(self.buffer) <= LONGEST_RECORD:
                self._searched = max(0, len(self.buffer) - _LONGEST_TAG)
                return
            yield self._cut(begin[1], end or LONGEST_RECORD)
        yield from self._pass_over(max(0, len(self.buffer) - _LONGEST_TAG))

    def rest(self) -> Iterator[Reading]:
        """What stands behind the last complete record."""
        begin = RECORD.search(self.buffer)
        yield from self._pass_over(begin.start() if begin else len(self.buffer))
        if begin:
            yield self._cut(begin[1], len(self.buffer))

    def _cut(self, name: str, end: int) -> Reading:
        reading = _read(self._line, self.buffer[:end], name)
        self._drop(end)
        return reading

    def _pass_over(self, end: int) -> Iterator[Reading]:
        """Leave out what stands between records, and say so once when it declares entities."""
        if end and not self._declared and (found := _ENTITIES_DECLARED.search(self.buffer, 0, end)):
            self._declared = True
            reading = Reading(self._line + self.buffer.count("\n", 0, found.start()))
            reading.remark("The file declares entities of its own, which are never expanded.")
            yield reading
        self._drop(end)

    def _drop(self, end: int) -> None:
        if end:
            self._line += self.buffer.count("\n", 0, end)
            self.buffer = self.buffer[end:]
            self._searched = 0


def _end(buffer: str, name: str, searched: int) -> int:
    """Where a record ends: behind its end tag, or where the next one begins before that; 0 when neither is there."""
    closing = f"</{name}>"
    end = buffer.find(closing, searched)
    for following in _STARTS[name].finditer(buffer, searched, end if end >= 0 else len(buffer)):
        if following.start():
            return following.start()
    return end + len(closing) if end >= 0 else 0


def _read(line: int, source: str, name: str) -> Reading:
    reading = Reading(line, storable(source.rstrip()))
    root = _parsed(reading, _with_characters(reading, source))
    try:
        if root is not None:
            _READERS[name](reading, root)
    except RecursionError:
        reading.item = {}
        reading.remark("The record is nested too deeply and was not read.")
    return reading


def _parsed(reading: Reading, source: str) -> Element | None:
    """The record as a tree, as far as it is well formed."""
    parser: XMLPullParser[Element] = XMLPullParser(("start",))
    parser.feed(source)
    root: Element | None = None
    try:
        for event in parser.read_events():
            root = event[-1] if root is None and isinstance(event[-1], Element) else root
        parser.close()
    except ParseError as wrong:
        line = reading.line + wrong.position[0] - 1
        reading.remark(BREAKS_OFF, line)
    return root


def _with_characters(reading: Reading, source: str) -> str:
    """The source with the named characters of HTML as themselves, and other entities as they are written."""
    named: set[str] = set()

    def written(match: re.Match[str]) -> str:
        character = html5.get(f"{match[1]};")
        if character is None and (match[1] in named or len(named) == _MOST_NAMED):
            return f"&amp;{match[1]};"
        if character is None:
            named.add(match[1])
            line = reading.line + source.count("\n", 0, match.start())
            reading.remark(f"The entity {match[0]} is not known here and stays as it is written.", line)
            return f"&amp;{match[1]};"
        return escape(character)

    return _ENTITY.sub(written, source) if _ENTITY.search(source) else source
