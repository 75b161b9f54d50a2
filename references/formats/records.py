"""What reading a file of references gives: records, and problems that name their line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

# Longer ones are cut, so that a broken file cannot fill the memory. A record with 5,000 authors has about 3 million.
LONGEST_RECORD = 8_000_000

# What readers say of a record of which only a part was there. Remarks are kept as words, so these are told by them.
NOT_CLOSED = "The entry has no closing brace."
NOT_ENDED = "The record has no line “ER  - ” at its end; it may be cut off."
CUT_OFF = "The entry is cut off here; what stands whole before is kept."
BREAKS_OFF = "The record breaks off or is not well-formed XML here; what stands before is read."
TOO_LONG = "The entry is too long and was cut."
TOO_LONG_FOR_US = f"The record is longer than {LONGEST_RECORD:,} characters; the rest was left out."
_PARTS_ONLY = (NOT_CLOSED, NOT_ENDED, CUT_OFF, BREAKS_OFF, TOO_LONG, TOO_LONG_FOR_US)

Remark = tuple[int, str]  # a line, and a sentence about it


@dataclass(frozen=True, slots=True)
class Record:
    """One reference: its number and line, what was understood (CSL-JSON), what the source said, and the format."""

    number: int
    line: int
    item: dict[str, Any]
    source: str
    format: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What was not understood: at which line, and in which record when there is one."""

    record: int | None
    line: int
    message: str


@dataclass(slots=True)
class Reading:
    """One stretch of a file as the reader of its format understood it, before it has a number.

    Without an item it is no record, and its remarks belong to the file.
    """

    line: int
    source: str = ""
    item: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def remark(self, message: str, line: int | None = None) -> None:
        """Keep a sentence about a line, else about the first."""
        self.remarks.append((self.line if line is None else line, message))


def is_a_part_only(remarks: Iterable[str]) -> bool:
    """Whether remarks on a record, each with its line before it, say that its end was missing."""
    return any(remark.endswith(_PARTS_ONLY) for remark in remarks)


def holds_something(item: dict[str, Any]) -> bool:
    """Whether an item says more than its name and type."""
    return any(name not in {"id", "type", "custom"} for name in item)
