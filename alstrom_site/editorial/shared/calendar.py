"""The calendar of a person, under an address that holds a secret; it sets no cookie."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from alstrom_site.accounts.entrance import may_enter
from alstrom_site.editorial.calendar_feed import calendar_of
from alstrom_site.editorial.canonical import sha256
from alstrom_site.editorial.models import CalendarAddress


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar of the person to whom the secret belongs; nothing to anybody else."""
    address = CalendarAddress.objects.select_related("person").filter(secret_digest=sha256(secret)).first()
    if address is None or not may_enter(address.person):
        raise Http404("No calendar stands at this address.")
    response = HttpResponse(calendar_of(address.person, at=now()), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
