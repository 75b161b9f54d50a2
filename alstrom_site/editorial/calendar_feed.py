"""A person's calendar: reviews that are wanted of them, review dates of what they own, and what is scheduled.

The form is iCalendar (RFC 5545), written by the icalendar library. The address holds a secret in place of a sign-in,
because calendar programs cannot sign in; it gives titles and dates, no text.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from icalendar import Calendar, Event

from alstrom_site.accounts.models import User
from alstrom_site.editorial.models import Document, Edition, ReviewRequest
from alstrom_site.editorial.naming import title_of
from alstrom_site.editorial.notifications.letters import REVIEW, desk_link
from alstrom_site.editorial.workflow import PUBLISH_PERMISSION, Status

MOST_ENTRIES = 1000
"""Of each sort: enough for years, and a bound for what one address can ask of the site."""
ONE_DAY = timedelta(days=1)


def calendar_of(person: User, *, at: datetime) -> bytes:
    """Return the person's calendar as an iCalendar file. A fixed number of queries."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Editors’ desk//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{settings.SITE_NAME}: editors’ desk")
    for entry in (*_requests(person, at), *_review_dates(person, at), *_scheduled(person, at)):
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _requests(person: User, at: datetime) -> Iterator[Event]:
    asked = ReviewRequest.objects.asked_of(person).select_related("edition__document", "edition__head")
    for request in asked.order_by("due_on", "pk")[:MOST_ENTRIES]:
        edition = request.edition
        link = desk_link(edition.document, edition, REVIEW)
        summary = f"Review wanted: {title_of(edition.document, edition)}"
        yield _on(request.due_on, summary, link, f"request-{request.pk}", at)


def _review_dates(person: User, at: datetime) -> Iterator[Event]:
    owned = Document.objects.to_be_reviewed().owned_by(person).select_related("live_edition__head")
    for document in owned.order_by("review_due_on", "pk")[:MOST_ENTRIES]:
        if document.review_due_on is not None:
            link = desk_link(document)
            yield _on(document.review_due_on, f"Due for review: {title_of(document)}", link, f"due-{document.pk}", at)


def _scheduled(person: User, at: datetime) -> Iterator[Event]:
    """What goes live by itself: all of it for publishers, for others what they own."""
    scheduled = Edition.objects.filter(status=Status.SCHEDULED).select_related("document", "head")
    if not person.has_perm(PUBLISH_PERMISSION):
        scheduled = scheduled.filter(document__owner=person)
    for edition in scheduled.order_by("publish_at", "pk")[:MOST_ENTRIES]:
        link = desk_link(edition.document, edition)
        entry = _entry(f"Goes live: {title_of(edition.document, edition)}", link, f"goes-live-{edition.pk}", at)
        entry.add("dtstart", edition.publish_at)
        entry.add("duration", timedelta(minutes=15))
        yield entry


def _on(day: date, summary: str, link: str, name: str, at: datetime) -> Event:
    entry = _entry(summary, link, name, at)
    entry.add("dtstart", day)
    entry.add("dtend", day + ONE_DAY)
    entry.add("transp", "TRANSPARENT")
    return entry


def _entry(summary: str, link: str, name: str, at: datetime) -> Event:
    entry = Event()
    entry.add("uid", f"{name}@{settings.SITE_URL.partition('://')[2]}")
    entry.add("dtstamp", at)
    entry.add("summary", summary)
    entry.add("url", link)
    return entry
