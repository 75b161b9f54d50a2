"""Blocks of a comparison made from parts: paired, come, gone, moved."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Literal

from .alignment import Step, align
from .outcome import Block, Op, Span
from .parts import Part, as_text, canonical, cells
from .words import compare_words, whole

# White space between blocks that comes and goes with the neighbours: none at the end of a text, one line between list
# items, a blank line between paragraphs.
_USUAL_GAPS = frozenset({"", "\n", "\n\n"})
_TYPES: dict[type, str] = {str: "text", bool: "true or false", int: "number", float: "number", type(None): "nothing"}


def aligned_blocks(old: Sequence[Part], new: Sequence[Part], columns: Sequence[str]) -> Iterator[Block]:
    """The parts of both sides as blocks in reading order."""
    steps = align(old, new)
    partner = {step.old: step.new for step in steps if step.old is not None} | {len(old): len(new)}
    for step in steps:
        yield _block(step, old, new, columns, partner)


def _block(
    step: Step, old: Sequence[Part], new: Sequence[Part], columns: Sequence[str], partner: Mapping[int, int | None]
) -> Block:
    i, j = step.old, step.new
    if i is None or j is None:
        return came(new[j], j + 1) if j is not None else went(old[i or 0], (i or 0) + 1)
    if step.fate == "away":
        return Block(old[i].kind, "moved-away", i + 1, j + 1, ())
    same_next = partner.get(i + 1) == j + 1
    spans = (*_part_spans(old[i], new[j], columns), *_gap_spans(old[i].gap, new[j].gap, same_next=same_next))
    return paired_block(new[j].kind, i + 1, j + 1, spans, moved=step.fate == "moved")


def paired_block(kind: str, old: int, new: int, spans: tuple[Span, ...], *, moved: bool = False) -> Block:
    """A block that stands on both sides, at the places `old` and `new`."""
    block = Block(kind, "moved" if moved else "unchanged", old, new, spans)
    return Block(kind, "changed", old, new, spans) if block.is_edited and not moved else block


def came(part: Part, place: int) -> Block:
    """A block that is only in the new content."""
    return Block(part.kind, "added", None, place, _whole_part("insert", part))


def went(part: Part, place: int) -> Block:
    """A block that was only in the old content."""
    return Block(part.kind, "removed", place, None, _whole_part("delete", part))


def _whole_part(op: Literal["insert", "delete"], part: Part) -> tuple[Span, ...]:
    if not isinstance(part.value, Mapping) or not part.value:
        gap = (Span(op, part.gap, role="gap"),) if part.gap else ()
        return whole(op, part.core) + gap
    old, new = (part.value, {}) if op == "delete" else ({}, part.value)
    return tuple(chain.from_iterable(row_spans(old, new, cells(part.value, part.columns))))


def _part_spans(old: Part, new: Part, columns: Sequence[str]) -> tuple[Span, ...]:
    if isinstance(old.value, Mapping) and isinstance(new.value, Mapping):
        return tuple(chain.from_iterable(row_spans(old.value, new.value, columns)))
    return value_spans(old.value, new.value)


def value_spans(old: object, new: object) -> tuple[Span, ...]:
    """Two single values: texts word by word, anything else as a whole; equal looks of unequal types are told apart."""
    if isinstance(old, str) and isinstance(new, str):
        return compare_words(old, new)
    before, after = as_text(old), as_text(new)
    if canonical(old) == canonical(new):
        return (Span("equal", after),)
    if before == after:
        return Span("delete", before, _type(old)), Span("insert", after, _type(new))
    return whole("delete", before) + whole("insert", after)


def _type(value: object) -> str:
    return _TYPES.get(type(value), "structure")


def row_spans(
    old: Mapping[str, object], new: Mapping[str, object], columns: Sequence[str]
) -> Iterator[tuple[Span, ...]]:
    """For each key of either row its label, what became of its value, and the line end."""
    for key in cells({**old, **new}, columns):
        if key in old and key in new:
            yield _cell("equal", key, value_spans(old[key], new[key]))
        elif key in new:
            yield _cell("insert", key, whole("insert", as_text(new[key])))
        else:
            yield _cell("delete", key, whole("delete", as_text(old[key])))


def _cell(op: Op, key: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return (Span(op, f"{key}: ", role="label"), *spans, Span(op, "\n", role="gap"))


def record_blocks(old: Mapping[str, object], new: Mapping[str, object], columns: Sequence[str]) -> Iterator[Block]:
    """One block for each key of either record; keys have no order, so nothing in a record moves."""
    keys = cells({**old, **new}, columns)
    for place, (key, spans) in enumerate(zip(keys, row_spans(old, new, columns), strict=True), 1):
        if key in old and key in new:
            yield paired_block("item", place, place, spans)
        elif key in new:
            yield Block("item", "added", None, place, spans)
        else:
            yield Block("item", "removed", place, None, spans)


def _gap_spans(old: str, new: str, *, same_next: bool) -> tuple[Span, ...]:
    """The white space after a block. Between other neighbours than before, a usual gap is no change of its own."""
    if old == new:
        return (Span("equal", old, role="gap"),) if old else ()
    usual = not same_next and {old, new} <= _USUAL_GAPS
    sides: list[tuple[Literal["delete", "insert"], str]] = [("delete", old), ("insert", new)]
    return tuple(Span(op, gap, "" if usual else _spoken_gap(gap), "gap") for op, gap in sides if gap)


def _spoken_gap(gap: str) -> str:
    breaks = gap.count("\n")
    between = "line break" if breaks == 1 else f"{breaks} line breaks"
    return f"{between} after this" + " with spaces" * bool(gap.strip("\n"))
