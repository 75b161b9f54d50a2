"""Each owner's week in one mail."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from alstrom_site.accounts.models import User
from alstrom_site.editorial import notifications
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition, Flag, Reminder
from alstrom_site.editorial.naming import title_of
from alstrom_site.editorial.notifications.letters import desk_link, personal_letter
from alstrom_site.editorial.workflow import Status

logger = logging.getLogger(__name__)

WEEKS_AHEAD = timedelta(weeks=8)
LINES = 30
"""How many documents a part of the mail names; how many more there are is said."""


def send_digests(*, at: datetime) -> int:
    """Queue one mail to every owner who has something to look at, once a week, and return how many."""
    owners = User.objects.filter(is_active=True, owned_documents__isnull=False).distinct().order_by("pk")
    return sum(_digest(owner, at) for owner in owners)


def _digest(owner: User, at: datetime) -> int:
    year, week, _ = at.astimezone(UTC).isocalendar()
    try:
        with transaction.atomic():
            said = _week_of(owner, at)
            if not any(said["parts"]):
                return 0
            subject = f"digest {year}-W{week:02}"
            _, created = Reminder.objects.get_or_create(person=owner, subject=subject, defaults={"sent_at": at})
            if created:
                notifications.post([personal_letter("digest", owner, **said)])
            return int(created)
    except Exception:
        logger.exception("The week's mail to person %s did not go out.", owner.pk)
        return 0


def _week_of(owner: User, at: datetime) -> dict[str, Any]:
    day = at.astimezone(UTC).date()
    mine = Document.objects.owned_by(owner)
    overdue = mine.due_for_review(day - timedelta(days=1)).order_by("review_due_on", "pk")
    soon = mine.due_for_review(day + WEEKS_AHEAD).filter(review_due_on__gte=day).order_by("review_due_on", "pk")
    flagged = mine.filter(pk__in=Flag.objects.standing().values("document")).order_by("sort_title", "pk")
    failed = mine.filter(editions__in=Edition.objects.filter(status=Status.FAILED_TO_PUBLISH)).order_by("pk")
    parts = [
        _part("Overdue for review", overdue, dated=True),
        _part("Due for review in the next eight weeks", soon, dated=True),
        _part("Flagged: look at these again", flagged),
        _part("Could not be published", failed),
    ]
    return {"parts": [part for part in parts if part], "link": f"{settings.SITE_URL}{reverse('admin:index')}"}


def _part(name: str, documents: QuerySet[Document], *, dated: bool = False) -> dict[str, object]:
    listed = list(documents.select_related("live_edition__head"))
    rows = [
        {
            "kind": kind_named(each.kind).label,
            "title": title_of(each),
            "day": each.review_due_on if dated else None,
            "link": desk_link(each),
        }
        for each in listed[:LINES]
    ]
    return {"name": name, "rows": rows, "more": max(len(listed) - LINES, 0)} if rows else {}
