"""Scheduling a text from its page: the form with its times."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from alstrom_site.editorial import actions, policies, requirements
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.addresses import edition_url
from alstrom_site.editorial.admin.attempts import ActedOnForm, Attempt, edition_acted_on, faulty, refused
from alstrom_site.editorial.admin.causes import causes_of
from alstrom_site.editorial.admin.forewarning import before_publishing
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.admin.offers import label_on
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import SCHEDULE, ActionRefused, Status

GIVE_THE_DAY = "Give the day, such as 2026-01-31."
GIVE_THE_TIME = "Give the time, such as 09:30."
BOTH_OR_NEITHER = "Give both the day and the time after which it must not go live, or neither."
FIELDS = ("publish_on", "publish_time", "until_on", "until_time")


class ScheduleForm(ActedOnForm):
    """Day and time of publication, and optionally those after which it must not go live, in the zone of the site."""

    publish_on = forms.DateField(error_messages={"required": GIVE_THE_DAY, "invalid": GIVE_THE_DAY})
    publish_time = forms.TimeField(error_messages={"required": GIVE_THE_TIME, "invalid": GIVE_THE_TIME})
    until_on = forms.DateField(required=False, error_messages={"invalid": GIVE_THE_DAY})
    until_time = forms.TimeField(required=False, error_messages={"invalid": GIVE_THE_TIME})

    def clean(self) -> dict[str, Any]:
        """Refuse half of a last moment."""
        given = super().clean() or {}
        day, moment = given.get("until_on"), given.get("until_time")
        if (day is None) != (moment is None) and not {"until_on", "until_time"} & set(self.errors):
            self.add_error("until_on" if day is None else "until_time", BOTH_OR_NEITHER)
        return given

    @property
    def window(self) -> actions.Window:
        """The times as moments."""
        given = self.cleaned_data
        until = _moment(given["until_on"], given["until_time"]) if given["until_on"] else None
        return actions.Window(_moment(given["publish_on"], given["publish_time"]), until)


def _moment(day: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))


def schedule(visit: Visit) -> HttpResponse:
    """Show the form, or set the schedule that was sent."""
    at = timezone.now()
    if visit.request.method != "POST":
        return _page(visit)
    form = ScheduleForm(visit.request.POST)
    if not form.is_valid():
        return _page(visit, faulty(SCHEDULE, form))
    try:
        edition = edition_acted_on(visit, form)
        if not _stands_already(edition, visit, form.window):
            actions.schedule(edition, form.window, by=visit.person, at=at, seen=form.cleaned_data["seen"])
    except ActionRefused as refusal:
        return _page(visit, refused(visit, SCHEDULE, form, refusal))
    moment = f"{timezone.localtime(form.window.publish_at):%-d %B %Y, %H:%M %Z}"
    messages.success(visit.request, f"You scheduled edition {edition.number}. It goes live on {moment}.")
    return standing.leave(visit)


def _stands_already(edition: Edition, visit: Visit, window: actions.Window) -> bool:
    """Whether this person has set just this schedule: somebody pressed the button twice."""
    stands = (edition.state, edition.scheduled_by_id, edition.publish_at, edition.publish_until)
    return stands == (Status.SCHEDULED, visit.person.pk, window.publish_at, window.until)


def _page(visit: Visit, attempt: Attempt | None = None) -> HttpResponse:
    edition = visit.edition
    refusal = policies.refusal(SCHEDULE, edition, visit.person)
    context = {
        "edition": edition,
        "transition": SCHEDULE,
        "label": label_on(edition, SCHEDULE),
        "refusal": str(refusal or ""),
        "issues": causes_of(requirements.missing(SCHEDULE, edition), edition, visit.person),
        "warning": before_publishing(edition, SCHEDULE),
        "sent": _sent(visit, edition),
        "zone": timezone.get_current_timezone_name(),
        "after": last_position(visit.document),
        "attempt": attempt,
        "page_url": edition_url(edition),
    }
    title = f"Schedule: {visit.document.title}"
    return visit.show("schedule", title, context, status=attempt.status if attempt else 200)


def _sent(visit: Visit, edition: Edition) -> dict[str, str]:
    """What the fields show: what was typed, else the schedule that stands."""
    if visit.request.method == "POST":
        return {name: visit.request.POST.get(name, "").replace("\x00", "") for name in FIELDS}
    shown = {"publish": edition.publish_at, "until": edition.publish_until}
    local = {name: timezone.localtime(moment) for name, moment in shown.items() if moment}
    days = {f"{name}_on": f"{moment:%Y-%m-%d}" for name, moment in local.items()}
    return days | {f"{name}_time": f"{moment:%H:%M}" for name, moment in local.items()}
