"""Reading and answering by a shared link.

The secret in the address is the only authority: no cookie is set and none is read, so a page of another site that makes
a visitor's browser send this form sends nothing that it did not know itself. The usual check against such forms needs a
cookie and would add nothing, so it is left off here, and only here.
"""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import sharing
from alstrom_site.editorial.models import Purpose, SharedLink
from alstrom_site.editorial.shared.forms import AdviceForm
from alstrom_site.editorial.shared.shown_text import shown_text
from alstrom_site.editorial.workflow import ActionRefused, NotReady

# A draft is nobody's to keep, to find or to be led back to.
HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
MEND = "Something has to be mended first. Nothing was sent; what you wrote is still here."
NOT_SENT = "Nothing was sent; what you wrote is still here."


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the one text of a link, or take what its holder says of it."""
    at = timezone.now()
    link = sharing.link_behind(secret)
    if link is None:
        return _gone(HTTPStatus.NOT_FOUND)
    if not link.works(at):
        return _gone(HTTPStatus.GONE)
    if request.method == "POST":
        return _taken(request, link, at)
    sharing.note_visit(link, sharing.OPENED, at=at)
    return _page(link, AdviceForm.for_guest(link), sent="sent" in request.GET)


def _taken(request: HttpRequest, link: SharedLink, at: datetime) -> HttpResponse:
    form = AdviceForm.sent(request.POST)
    try:
        actions.advise(link, form.words, name=form.typed["name"], role=form.typed["role"], at=at)
    except NotReady as refusal:
        return _page(link, form.refused(MEND, refusal.issues), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except sharing.TooMany as refusal:
        return _page(link, form.refused(str(refusal)), status=HTTPStatus.TOO_MANY_REQUESTS)
    except ActionRefused as refusal:
        return _page(link, form.refused(f"{refusal} {NOT_SENT}"), status=HTTPStatus.CONFLICT)
    answer = HttpResponseRedirect(f"{request.path}?sent=1#sent")
    return _private(answer)


def _page(
    link: SharedLink, form: AdviceForm, *, sent: bool = False, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "link": link,
        "text": shown_text(link.revision),
        "form": form,
        "sent": sent,
        "said": link.comments.order_by("at", "pk"),
        "asks": link.purpose == Purpose.ADVICE,
    }
    return _private(HttpResponse(render_to_string("shared/read.html", context), status=status))


def _gone(status: HTTPStatus) -> HttpResponse:
    """One page for every link that shows nothing, so that nobody learns whether there ever was one."""
    return _private(HttpResponse(render_to_string("shared/gone.html"), status=status))


def _private(answer: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        answer[name] = value
    return answer
