"""The fields of a content as running text: what a comment can name a passage of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alstrom_site.editorial.comparison import ComparedField


@dataclass(frozen=True)
class FieldText:
    """One field of a content: its name, its label for people, and all its words."""

    name: str
    label: str
    text: str


def field_texts(content: Mapping[str, object], fields: Sequence[ComparedField]) -> list[FieldText]:
    """Return the fields that hold any words, in the order of the kind; entries of lists stand one to a line."""
    found = [FieldText(field.name, field.label, _words(content.get(field.name))) for field in fields]
    return [field for field in found if field.text.strip()]


def _words(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return ", ".join(words for words in map(_words, value.values()) if words)
    if isinstance(value, list | tuple):
        return "\n".join(words for words in map(_words, value) if words)
    return "" if value is None else str(value)
