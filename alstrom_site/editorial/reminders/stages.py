"""How near or how late something is: each stage is told once."""

from dataclasses import dataclass
from datetime import date

WEEK = 7


@dataclass(frozen=True)
class Stage:
    """A stage that a reminder names: "soon", "due", or "late 1", "late 2" and so on, by weeks."""

    name: str
    weeks_late: int = 0


def stage_on(day: date, due: date, *, notice: int) -> Stage | None:
    """Return the stage on that day of what is due, or None while it is more than `notice` days away."""
    late = (day - due).days
    if late < -notice:
        return None
    if late < 0:
        return Stage("soon")
    if late < WEEK:
        return Stage("due")
    return Stage(f"late {late // WEEK}", late // WEEK)
