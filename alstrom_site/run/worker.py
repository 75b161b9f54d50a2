"""The worker beside the site: publishes what is due, sends mail, makes pages anew; ends when its start ends."""

import os
import signal
import subprocess
import sys
import threading

import django
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from alstrom_site.run.speaking import complain

LONGEST_STOP = 25.0
ENDED = (
    "The worker ended with status {status}. The site goes on without it: nothing that is scheduled goes live, and no"
    " mail is sent. Stop the site and start it again, or let cron run: manage.py publish_due"
)
COMMAND = (sys.executable, "-m", "alstrom_site.run.worker")


class Worker:
    """The worker as a program of its own. It ends when the pipe to it closes, so also when its start is killed."""

    def __init__(self) -> None:
        """Start it."""
        self._program = subprocess.Popen(list(COMMAND), stdin=subprocess.PIPE, start_new_session=True)
        self._said = False

    @property
    def pid(self) -> int:
        """Its number."""
        return self._program.pid

    def say_when_ended(self) -> None:
        """Say once that it has ended by itself."""
        status = self._program.poll()
        if status is not None and not self._said:
            self._said = True
            complain(ENDED.format(status=status))

    def end(self) -> None:
        """End it, letting it finish what it has in hand."""
        if self._program.stdin is not None:
            self._program.stdin.close()
        self._program.terminate()
        try:
            self._program.wait(LONGEST_STOP)
        except subprocess.TimeoutExpired:
            self._program.kill()
            self._program.wait()


def main() -> None:
    """Work until the pipe closes or somebody asks to stop."""
    django.setup()
    # Starts the embedded database, and keeps it for as long as this program lives.
    connection.ensure_connection()
    connection.close()
    threading.Thread(target=_end_with_the_start, daemon=True).start()
    # Not by its command, which says that it works in a line of its own, behind the last one of the start.
    if not isinstance(app.connector, DjangoConnector):
        raise TypeError("Jobs are not kept in the database of the site.")
    with app.replace_connector(app.connector.get_worker_connector()) as jobs:
        jobs.run_worker()


def _end_with_the_start() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
