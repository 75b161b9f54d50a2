"""What is asked in each row of a list of records, and what was typed there."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import ValidationError


class Known(Protocol):
    """Values that have names, too many to list them all: such as the addresses of documents and their titles."""

    def suggestions(self) -> Sequence[tuple[str, str]]:
        """Return some values with their names, to be offered while somebody types."""

    def names(self, values: Collection[str]) -> Mapping[str, str]:
        """Return the names of those of `values` that have one."""


@dataclass(frozen=True)
class Column:
    """One thing asked in each row. ``choices`` makes it a list to choose from; ``check`` returns the value as it is
    kept, or raises ValueError or ValidationError with a sentence. ``width`` is "narrow", "normal", "wide" or "whole".
    ``known`` suggests values and shows their names; what it does not know may be typed all the same.
    """

    name: str
    label: str
    choices: Callable[[], Iterable[tuple[str, str]]] | Iterable[tuple[str, str]] | None = None
    required: bool = True
    width: str = "normal"
    max_length: int = 300
    check: Callable[[str], str] | None = None
    known: Known | None = None

    def offered(self) -> list[tuple[str, str]] | None:
        """Return what may be chosen, or None where anything may be typed."""
        if self.choices is None:
            return None
        return [(str(key), str(label)) for key, label in (self.choices() if callable(self.choices) else self.choices)]

    def clean(self, typed: str) -> str:
        """Return the value as it is kept; raise ValidationError with a sentence."""
        if not typed:
            if self.required:
                raise ValidationError(f"{self.label} is missing. Fill it in, or remove the row.")
            return ""
        if len(typed) > self.max_length:
            raise ValidationError(f"{self.label} is longer than {self.max_length} characters. Shorten it.")
        offered = self.offered()
        if offered is not None and typed not in {key for key, _ in offered}:
            raise ValidationError(f"{self.label}: “{typed}” is not in the list. Choose another.")
        return self._checked(typed)

    def _checked(self, typed: str) -> str:
        if self.check is None:
            return typed
        try:
            return self.check(typed)
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


@dataclass(frozen=True)
class TypedRow:
    """One row as it was typed: every cell, the order number, whether it is to be removed."""

    cells: Mapping[str, str]
    order: str = ""
    removed: bool = False

    @property
    def blank(self) -> bool:
        """Say whether nothing was typed into any cell."""
        return not any(self.cells.values())

    @property
    def counts(self) -> bool:
        """Say whether the row belongs to the list."""
        return not self.removed and not self.blank
