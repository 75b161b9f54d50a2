"""The three-way merge of sequences of parts: blocks of a text, sentences of a block, entries of a list."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from alstrom_site.editorial.comparison.parts import Part

from .agreement import Parts, one_of
from .meetings import Meeting, meetings
from .outcome import Clash, Settled, Stretch

Deeper = Callable[[Part, Part, Part], Sequence[Stretch]]
"""What becomes of one part that both sides changed."""


def merge_parts(base: Parts, mine: Parts, theirs: Parts, deeper: Deeper) -> Iterator[Stretch]:
    """Give the stretches in reading order. A change of one side is taken; two that meet are a clash, or go deeper.

    A part counts as the same on both sides when it is equal or much alike, as a comparison shows it; so two changes
    of neighbouring parts do not touch.
    """
    ends = Meeting(len(base), len(mine), len(theirs))
    for here, there in pairwise([Meeting(-1, -1, -1), *meetings(base, mine, theirs), ends]):
        if here.base >= 0:
            yield from _met(base[here.base], mine[here.mine], theirs[here.theirs], deeper)
        yield from _gap(
            base[here.base + 1 : there.base], mine[here.mine + 1 : there.mine], theirs[here.theirs + 1 : there.theirs]
        )


def _met(base: Part, mine: Part, theirs: Part, deeper: Deeper) -> Sequence[Stretch]:
    settled = one_of((base,), (mine,), (theirs,))
    if settled is not None:
        return (Settled(settled),)
    gap = merged_gap(base.gap, mine.gap, theirs.gap)
    by_identity = one_of((_bare(base),), (_bare(mine),), (_bare(theirs),))
    if by_identity is not None:
        return (Settled(tuple(replace(part, gap=gap) for part in by_identity)),)
    return deeper(replace(base, gap=gap), replace(mine, gap=gap), replace(theirs, gap=gap))


def _gap(base: Parts, mine: Parts, theirs: Parts) -> Iterator[Stretch]:
    if not (base or mine or theirs):
        return
    settled = one_of(tuple(base), tuple(mine), tuple(theirs))
    if settled is None:
        yield Clash(tuple(base), tuple(mine), tuple(theirs))
    elif settled:
        yield Settled(settled)


def _bare(part: Part) -> Part:
    return replace(part, gap="")


def merged_gap(base: str, mine: str, theirs: str) -> str:
    """The white space after a part: of the side that changed it; of two changes the wider, for space hides nothing."""
    if mine == base:
        return theirs
    return mine if theirs == base else max(mine, theirs, key=lambda gap: (len(gap), gap))
