"""The three-way merge of contents, field by field."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from alstrom_site.editorial.comparison import ComparedField
from alstrom_site.editorial.comparison.outcome import spoken
from alstrom_site.editorial.comparison.parts import Part, canonical, entries, markdown, shape

from .joining import BLOCK_END, SENTENCE
from .outcome import ABSENT, Choice, Clash, Form, Merged, MergedField, Settled, Stretch
from .sequences import merge_parts

# Where a sentence ends and another begins; what follows an abbreviation begins with a small letter or a digit.
_SENTENCE_END = re.compile(r"""(?<=[.!?])["'”’)\]*_]*\s+(?=[^\Wa-z_\d]|["'“‘(\[*])""")
# Blocks whose lines mean something only together.
_WHOLE = frozenset({"code", "table row", "image", "blank line"})

Content = Mapping[str, Any]


def merge(base: Content | None, mine: Content, theirs: Content, fields: Sequence[ComparedField]) -> Merged:
    """Bring two changes of `base` together; with no base all in which the two differ is in conflict.

    Markdown is merged by blocks, and a block that both changed by sentences: two changes of one sentence touch, for
    one may say how much and the other how often. Lists are merged by entries, rows and records by cells.
    """
    before = {} if base is None else base
    named = {field.name for field in fields}
    others = sorted({*before, *mine, *theirs} - named)
    every = [*fields, *(ComparedField(name, spoken(name), "line") for name in others)]
    return Merged(
        tuple(_field(field, *(side.get(field.name, ABSENT) for side in (before, mine, theirs))) for field in every)
    )


def _field(field: ComparedField, base: Any, mine: Any, theirs: Any) -> MergedField:
    if field.is_derived:
        # Nobody is asked about it: the kind writes it anew when the merged text is saved.
        return MergedField(field, "single", (Settled((_part(mine if base == theirs else theirs),)),))
    form = _form(field, base, mine, theirs)
    if form == "text":
        stretches = merge_parts(markdown(base), markdown(mine), markdown(theirs), _block)
    elif form == "list":
        before, here, there = (entries(side, field.columns, field.item or "item") for side in (base, mine, theirs))
        stretches = merge_parts(before, here, there, _entry)
    else:
        stretches = iter(_single(*(_part(side) for side in (base, mine, theirs))))
    return MergedField(field, form, tuple(stretches))


def _form(field: ComparedField, *sides: Any) -> Form:
    if any(side is ABSENT for side in sides):
        return "single"
    if all(isinstance(side, str) for side in sides):
        return "text" if field.form == "markdown" else "single"
    return "list" if all(shape(side) == "list" for side in sides) else "single"


def _part(value: Any) -> Part:
    return Part("value", "", "", value, "" if value is ABSENT else canonical(value))


def _single(base: Part, mine: Part, theirs: Part) -> Sequence[Stretch]:
    if mine.identity in (base.identity, theirs.identity):
        return (Settled((theirs,)),)
    return (Settled((mine,)),) if base.identity == theirs.identity else _entry(base, mine, theirs)


def _entry(base: Part, mine: Part, theirs: Part) -> Sequence[Stretch]:
    """A row or record that both changed: cell by cell; anything else clashes."""
    rows = [part.value for part in (base, mine, theirs) if isinstance(part.value, Mapping)]
    if len(rows) < 3:
        return (Clash((base,), (mine,), (theirs,)),)
    merged = Merged(tuple(_cell(name, rows) for name in dict.fromkeys(key for row in rows for key in row)))
    if not merged.conflicts:
        return (Settled((_part(merged.content()),)),)
    # The cells that do not clash are merged on both sides, so that neither choice loses them.
    their_side = merged.content([Choice.THEIRS] * len(merged.conflicts))
    return (Clash((base,), (_part(merged.content()),), (_part(their_side),)),)


def _cell(name: str, rows: Sequence[Mapping[str, Any]]) -> MergedField:
    parts = [_part(row.get(name, ABSENT)) for row in rows]
    return MergedField(ComparedField(name, spoken(name), "line"), "single", tuple(_single(*parts)))


def _block(base: Part, mine: Part, theirs: Part) -> Sequence[Stretch]:
    """A block that both changed: sentence by sentence, where it is made of sentences on all sides."""
    kinds = {base.kind, mine.kind, theirs.kind}
    if len(kinds) > 1 or kinds & _WHOLE:
        return (Clash((base,), (mine,), (theirs,)),)
    merged = merge_parts(_sentences(base), _sentences(mine), _sentences(theirs), _sentence)
    return (*merged, Settled((Part(BLOCK_END, "", base.gap),)))


def _sentence(base: Part, mine: Part, theirs: Part) -> Sequence[Stretch]:
    return (Clash((base,), (mine,), (theirs,)),)


def _sentences(block: Part) -> list[Part]:
    ends = [found.end() for found in _SENTENCE_END.finditer(block.core)]
    cut = [block.core[start:end] for start, end in pairwise([0, *ends, len(block.core)]) if end > start]
    cores = [text.rstrip() for text in cut]
    return [Part(SENTENCE, core, text[len(core) :], core, core) for core, text in zip(cores, cut, strict=True)]
