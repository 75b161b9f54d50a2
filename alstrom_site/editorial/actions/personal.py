"""What people keep for themselves at the desk; no part of the record."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial.canonical import sha256
from alstrom_site.editorial.models import CalendarAddress

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User


@transaction.atomic
def new_calendar_address(person: "User", *, at: datetime) -> str:
    """Give the person a new private calendar address and return its secret; the one before stops working.

    Only the digest is kept, so nobody can read the secret again.
    """
    secret = secrets.token_urlsafe(32)
    kept = {"secret_digest": sha256(secret), "made_at": at}
    CalendarAddress.objects.update_or_create(person=person, defaults=kept)
    return secret


@transaction.atomic
def drop_calendar_address(person: "User") -> None:
    """Take the person's calendar address away, if there is one."""
    CalendarAddress.objects.filter(person=person).delete()
