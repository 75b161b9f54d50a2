"""Who must sign before a text is approved: ordered steps, of which those with the same place stand side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER, Role

ALL_WHO_ARE_ASKED = 0
"""In the place of a number of signatures: everybody who was asked by name and has not declined, one at least."""
MOST_SIGNATURES = 9
SIGNING_ROLES = {role.name: role for role in (MEDICAL_REVIEWER, EDITOR)}
"""Who can be asked to sign. The publisher's step follows every policy and is not part of it."""


@dataclass(frozen=True)
class ReviewStep:
    """One step: `place` orders the steps, `needed` is how many people of the role must sign."""

    place: int
    role: Role
    needed: int = 1


DEFAULT: Sequence[ReviewStep] = (ReviewStep(1, MEDICAL_REVIEWER),)


def written(steps: Iterable[ReviewStep]) -> list[dict[str, Any]]:
    """Return the steps as they are stored."""
    return [{"place": step.place, "role": step.role.name, "needed": step.needed} for step in steps]


def read(stored: Iterable[dict[str, Any]]) -> tuple[ReviewStep, ...]:
    """Return the steps in order, of nothing the default; raise ValueError, with a sentence, when they are no policy."""
    stored = list(stored)
    if not stored:
        return tuple(DEFAULT)
    try:
        steps = tuple(ReviewStep(int(row["place"]), SIGNING_ROLES[row["role"]], int(row["needed"])) for row in stored)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("Give each step its place, a role that signs, and how many must sign.") from error
    if not any(step.role is MEDICAL_REVIEWER for step in steps):
        raise ValueError("At least one medical reviewer must sign. Add a step for that role.")
    if any(not 0 <= step.needed <= MOST_SIGNATURES or not 1 <= step.place <= MOST_SIGNATURES for step in steps):
        raise ValueError(f"Places count from 1 and signatures from 1, both up to {MOST_SIGNATURES}; 0 means all asked.")
    return in_order(steps)


def in_order(steps: Iterable[ReviewStep]) -> tuple[ReviewStep, ...]:
    """Return the steps by their places; those that stand side by side keep their order."""
    return tuple(sorted(steps, key=lambda step: step.place))
