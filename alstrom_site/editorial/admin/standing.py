"""A document's page: where it stands, what is missing, what this person may do, and all that happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import policies
from alstrom_site.editorial.actions.owning import MAY_OWN
from alstrom_site.editorial.admin import (
    commenting,
    presence,
    publication_panels,
    retiring_panel,
    round_panel,
    sharing,
    urgent_panel,
)
from alstrom_site.editorial.admin.addresses import comparison_url, edition_url, text_url
from alstrom_site.editorial.admin.approvals import ShownReview, reviews_of
from alstrom_site.editorial.admin.attempts import Attempt
from alstrom_site.editorial.admin.causes import Cause, causes_of
from alstrom_site.editorial.admin.history import happened, history_of, last_position, texts_of
from alstrom_site.editorial.admin.offers import Offer, needs_of, offers_on, turn_on
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.states import Stage, StateTag, due_dates, step_line
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import LIVE, OPEN, Status


@dataclass(frozen=True)
class EditionCard:
    """An edition as the page shows it."""

    edition: Edition
    tag: StateTag
    is_live: bool
    stages: tuple[Stage, ...]
    text_url: str
    change_url: str
    reviews: list[ShownReview]
    page_url: str
    """Where its steps are, when the page is about another edition."""


@dataclass(frozen=True)
class Needed:
    """What stands between the edition and a step, in words; `nothing` where that is so."""

    title: str
    causes: list[Cause]
    nothing: str


def show(visit: Visit) -> HttpResponse:
    """Show the document's page."""
    return respond(visit, at=timezone.now())


def respond(visit: Visit, *, at: datetime, attempt: Attempt | None = None) -> HttpResponse:
    """Return the document's page as it stands, with a step that was refused if there was one."""
    document = visit.document
    current = visit.edition
    open_edition = current if current.state in OPEN else None
    offers, refused = offers_on(current, visit.person, at)
    page = history_of(document, visit.request.GET.get("page", "1"))
    panels = _panels(visit, at)
    context: dict[str, Any] = {
        "current": current,
        "cards": _cards(document, current),
        "dates": _dates(document, open_edition, at.date()),
        "address": visit.kind.path(document.address),
        "needs": _needs(current, visit.person),
        "reviewing": [offer for offer in offers if offer.page == "review"],
        "offers": [offer for offer in offers if offer.page != "review" and not offer.on_live],
        "live_offers": [offer for offer in offers if offer.on_live],
        "refused": [each for each in refused if not each.on_live],
        "live_refused": [each for each in refused if each.on_live],
        "turn": turn_on(current),
        "beginning": _may_begin(visit, document.open_edition),
        "owners": _possible_owners(visit),
        "history": page,
        "happenings": [happened(document, event) for event in page.object_list],
        "texts": texts_of(document, open_edition),
        "after": last_position(document),
        "attempt": attempt,
        "alarms": [panel for panel in panels if panel.is_alarm],
        "panels": [panel for panel in panels if not panel.is_alarm],
        "comment_is_kept": attempt is not None and _shows_again(attempt, offers),
        "edit_url": edition_url(current, "change"),
        "owner_url": visit.url("owner"),
        "record_url": visit.url("record"),
    }
    return visit.show("standing", document.title, context, status=attempt.status if attempt else 200)


PANELS: Sequence[Callable[[Visit, datetime], Panel | None]] = (
    publication_panels.emergency,
    publication_panels.schedule,
    retiring_panel.overdue,
    retiring_panel.flags,
    retiring_panel.panel,
    presence.panel,
    urgent_panel.panel,
    round_panel.panel,
    commenting.panel,
)
"""What else the document's page shows, in order, each from a module of its own: first what waits for somebody."""
LATER_PANELS: Sequence[Callable[[Visit, datetime], Panel | None]] = (sharing.panel, round_panel.policy)
"""What stands below what the kind shows."""


def _panels(visit: Visit, at: datetime) -> list[Panel]:
    shown = (show(visit, at) for show in (*PANELS, *visit.panels, *LATER_PANELS))
    return [panel for panel in shown if panel is not None]


def _needs(edition: Edition, person: User) -> list[Needed]:
    """What is missing before the next step, and before publication; that nothing more is goes without saying."""
    needs = needs_of(edition)
    shown = [need for need in needs if need is needs[0] or need.issues or not needs[0].issues]
    nothing = "Only signatures are missing." if edition.state is Status.IN_REVIEW else "Nothing is missing."
    return [
        Needed(
            f"Before it can be {need.transition.past}",
            causes_of(need.issues, edition, person, page="standing"),
            nothing if need is needs[0] else "Nothing else is missing.",
        )
        for need in shown
    ]


def _shows_again(attempt: Attempt, offers: Sequence[Offer]) -> bool:
    """Whether a form on the page has the comment in its field."""
    return attempt.in_form is not None or attempt.verb in {offer.transition.verb for offer in offers}


def leave(visit: Visit) -> HttpResponse:
    """Lead back to the document's page."""
    return redirect(edition_url(visit.edition))


def _cards(document: Document, current: Edition) -> list[EditionCard]:
    """The edition that the page is about, then the others that are open or live."""
    others = [document.open_edition, document.urgent_edition, document.live_edition]
    shown = {edition.pk: edition for edition in (current, *others) if edition is not None}
    return [_card(document, edition, current) for edition in shown.values()]


def _card(document: Document, edition: Edition, current: Edition) -> EditionCard:
    edition.document = document
    live = document.live_edition
    is_live = edition.state in LIVE
    return EditionCard(
        edition=edition,
        tag=StateTag.of(edition),
        is_live=is_live,
        stages=step_line(edition),
        text_url=text_url(document, edition.text),
        change_url=comparison_url(document, live.text, edition.text) if live and not is_live else "",
        reviews=reviews_of(edition),
        page_url=edition_url(edition) if edition.state in OPEN and edition != current else "",
    )


@dataclass(frozen=True)
class NamedDate:
    """A date of the document with its name; where there is none, `words` say why."""

    label: str
    day: date | None
    is_late: bool = False
    words: str = "Not yet"


def _dates(document: Document, open_edition: Edition | None, day: date) -> list[NamedDate]:
    published = {"First published": document.first_published_at, "Last published": document.last_published_at}
    due = [NamedDate(each.label, each.day, each.is_late) for each in due_dates(document, open_edition, day)]
    known = (NamedDate(label, moment.date() if moment else None) for label, moment in published.items())
    return [*due, _last_reviewed(document), *known]


def _last_reviewed(document: Document) -> NamedDate:
    """When the text that readers see was reviewed: the review of an earlier one says nothing of it."""
    live, at = document.live_edition, document.last_reviewed_at
    if live is not None and live.review_is_pending:
        return NamedDate("Last reviewed", None, words="Review pending")
    return NamedDate("Last reviewed", at.date() if at else None)


def _may_begin(visit: Visit, open_edition: Edition | None) -> bool:
    return open_edition is None and policies.may_open_edition(visit.person) is None


def _possible_owners(visit: Visit) -> list[User]:
    """Whom the document can be handed to, when this person may hand it over."""
    person = visit.person
    if visit.document.owner_id != person.pk and not person.has_perm("editorial.administer"):
        return []
    able = reduce(or_, [User.objects.with_perm(permission) for permission in MAY_OWN])
    return list(able.exclude(pk=visit.document.owner_id).order_by("display_name", "pk"))
