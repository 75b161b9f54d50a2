"""The jobs of the worker for the bibliography. They look at the clock and call."""

import time

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from references.watching.fetching import Fetcher
from references.watching.links import check_due

CHECK_LINKS = "check links"
EVERY_TEN_MINUTES = "*/10 * * * *"
MOST_AT_ONCE = 40
LONGEST_RUN = 60.0
"""Seconds after which no further entry is begun: what is due is checked in many short runs, so that nothing waits."""
WHEN_NOTHING_ELSE_WAITS = -10


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(name=CHECK_LINKS, queueing_lock=CHECK_LINKS, priority=WHEN_NOTHING_ELSE_WAITS)
def check_links(timestamp: int) -> None:
    """Ask for the addresses of some published sources that were not asked for long, unless that is switched off."""
    if not settings.LINK_CHECKS:
        return
    ends = time.monotonic() + LONGEST_RUN
    fetcher = Fetcher()
    try:
        check_due(fetcher, at=timezone.now(), most=MOST_AT_ONCE, go_on=lambda: time.monotonic() < ends)
    finally:
        fetcher.close()
