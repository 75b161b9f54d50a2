"""The banner of the desk: sources of which something new is known, while what rests on them waits for another look."""

import json
from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Q, Subquery

from alstrom_site.editorial.admin.addresses import document_url, list_url
from alstrom_site.editorial.models import Document, Event, Flag, Reason
from alstrom_site.editorial.workflow import VERBS_OF_NOTICES

MOST_SHOWN = 5


@dataclass(frozen=True)
class ChangedSource:
    """A source, what is known of it now, and how many texts that rest on it nobody has looked at since.

    `list_url` leads to everything that is flagged.
    """

    title: str
    url: str
    said: str
    waiting: int
    list_url: str


def changed_sources() -> tuple[ChangedSource, ...]:
    """Return the sources whose standing has changed and on which texts rest that are still flagged, the newest first.

    One query more than there are none.
    """
    standing = Flag.objects.standing().filter(reason=Reason.SOURCE, about__isnull=False)
    told = Event.objects.filter(document=OuterRef("pk"), verb__in=VERBS_OF_NOTICES).order_by("-position")
    waiting = Q(flags_raised__reason=Reason.SOURCE, flags_raised__settled_at__isnull=True)
    found = (
        Document.objects.filter(pk__in=standing.values("about"))
        .annotate(
            waiting=Count("flags_raised", filter=waiting),
            raised=Max("flags_raised__raised_at", filter=waiting),
            told=Subquery(told.values("details")[:1]),
        )
        .order_by("-raised", "pk")[:MOST_SHOWN]
    )
    return tuple(
        ChangedSource(
            each.title, document_url(each), _said(vars(each)["told"]), vars(each)["waiting"], list_url(mark="flagged")
        )
        for each in found
    )


def _said(details: str | None) -> str:
    return str(json.loads(details).get("comment", "")) if details else ""
