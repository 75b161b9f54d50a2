"""The stages of what is due: the whole table."""

from datetime import date, timedelta

import pytest

from alstrom_site.editorial.reminders.stages import stage_on

DUE = date(2030, 3, 31)


@pytest.mark.parametrize(
    ("days", "name", "weeks"),
    [
        (-4, None, 0),
        (-3, "soon", 0),
        (-1, "soon", 0),
        (0, "due", 0),
        (6, "due", 0),
        (7, "late 1", 1),
        (13, "late 1", 1),
        (14, "late 2", 2),
        (700, "late 100", 100),
    ],
)
def test_the_stage_follows_from_the_days_alone(days: int, name: str | None, weeks: int) -> None:
    stage = stage_on(DUE + timedelta(days=days), DUE, notice=3)

    assert (stage.name if stage else None) == name
    assert (stage.weeks_late if stage else 0) == weeks


def test_without_notice_nothing_is_said_before_the_day() -> None:
    assert stage_on(DUE - timedelta(days=1), DUE, notice=0) is None
