"""A worker, as it runs beside the site, for as long as there is work."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from procrastinate.contrib.django import app


def work() -> None:
    """Let a worker do all that is queued, on a thread and connections of its own, and end."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _work()).result(timeout=60)


async def _work() -> None:
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # what Django's connector has
    with app.replace_connector(connector) as working:
        # What the clock asks for as a worker starts is not what a test queued.
        working.periodic_defaults = {"max_delay": 0}
        async with working.open_async():
            await working.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
