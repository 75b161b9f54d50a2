"""When a text must be looked at again."""

import calendar
from datetime import date


def next_review_due(reviewed_on: date, months: int) -> date:
    """Return the day that many months later; the last day of the month where it has no such day."""
    year, month = divmod(reviewed_on.year * 12 + reviewed_on.month - 1 + months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(reviewed_on.day, last_day))
