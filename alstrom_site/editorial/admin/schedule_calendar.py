"""The calendar of what is scheduled: a month as a grid and as a list, and what failed to go live."""

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.models.edition import EditionQuerySet
from alstrom_site.editorial.workflow import Status

SHOWN = 200
"""At most so many of a month, and of those that failed; the page says so when there are more."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Entry:
    """One scheduled or failed edition."""

    edition: Edition
    kind: str
    url: str
    is_late: bool


@dataclass(frozen=True)
class Day:
    """One day of the grid; days of the months around it fill its first and last week."""

    day: date
    is_in_month: bool
    is_today: bool
    entries: tuple[Entry, ...]


def schedule_calendar(request: HttpRequest) -> HttpResponse:
    """Show the month that the address names, else the one that runs."""
    now = timezone.localtime()
    first = _month(request.GET.get("month", ""), now.date())
    following = (first + timedelta(days=31)).replace(day=1)
    scheduled = _entries(_scheduled_in(first, following), now)
    failed = _entries(Edition.objects.filter(status=Status.FAILED_TO_PUBLISH), now)
    weeks = _weeks(first, now.date(), scheduled)
    context = {
        **admin.site.each_context(request),
        "title": "Schedule",
        "month": first,
        "earlier": (first - timedelta(days=1)).replace(day=1),
        "later": following,
        "weekdays": WEEKDAYS,
        "weeks": weeks,
        "days": [day for week in weeks for day in week if day.entries and day.is_in_month],
        "failed": failed,
        "most": SHOWN if SHOWN in (len(scheduled), len(failed)) else 0,
        "zone": timezone.get_current_timezone_name(),
    }
    return TemplateResponse(request, "editorial/schedule_calendar.html", context)


def _month(named: str, today: date) -> date:
    """The first day of the month that is named as 2026-01; of this month for a name that is none."""
    begun = today.replace(day=1)
    try:
        return date.fromisoformat(f"{named}-01") if "1900" < named < "2900" else begun
    except ValueError:
        return begun


def _scheduled_in(first: date, following: date) -> EditionQuerySet:
    begin, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, following))
    return Edition.objects.filter(status=Status.SCHEDULED, publish_at__gte=begin, publish_at__lt=end)


def _entries(editions: EditionQuerySet, now: datetime) -> list[Entry]:
    found = editions.select_related("document", "scheduled_by").order_by("publish_at", "pk")[:SHOWN]
    return [
        Entry(
            edition,
            kind_named(edition.document.kind).label,
            edition_url(edition),
            is_late=edition.state is Status.SCHEDULED and edition.publish_at is not None and edition.publish_at < now,
        )
        for edition in found
    ]


def _weeks(first: date, today: date, entries: list[Entry]) -> list[list[Day]]:
    by_day: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.edition.publish_at is not None:
            by_day[timezone.localtime(entry.edition.publish_at).date()].append(entry)
    return [
        [Day(day, day.month == first.month, day == today, tuple(by_day.get(day, ()))) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
