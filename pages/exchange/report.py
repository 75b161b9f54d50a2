"""What an import came to: a line for each document, everything that was wrong, everything worth knowing."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Result(StrEnum):
    """What became of one document."""

    NEW = "new draft"
    CHANGED = "changed draft"
    UNCHANGED = "unchanged"
    KEPT = "kept as it stands"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Outcome:
    """One document and what became of it."""

    result: Result
    kind: str
    address: str
    path: str


@dataclass(frozen=True)
class Finding:
    """Something about one place of a file. `line` counts from 1; 0 is the whole file."""

    path: str
    line: int
    field: str
    code: str
    message: str

    @property
    def shown(self) -> str:
        """The finding as one line: where it is, then what it is."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


@dataclass
class Report:
    """Gathered while an import goes on; nothing in it stops the next document."""

    outcomes: list[Outcome] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def problem(self, path: str, message: str, *, line: int = 0, name: str = "", code: str = "unfit") -> None:
        """Note what kept a document, or a part of one, out."""
        self.problems.append(Finding(path, line, name, code, message))

    def note(self, path: str, message: str, *, line: int = 0, name: str = "", code: str) -> None:
        """Note what an editor should know and what kept nothing out."""
        self.notes.append(Finding(path, line, name, code, message))

    def as_text(self) -> str:
        """The report for a person: documents that changed, problems, notes, and the summary as the last line."""
        changed = [each for each in self.outcomes if each.result is not Result.UNCHANGED]
        blocks = [
            [f"{each.result.value:<18}{each.kind:<10} {each.address}" for each in changed],
            ["Problems:", *(f"  {finding.shown}" for finding in self.problems)] if self.problems else [],
            ["Notes:", *(f"  {finding.shown}" for finding in self.notes)] if self.notes else [],
            [self.summary()],
        ]
        return "\n\n".join("\n".join(block) for block in blocks if block)

    def as_json(self) -> dict[str, Any]:
        """The same for a program."""
        return {
            "documents": [asdict(outcome) for outcome in self.outcomes],
            "problems": [asdict(finding) for finding in self.problems],
            "notes": [asdict(finding) for finding in self.notes],
            "summary": self.summary(),
        }

    def summary(self) -> str:
        """How many documents came to what, in one line."""
        results = [each.result for each in self.outcomes]
        counts = [_counted(results.count(result), result.value) for result in Result if result in results]
        documents = f"{_counted(len(results), 'document')}: {', '.join(counts)}." if counts else "No document."
        return f"{documents} {_counted(len(self.problems), 'problem')}, {_counted(len(self.notes), 'note')}."


_NOUNS = ("document", "problem", "note", Result.NEW, Result.CHANGED)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 and noun in _NOUNS else ''}"
