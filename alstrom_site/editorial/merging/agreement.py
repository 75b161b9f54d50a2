"""When two sides of a merge agree about a place, and when a part of one is a piece of a part of the other."""

from collections.abc import Sequence

from alstrom_site.editorial.comparison.parts import Part

Parts = Sequence[Part]


def one_of(base: Parts, mine: Parts, theirs: Parts) -> tuple[Part, ...] | None:
    """Return what stands there when at most one side changed it, or both in the same way; None when they clash."""
    if _same(mine, base):
        return tuple(theirs)
    return tuple(mine) if _same(theirs, base) or _same(mine, theirs) else None


def _same(one: Parts, other: Parts) -> bool:
    return [(part.identity, part.gap) for part in one] == [(part.identity, part.gap) for part in other]


def is_piece(one: Part, other: Part) -> bool:
    """Return whether one of two parts is words of the other: a block that was split, or two that became one."""
    shorter, longer = sorted((one.core.strip(), other.core.strip()), key=len)
    return " " in shorter and shorter in longer
