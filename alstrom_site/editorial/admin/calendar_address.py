"""The desk page on which a person makes or drops the private address of their calendar."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now

from alstrom_site.accounts.models import User
from alstrom_site.editorial.actions.personal import drop_calendar_address, new_calendar_address
from alstrom_site.editorial.models import CalendarAddress


def calendar_address(request: HttpRequest) -> HttpResponse:
    """Show whether there is an address; by POST make a new one, which is shown this once, or drop it."""
    person = request.user
    if not isinstance(person, User):
        raise PermissionDenied
    address = ""
    if request.method == "POST" and "drop" in request.POST:
        drop_calendar_address(person)
        messages.success(request, "Your calendar address was taken away. Programs that used it get nothing any more.")
        return redirect("admin:editorial-calendar-address")
    if request.method == "POST":
        address = settings.SITE_URL + reverse("calendar-feed", args=[new_calendar_address(person, at=now())])
    kept = CalendarAddress.objects.filter(person=person).first()
    context = {**admin.site.each_context(request), "title": "Your calendar", "address": address, "kept": kept}
    return TemplateResponse(request, "editorial/calendar_address.html", context)
