"""The shape of a merge: what is settled, what is in conflict, and the content that follows from a choice for each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from alstrom_site.editorial.comparison import ComparedField
from alstrom_site.editorial.comparison.parts import Part

from .agreement import is_piece
from .joining import joined

Form = Literal["text", "list", "single"]


class Choice(StrEnum):
    """What is taken where two changes touch."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    BY_HAND = "by hand"
    """As mine, which is where a person begins who writes it anew."""


@dataclass(frozen=True)
class Settled:
    """Parts on which both sides agree, or that only one of them changed."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Clash:
    """One place that both sides changed in different ways; each side is the parts that stand there."""

    base: tuple[Part, ...]
    mine: tuple[Part, ...]
    theirs: tuple[Part, ...]

    def taken(self, choice: Choice) -> tuple[Part, ...]:
        """Return the parts that stand there after a choice."""
        if choice is Choice.THEIRS:
            return self.theirs
        return (*self.mine, *self.theirs) if choice is Choice.BOTH else self.mine


Stretch = Settled | Clash


@dataclass(frozen=True)
class MergedField:
    """One field in reading order; `form` says how its parts make up its value."""

    field: ComparedField
    form: Form
    stretches: tuple[Stretch, ...]

    @property
    def clashes(self) -> list[Clash]:
        """The places that both sides changed."""
        return [stretch for stretch in self.stretches if isinstance(stretch, Clash)]

    def value(self, choices: Iterator[Choice]) -> Any:
        """Return the value, taking a choice for each clash in turn."""
        taken = [each.taken(next(choices)) if isinstance(each, Clash) else each.parts for each in self.stretches]
        return value_of([part for parts in taken for part in parts], self.form)


@dataclass(frozen=True)
class Conflict:
    """One place that two people changed in different ways, as values: the whole field, or the part of it in question.

    `can_be_both`: whether the two can stand there one after the other, nothing of them twice.
    """

    number: int
    field: ComparedField
    base: Any
    mine: Any
    theirs: Any
    can_be_both: bool


@dataclass(frozen=True)
class Merged:
    """A merge of whole contents."""

    fields: tuple[MergedField, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Every place to be settled, in the order of the fields."""
        found = [(each, clash) for each in self.fields for clash in each.clashes]
        return tuple(_conflict(number, each, clash) for number, (each, clash) in enumerate(found))

    def content(self, choices: Sequence[Choice] = ()) -> dict[str, Any]:
        """Return the content with a choice for each conflict in order; mine where none is given."""
        given = _with_mine_for_the_rest(choices)
        values = {each.field.name: each.value(given) for each in self.fields}
        return {name: value for name, value in values.items() if value is not ABSENT}


ABSENT: Any = object()
"""The value of a key that a content lacks."""


def value_of(parts: Sequence[Part], form: Form) -> Any:
    """Return the value that these parts make up."""
    if form == "text":
        return joined(parts)
    if form == "list":
        return [part.value for part in parts]
    return parts[0].value if parts else ABSENT


def _conflict(number: int, merged: MergedField, clash: Clash) -> Conflict:
    sides: Mapping[str, Any] = {
        name: _shown(value_of(parts, merged.form))
        for name, parts in (("base", clash.base), ("mine", clash.mine), ("theirs", clash.theirs))
    }
    can_be_both = merged.form != "single" and bool(clash.mine and clash.theirs) and not _in_both(clash)
    return Conflict(number, merged.field, **sides, can_be_both=can_be_both)


def _in_both(clash: Clash) -> bool:
    """Whether something would stand there twice if both were taken."""
    return any(one.identity == other.identity or is_piece(one, other) for one in clash.mine for other in clash.theirs)


def _shown(value: Any) -> Any:
    return None if value is ABSENT else value


def _with_mine_for_the_rest(choices: Sequence[Choice]) -> Iterator[Choice]:
    yield from choices
    while True:
        yield Choice.MINE
