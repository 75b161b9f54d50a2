"""What reading a file of references gives: records, and problems that name their line."""

from dataclasses import dataclass, field
from typing import Any

# Longer ones are cut, so that a broken file cannot fill the memory. A record with 5,000 authors has about 3 million.
LONGEST_RECORD = 8_000_000

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


def holds_something(item: dict[str, Any]) -> bool:
    """Whether an item says more than its name and type."""
    return any(name not in {"id", "type", "custom"} for name in item)
