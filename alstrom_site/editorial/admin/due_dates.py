"""Spans of time in which reviews fall due: what the filter offers, the picture counts and the lists show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from alstrom_site.editorial.review_dates import next_review_due

MONTHS = 12
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Span:
    """From the first to the last day, both included. `slug` names it in an address."""

    slug: str
    label: str
    first: date
    last: date


ALWAYS = Span("always", "Ever", date.min, date.max)


def months_from(day: date) -> Sequence[Span]:
    """Return the month that runs, from `day` on, the eleven after it, and the same month next year up to that day."""
    spans = [_month(day.replace(day=1), day)]
    while len(spans) <= MONTHS:
        spans.append(_month(spans[-1].last + timedelta(days=1), day))
    last = next_review_due(day, MONTHS)
    return [*spans[:-1], replace(spans[-1], label=f"Until {last:%-d %B %Y}", last=last)]


def overdue_on(day: date) -> Span:
    """Return all that lies before `day`."""
    return Span("overdue", "Overdue", date.min, day - timedelta(days=1))


def soon_after(day: date) -> Span:
    """Return the 30 days from `day` on."""
    return Span("soon", "In the next 30 days", day, day + SOON)


def year_from(day: date) -> Span:
    """Return what `months_from` holds."""
    return Span("year", "In the next 12 months", day, months_from(day)[-1].last)


def spans_on(day: date) -> Sequence[Span]:
    """Return every span that the filter offers."""
    return (overdue_on(day), soon_after(day), year_from(day), *months_from(day))


def span_named(slug: str, day: date) -> Span | None:
    """Return the span that an address names, such as "overdue", "year" or "2026-11"; None for a name that is none.

    The month that runs is counted from `day` on: what lies before it is overdue. The same month next year
    is counted up to that day.
    """
    return {span.slug: span for span in spans_on(day)}.get(slug) or _named_month(slug, day)


def _named_month(slug: str, day: date) -> Span | None:
    if len(slug) != 7 or not "1900" < slug < "2900":
        return None
    try:
        return _month(date.fromisoformat(f"{slug}-01"), day)
    except ValueError:
        return None


def _month(first: date, day: date) -> Span:
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    begin = day if first <= day <= last else first
    return Span(f"{first:%Y-%m}", f"{first:%B %Y}", begin, last)
