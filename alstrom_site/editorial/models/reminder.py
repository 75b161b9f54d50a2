"""Reminder: that a mail of one sort about one thing went out."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Reminder(models.Model):
    """Keeps a reminder from being sent twice. `subject` names sort and thing, such as "request 12: due"."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    subject = models.CharField(max_length=120)
    sent_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="editorial_reminder_once", fields=["person", "subject"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.subject}"
