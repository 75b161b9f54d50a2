"""Sharing a text with somebody outside: the links there are, making one, revoking one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Count, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from alstrom_site.editorial import actions
from alstrom_site.editorial.actions.sharing import MOST_DAYS, USUAL_DAYS, address_of
from alstrom_site.editorial.admin.addresses import part_url, text_url
from alstrom_site.editorial.admin.attempts import Attempt
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.comment_rules import may_share
from alstrom_site.editorial.models import LinkVisit, Purpose, Revision, SharedLink
from alstrom_site.editorial.models.shared_link import SharedLinkQuerySet
from alstrom_site.editorial.workflow import ActionRefused, NotPermitted, NotReady
from alstrom_site.numbers_sent import number_sent

KEPT = "No link was made. What you typed is still here."
VISITS_SHOWN = 10
DIGITS_OF_DAYS = 9


@dataclass(frozen=True)
class ShownLink:
    """A link as the desk lists it; the address itself is known to nobody but its guest."""

    link: SharedLink
    works: bool
    used: int
    visits: Sequence[LinkVisit]
    """The newest ones, the newest first; `used` counts all."""
    text_url: str
    revoke_url: str

    @property
    def standing(self) -> str:
        """Whether it works, in a word or two."""
        if self.link.revoked_at is not None:
            return "Revoked"
        return "Works" if self.works else "Ended"


def invitation(sent: QueryDict) -> actions.Invitation:
    """Return what was sent as the action takes it; a number of days that is none becomes 0, which is refused there."""
    days = sent.get("days", "").strip()
    return actions.Invitation(
        purpose=sent.get("purpose", ""),
        guest_name=sent.get("guest_name", ""),
        guest_email=sent.get("guest_email", ""),
        question=sent.get("question", ""),
        days=number_sent(days, digits=DIGITS_OF_DAYS) or 0,
    )


def share(visit: Visit) -> HttpResponse:
    """Show the links to the texts of this document and a form for a new one, or make the one that was asked for."""
    at = timezone.now()
    if visit.request.method != "POST":
        return _page(visit, at, typed=_at_first(visit))
    sent = visit.request.POST
    revision = _text(visit, sent.get("text", ""))
    try:
        link, secret = actions.share(revision, invitation(sent), by=visit.person, at=at)
    except ActionRefused as refusal:
        return _page(visit, at, typed=sent, attempt=_refused(refusal))
    # Not led on to another page: the address is shown this once, and nothing keeps it until then.
    return _page(visit, at, typed=_at_first(visit), made=(link, address_of(secret)))


def revoke(visit: Visit, link_pk: int) -> HttpResponse:
    """End a link."""
    if visit.request.method != "POST":
        return redirect(visit.url("share"))
    link = _links(visit).filter(pk=link_pk).first()
    if link is None:
        raise Http404("The document has no such link.")
    try:
        actions.revoke(link, by=visit.person, at=timezone.now())
    except ActionRefused as refusal:
        messages.error(visit.request, str(refusal))
    else:
        messages.success(visit.request, "The link is revoked. Whoever opens it now sees nothing of the text.")
    return redirect(visit.url("share"))


def panel(visit: Visit, at: datetime) -> Panel | None:
    """Return the links as the document's page shows them; None for those who may not share and see none."""
    if may_share(visit.person) is not None:
        return None
    working = list(_links(visit).working(at).order_by("expires_at"))
    return Panel("_shared_panel", {"working": working, "url": visit.url("share")})


def _at_first(visit: Visit) -> dict[str, Any]:
    """Return what the form offers: advice on the text that is worked on, not on the one that everybody can read."""
    return {"text": str(visit.edition.text.pk), "purpose": Purpose.ADVICE, "days": USUAL_DAYS}


def _page(
    visit: Visit,
    at: datetime,
    *,
    typed: Any,
    attempt: Attempt | None = None,
    made: tuple[SharedLink, str] | None = None,
) -> HttpResponse:
    texts = Revision.objects.filter(edition__document=visit.document).select_related("edition")
    context = {
        "links": _shown(visit, at),
        "texts": texts.defer("content").order_by("-edition__number", "-number")[:20],
        "purposes": Purpose.choices,
        "refusal": str(may_share(visit.person) or ""),
        "most_days": MOST_DAYS,
        "typed": typed,
        "attempt": attempt,
        "made": made,
    }
    return visit.show("share", "Share a text", context, status=attempt.status if attempt else 200)


def _shown(visit: Visit, at: datetime) -> list[ShownLink]:
    links = list(_links(visit).order_by("-made_at"))
    working = set(
        SharedLink.objects.filter(revision__edition__document=visit.document).working(at).values_list("pk", flat=True)
    )
    newest = Window(RowNumber(), partition_by="link", order_by=["-at", "-pk"])
    visits: dict[int, list[LinkVisit]] = {}
    for each in LinkVisit.objects.filter(link__in=links).annotate(place=newest).filter(place__lte=VISITS_SHOWN):
        visits.setdefault(each.link_id, []).insert(0, each)
    counted = LinkVisit.objects.filter(link__in=links).values("link").annotate(number=Count("pk")).order_by()
    used = dict(counted.values_list("link", "number"))
    return [
        ShownLink(
            link=link,
            works=link.pk in working,
            used=used.get(link.pk, 0),
            visits=visits.get(link.pk, []),
            text_url=text_url(visit.document, link.revision),
            revoke_url=part_url(visit.document, "link", link.pk),
        )
        for link in links
    ]


def _links(visit: Visit) -> SharedLinkQuerySet:
    links = SharedLink.objects.filter(revision__edition__document=visit.document)
    return links.select_related("revision__edition", "made_by", "revoked_by").defer("revision__content")


def _text(visit: Visit, wanted: str) -> Revision:
    texts = Revision.objects.filter(edition__document=visit.document).select_related("edition__document")
    revision = texts.filter(pk=number_sent(wanted) or 0).first()
    if revision is None:
        raise Http404("The document has no such text.")
    return revision


def _refused(refusal: ActionRefused) -> Attempt:
    status = HTTPStatus.FORBIDDEN if isinstance(refusal, NotPermitted) else HTTPStatus.CONFLICT
    if isinstance(refusal, NotReady):
        return Attempt("share", "", message=KEPT, issues=refusal.issues, status=status)
    return Attempt("share", "", message=f"{refusal} {KEPT}", status=status)
