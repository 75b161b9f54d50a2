"""A field for a list of strings."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class LinesField(forms.CharField):
    """A list of strings, typed one per line; empty lines are left out."""

    widget = forms.Textarea

    def __init__(self, *, max_line_length: int = 200, rows: int = 4, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**options)
        self.max_line_length = max_line_length

    def prepare_value(self, value: Any) -> Any:
        """Return the strings as lines, and what was typed as it was typed."""
        return value if value is None or isinstance(value, str) else "\n".join(value)

    def to_python(self, value: Any) -> Any:
        """Return the list of strings, each stripped."""
        text = super().to_python(self.prepare_value(value)) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        """Raise ValidationError naming every line that is too long."""
        super().validate(value)
        too_long = [n for n, line in enumerate(value, start=1) if len(line) > self.max_line_length]
        if too_long:
            raise ValidationError(
                [f"Line {n} is longer than {self.max_line_length} characters. Shorten it." for n in too_long]
            )

    def run_validators(self, value: Any) -> None:
        """Run each validator on each line."""
        for line in value:
            super().run_validators(line)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether the list differs, whatever the line ends and empty lines."""
        return not self.disabled and bool(self.to_python(initial or []) != self.to_python(data))
