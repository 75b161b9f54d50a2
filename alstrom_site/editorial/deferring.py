"""Work for later: a job is queued in the transaction at hand, and is gone with it when that is rolled back."""

from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

REFRESH_STALE_PAGES = "refresh stale pages"
SEND_MAIL = "send mail"
PUBLISH_DUE = "publish due"
SEND_REMINDERS = "send reminders"
SEND_DIGESTS = "send digests"
TAKE_UP_AGAIN = "take up again"


def later(task: str, *calls: JSONDict) -> None:
    """Queue one job of a task for each of the calls, which are its arguments by name; without any, nothing is queued.

    The tasks are in `editorial.jobs`; they are named here so that what they call can queue them.
    """
    if calls:
        app.configure_task(task).batch_defer(*calls)
