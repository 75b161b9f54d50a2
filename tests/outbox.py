"""The mails that wait to be sent: queued, and not sent before somebody runs the worker."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from alstrom_site.accounts.models import User
from alstrom_site.editorial.deferring import SEND_MAIL


@dataclass(frozen=True)
class QueuedMail:
    """A mail that waits: `to` is the user name of the person it is for."""

    to: str
    subject: str
    text: str

    @property
    def link(self) -> str:
        """The address that it leads to."""
        return self.text.partition("http")[2].split()[0].join(("http", ""))


def queued_mails() -> list[QueuedMail]:
    """Return the mails that were queued and not sent, in the order in which they were queued."""
    names = dict(User.objects.values_list("pk", "username"))
    waiting = queued(SEND_MAIL)
    return [QueuedMail(names[each["person"]], each["subject"], each["text"]) for each in waiting]


def queued(task: str) -> list[dict[str, Any]]:
    """Return the arguments of every job of a task that waits, in the order in which they were queued."""
    waiting = ProcrastinateJob.objects.filter(task_name=task, status="todo").order_by("pk")
    return list(waiting.values_list("args", flat=True))


def forget_mails() -> None:
    """Begin with an empty outbox: what happened so far is not what the test is about."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = %s", [SEND_MAIL])
