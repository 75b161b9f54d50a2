"""Mails about what falls due: before, on the day and after, then to the publishers; and each owner's week."""

from alstrom_site.editorial.reminders.digests import send_digests
from alstrom_site.editorial.reminders.due import send_due

__all__ = ["send_digests", "send_due"]
