"""The text of a byte stream in bounded memory: encodings, byte order marks and line ends of every usual kind."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from references.formats.records import Remark

HEAD = 65_536
LONGEST_LINE = 1_000_000

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9_.-]{1,40})["']""")
_ONE_BYTE = frozenset({"iso8859-1", "cp1252"})
# Bytes that are not UTF-8 come out of the decoder as these code points, one for each byte from 0x80 to 0xFF.
_ESCAPED = re.compile("[\udc80-\udcff]")
_WINDOWS_1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}


class Text:
    """Gives the text of a stream once, as pieces or as numbered lines, with "\\n" at the end of each line.

    UTF-8 unless a byte order mark or an XML declaration says otherwise; bytes that are not UTF-8 are read as
    Windows-1252, which is said in `remarks` at the first of them.
    """

    def __init__(self, stream: BinaryIO) -> None:
        """Take a stream opened for reading bytes; its beginning is read at once."""
        self._stream = stream
        self._first = stream.read(HEAD)
        self._encoding = _encoding(self._first)
        self._said = False
        self._line = 1
        self.remarks: list[Remark] = []
        self.head = self._decoder().decode(self._first).translate(_WINDOWS_1252).replace("\ufeff", "")

    def pieces(self) -> Iterator[str]:
        """The whole text in pieces of about 64 kB, which end anywhere."""
        decoder = self._decoder()
        chunk = self._first
        while chunk:
            yield self._readable(decoder.decode(chunk))
            chunk = self._stream.read(HEAD)
        if rest := self._readable(decoder.decode(b"", final=True)):
            yield rest

    def lines(self) -> Iterator[tuple[int, str]]:
        """Each line with its number from 1, without its end; a line of more than a million characters is cut."""
        number, rest, cut = 1, "", False
        for piece in self.pieces():
            first, *more = piece.split("\n")
            rest += first
            if len(rest) > LONGEST_LINE:
                if not cut:
                    self.remarks.append((number, f"The line is longer than {LONGEST_LINE:,} characters and was cut."))
                rest, cut = rest[:LONGEST_LINE], True
            if not more:
                continue
            yield number, rest
            yield from enumerate(more[:-1], start=number + 1)
            number, rest, cut = number + len(more), more[-1], False
        if rest:
            yield number, rest

    def _decoder(self) -> io.IncrementalNewlineDecoder:
        errors = "surrogateescape" if self._encoding == "utf-8" else "replace"
        return io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(self._encoding)(errors), translate=True)

    def _readable(self, piece: str) -> str:
        if self._encoding == "utf-8" and (escaped := _ESCAPED.search(piece)):
            if not self._said:
                self._said = True
                line = self._line + piece.count("\n", 0, escaped.start())
                self.remarks.append((line, "Not UTF-8 from this line on: such bytes are read as Windows-1252."))
            piece = piece.translate(_WINDOWS_1252)
        self._line += piece.count("\n")
        return piece.replace("\ufeff", "")


def _encoding(head: bytes) -> str:
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    pairs = len(head) // 2
    # Text in UTF-16 without a mark: most letters of the formats are ASCII, so every other byte is zero.
    if pairs > 8 and head[1::2].count(0) > pairs * 0.7:
        return "utf-16-le"
    if pairs > 8 and head[0::2].count(0) > pairs * 0.7:
        return "utf-16-be"
    return _declared(head)


def _declared(head: bytes) -> str:
    """The encoding that an XML declaration names, as far as it is one of the old ones for western languages."""
    found = _DECLARED.search(head[:400])
    try:
        name = codecs.lookup(found[1].decode()).name if found else "utf-8"
    except LookupError:
        name = "utf-8"
    return "cp1252" if name in _ONE_BYTE else "utf-8"
