"""When a text must be looked at again."""

import calendar
from datetime import date, timedelta

FALLING_DUE_TOGETHER = 4
"""How many texts that were reviewed on one day fall due on one day."""
LONGEST_SPREAD = 28
"""Days by which a review is brought forward at most, so that many of one day do not fall due together."""


def next_review_due(reviewed_on: date, months: int) -> date:
    """Return the day that many months later; the last day of the month where it has no such day."""
    year, month = divmod(reviewed_on.year * 12 + reviewed_on.month - 1 + months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(reviewed_on.day, last_day))


def spread_review_due(reviewed_on: date, months: int, reviewed_before: int) -> date:
    """Return the day of the next review when so many others were reviewed before it on the same day: never later."""
    days = min(reviewed_before // FALLING_DUE_TOGETHER, LONGEST_SPREAD)
    return max(next_review_due(reviewed_on, months) - timedelta(days=days), reviewed_on)
