"""The comparison of two contents, field by field."""

from collections.abc import Mapping, Sequence

from .blocks import aligned_blocks, came, paired_block, record_blocks, value_spans, went
from .outcome import Block, ComparedField, Comparison, FieldChange, FieldStatus, spoken
from .parts import Part, canonical, cells, entries, line, markdown, shape, single

_ABSENT = object()
_EMPTY = {"text": "empty text", "list": "empty list", "record": "empty record", "single": "nothing"}


def compare(old: Mapping[str, object] | None, new: Mapping[str, object], fields: Sequence[ComparedField]) -> Comparison:
    """What changed from the old content to the new; with no old content all that is written is new.

    Every key of either content is compared: those that `fields` does not name follow by name. A field that neither
    content has is left out, and with no old content also one that holds nothing. Any JSON values are taken, whatever
    form the field has. The work grows nearly in step with the length of the texts.
    """
    before = {} if old is None else old
    named = {field.name for field in fields}
    others = sorted({*before, *new} - named)
    held = [field for field in fields if field.name in before or field.name in new]
    every = [*held, *(_undeclared(name, before.get(name), new.get(name)) for name in others)]
    changes = (_change(field, before, new) for field in every)
    return Comparison(tuple(change for change in changes if old is not None or change.blocks))


def _undeclared(name: str, old: object, new: object) -> ComparedField:
    texts = [value for value in (old, new) if isinstance(value, str)]
    many = any("\n" in text for text in texts)
    return ComparedField(name, spoken(name), "markdown" if many else "line")


def _change(field: ComparedField, before: Mapping[str, object], after: Mapping[str, object]) -> FieldChange:
    old, new = before.get(field.name, _ABSENT), after.get(field.name, _ABSENT)
    if old is _ABSENT and new is _ABSENT:
        return FieldChange(field, "unchanged", ())
    if old is _ABSENT or new is _ABSENT:
        return _appeared(field, new) if old is _ABSENT else _vanished(field, old)
    status: FieldStatus = "unchanged" if canonical(old) == canonical(new) else "changed"
    blocks = _blocks(field, old, new)
    note = "" if blocks or status == "unchanged" else f"{_EMPTY[shape(old)]} before, {_EMPTY[shape(new)]} now"
    return FieldChange(field, status, blocks, note)


def _appeared(field: ComparedField, value: object) -> FieldChange:
    blocks = tuple(came(part, place) for place, part in enumerate(_parts(field, value), 1))
    return FieldChange(field, "added", blocks, "" if blocks else _EMPTY[shape(value)])


def _vanished(field: ComparedField, value: object) -> FieldChange:
    blocks = tuple(went(part, place) for place, part in enumerate(_parts(field, value), 1))
    return FieldChange(field, "removed", blocks, "" if blocks else _EMPTY[shape(value)])


def _parts(field: ComparedField, value: object) -> list[Part]:
    """The value cut up by its own shape; the declared form only tells a line from Markdown."""
    if isinstance(value, str):
        return markdown(value) if field.form == "markdown" else line(value)
    if isinstance(value, Mapping):
        return entries([{key: value[key]} for key in cells(value, field.columns)], (), "item")
    if isinstance(value, Sequence):
        return entries(value, field.columns, field.item or "item")
    return single(value)


def _blocks(field: ComparedField, old: object, new: object) -> tuple[Block, ...]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return tuple(record_blocks(old, new, field.columns))
    old_parts, new_parts = _parts(field, old), _parts(field, new)
    if shape(old) != shape(new):
        gone = [went(part, place) for place, part in enumerate(old_parts, 1)]
        return (*gone, *(came(part, place) for place, part in enumerate(new_parts, 1)))
    if old_parts and new_parts and new_parts[0].kind in {"line", "value"}:
        spans = value_spans(old, new)
        return (paired_block(new_parts[0].kind, 1, 1, spans),)
    return tuple(aligned_blocks(old_parts, new_parts, field.columns))
