"""What lists say of a page that a reader should not rely on unwarned; it is said of what is shown on that day."""

from datetime import date
from typing import Any

from alstrom_site.editorial.composing import shown_day, shown_partial
from pages.publication.contexts import Marks


def marks_on(day: date, card: dict[str, Any], due_on: date) -> Marks:
    """Return the marks of a page in lists, from its card and the day by which it is to be reviewed again.

    Of a withdrawn one nothing more is said: nobody is to look at it again.
    """
    if card.get("withdrawn"):
        return Marks(withdrawn=shown_partial(card["withdrawn"]))
    # A page that an earlier release made does not say whether its review is pending.
    return Marks(pending=card.get("pending", False), overdue_since=shown_day(due_on) if due_on < day else None)
