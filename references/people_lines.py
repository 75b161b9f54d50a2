"""A field for the many: one person a line, where a row of boxes for each would be more than a page can hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from references.shape import MOST_PEOPLE, PERSON

_PART = "|"


class PeopleLinesField(forms.CharField):
    """Cleans lines such as "Goldstein | J. L. | Jr" and "| | | Test Study Group" to a list of people."""

    widget = forms.Textarea

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False, widget=forms.Textarea(attrs={"rows": 12}))

    def prepare_value(self, value: Any) -> Any:
        """Return the people as lines, and what was typed as it was typed."""
        return value if value is None or isinstance(value, str) else "\n".join(map(_line, value))

    def to_python(self, value: Any) -> Any:
        """Return the people in order; raise ValidationError with a sentence for each line that cannot be read."""
        lines = (super().to_python(self.prepare_value(value)) or "").splitlines()
        typed = [(number, line) for number, line in enumerate(lines, start=1) if line.strip(f" {_PART}")]
        if len(typed) > MOST_PEOPLE:
            raise ValidationError(f"These are more than {MOST_PEOPLE:,} lines. Remove some.", code="too-many")
        wrong = [number for number, line in typed if line.count(_PART) >= len(PERSON)]
        if wrong:
            raise ValidationError(
                [f"Line {number} has more than three marks “{_PART}”. Take one out." for number in wrong]
            )
        return [_person(line) for _, line in typed]


def _line(person: Mapping[str, str]) -> str:
    return f" {_PART} ".join(person.get(part, "") for part in PERSON).rstrip(f" {_PART}")


def _person(line: str) -> dict[str, str]:
    cells: Sequence[str] = [cell.strip() for cell in line.split(_PART)]
    return dict(zip(PERSON, [*cells, *[""] * (len(PERSON) - len(cells))], strict=True))
