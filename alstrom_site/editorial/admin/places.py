"""The pages of the desk that are about no one document: route, view and name of each."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alstrom_site.editorial.admin import calendar_address, handing_over, saved_filters, schedule_calendar

PLACES: tuple[tuple[str, Callable[[HttpRequest], HttpResponse], str], ...] = (
    ("hand-over/", handing_over.hand_over_many, "editorial-hand-over"),
    ("filters/", saved_filters.saved_filters, "editorial-filters"),
    ("schedule/", schedule_calendar.schedule_calendar, "editorial-schedule"),
    ("calendar/address/", calendar_address.calendar_address, "editorial-calendar-address"),
)
