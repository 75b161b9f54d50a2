"""Lines that begin with a tag ("TI  - A title"), as MEDLINE and RIS have them, put together into fields."""

from collections import defaultdict
from dataclasses import dataclass, field

from references.formats.records import LONGEST_RECORD, TOO_LONG_FOR_US, Reading
from references.formats.values import storable, tidy


@dataclass(slots=True)
class Field:
    """One field: its tag, the line where it begins, and its text, of one or more lines."""

    tag: str
    line: int
    texts: list[str]
    _value: str | None = None

    @property
    def value(self) -> str:
        """The whole text on one line."""
        if self._value is None:
            self._value = tidy(" ".join(self.texts) if len(self.texts) > 1 else self.texts[0])
        return self._value

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands behind the tag."""
        return not (self.texts[0].strip() or any(text.strip() for text in self.texts))


@dataclass(slots=True)
class TaggedRecord:
    """The fields of one record in their order, and its lines as they stand."""

    line: int
    fields: list[Field] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    strange: list[int] = field(default_factory=list)
    size: int = 0
    cut_at: int = 0

    def add(self, number: int, line: str, tag: str, text: str) -> None:
        """Begin a field at that line."""
        if self._fits(number, line):
            self.fields.append(Field(tag, number, [text]))

    def go_on(self, number: int, line: str) -> None:
        """Add a line to the last field; without one it is strange."""
        if not self._fits(number, line):
            return
        if self.fields:
            self.fields[-1].texts.append(line)
        elif line.strip():
            self.strange.append(number)

    def keep(self, number: int, line: str) -> None:
        """Keep a line that belongs to no field."""
        if self._fits(number, line) and line.strip():
            self.strange.append(number)

    def reading(self) -> Reading:
        """The beginning of what a reader makes of the record: its source, and remarks on strange lines."""
        reading = Reading(self.line, storable("\n".join(self.lines).rstrip("\n")))
        for number in self.strange:
            reading.remark("This line belongs to no field and was not read.", number)
        if self.cut_at:
            reading.remark(TOO_LONG_FOR_US, self.cut_at)
        return reading

    def by_tag(self) -> dict[str, list[Field]]:
        """The fields that say something, by their tags."""
        found: dict[str, list[Field]] = defaultdict(list)
        for one in self.fields:
            if not one.is_empty:
                found[one.tag].append(one)
        return found

    def _fits(self, number: int, line: str) -> bool:
        self.size += len(line) + 1
        if self.size > LONGEST_RECORD:
            self.cut_at = self.cut_at or number
            return False
        self.lines.append(line)
        return True


def values(fields: list[Field]) -> list[str]:
    """The texts of fields."""
    return [one.value for one in fields]
