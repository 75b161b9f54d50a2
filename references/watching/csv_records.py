"""The records of a CSV file (RFC 4180) by line: a record that is broken costs no other one."""

import csv
from collections import deque
from collections.abc import Iterator

from references.formats.text import Text

MOST_LINES = 200
LONGEST_RECORD = 200_000
"""A quotation mark that is not closed within so many lines or characters is a fault of its line."""
DELIMITERS = ",;\t"


class CsvRecords:
    """Gives the records of a text once, as (line, cells); `broken` tells the lines that are no record.

    `columns` is how many cells a record has. More than that may follow as long as they are empty.
    """

    def __init__(self, text: Text) -> None:
        """Take a text; its first record, which names the columns, is read at once."""
        self._lines = text.lines()
        self._again: deque[tuple[int, str]] = deque()
        self.broken: list[tuple[int, str]] = []
        header = next((line for _, line in self._lines if line.strip()), "")
        self._delimiter = max(DELIMITERS, key=header.count)
        self.names = [cell.strip() for cell in self._cells(header) or []]
        self.columns = len(self.names)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Each record with the number of its first line."""
        while (line := self._next()) is not None:
            if line[1].strip():
                cells = self._whole(line)
                if cells is not None:
                    yield line[0], cells

    def _next(self) -> tuple[int, str] | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _whole(self, first: tuple[int, str]) -> list[str] | None:
        """The cells of the record that begins at a line; None when there is none, and then only that line is lost."""
        lines = [first]
        marks = first[1].count('"')
        length = len(first[1])
        while marks % 2 and len(lines) < MOST_LINES and length < LONGEST_RECORD and (line := self._next()) is not None:
            lines.append(line)
            marks += line[1].count('"')
            length += len(line[1])
        cells = self._cells("\n".join(text for _, text in lines)) if marks % 2 == 0 else None
        if cells is not None:
            return cells
        self._again.extendleft(reversed(lines[1:]))
        self.broken.append((first[0], "This is no whole record: a quotation mark or a comma is missing or too many."))
        return None

    def _cells(self, record: str) -> list[str] | None:
        try:
            (cells,) = csv.reader([record.replace("\x00", "")], delimiter=self._delimiter, strict=False)
        except (csv.Error, ValueError):
            return None
        names = vars(self).get("columns")
        if names is not None and (len(cells) < names - 1 or any(cells[names:])):
            return None
        return cells
