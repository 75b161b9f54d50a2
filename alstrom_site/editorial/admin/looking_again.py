"""The page on which a reviewer is asked by name to look at a live text again, and let off."""

from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions, policies
from alstrom_site.editorial.actions.looking_again import OVER, can_be_asked, waiting
from alstrom_site.editorial.admin import standing
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.workflow import ActionRefused, Status, WrongState
from alstrom_site.numbers_sent import number_sent


def look_again(visit: Visit) -> HttpResponse:
    """Show the page, or ask or let off whom it names."""
    live = visit.document.live_edition
    if live is None or live.state is not Status.PUBLISHED:
        return standing.leave(visit)
    live.document = visit.document
    if visit.request.method != "POST":
        return _page(visit, live)
    try:
        done = _take(visit, timezone.now())
    except ActionRefused as refusal:
        return _page(visit, live, str(refusal))
    messages.success(visit.request, done)
    return standing.leave(visit)


def _take(visit: Visit, at: datetime) -> str:
    sent, by = visit.request.POST, visit.person
    if "take_back" in sent:
        flag = waiting(visit.document).filter(pk=number_sent(sent["take_back"]) or 0).select_related("asked").first()
        if flag is None:
            raise WrongState(OVER)
        actions.take_back_ask(flag, by=by, at=at)
        return f"{flag.asked} is not asked any more, and is told so."
    reviewer = User.objects.filter(pk=number_sent(sent.get("whom", "")) or 0).first()
    actions.ask_for_another_look(visit.document, reviewer, because=sent.get("comment", ""), by=by, at=at)
    return f"You asked {reviewer} to look at the live text again."


def _page(visit: Visit, live: Edition, refused: str = "") -> HttpResponse:
    sent = visit.request.POST
    context = {
        "live": live,
        "refusal": str(policies.may_ask_for_another_look(visit.document, visit.person) or ""),
        "refused": refused,
        "waiting": waiting(visit.document).select_related("asked", "raised_by"),
        "people": can_be_asked(live),
        "whom": number_sent(sent.get("whom", "")),
        "typed": sent.get("comment", "").replace("\x00", ""),
    }
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return visit.show("look_again", f"Another look: {visit.document.title}", context, status=status)
