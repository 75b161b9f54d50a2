"""What a document's page says of a live text that is to go, that moves, or that is to be looked at again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alstrom_site.editorial import policies
from alstrom_site.editorial.addresses import moves
from alstrom_site.editorial.admin.panels import Panel
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.models import Edition, Reason
from alstrom_site.editorial.workflow import REAFFIRM, UNPUBLISH, WITHDRAW, Status, Transition


@dataclass(frozen=True)
class Proposable:
    """A step that this person may propose, and where."""

    transition: Transition
    url: str


def panel(visit: Visit, at: datetime) -> Panel | None:
    """Return what is proposed, and what this person may propose; None where there is nothing to say."""
    live = visit.document.live_edition
    content: dict[str, Any] = {"moves": _moves(visit), "gone_to": _gone_to(visit)}
    if live is not None:
        live.document = visit.document
        content |= {"live": live, "proposal": _proposal(live), "proposable": _proposable(visit, live)}
        content |= {"left": policies.has_left(content["proposal"]) if content["proposal"] else ""}
        content |= {"decide_url": visit.url(content["proposal"].verb) if content["proposal"] else ""}
        content |= {"is_own": content["proposal"] is not None and content["proposal"].by_id == visit.person.pk}
    said = ("moves", "gone_to", "proposal", "proposable")
    is_withdrawn = live is not None and live.withdrawn_at is not None
    if not is_withdrawn and not any(content.get(name) for name in said):
        return None
    return Panel("retirement_panel", content, is_alarm=content.get("proposal") is not None)


def flags(visit: Visit, at: datetime) -> Panel | None:
    """Return why a live text is to be looked at again, and where to ask for it; an emergency has a panel of its own."""
    found = visit.document.flags.standing().exclude(reason=Reason.EMERGENCY)
    standing, live = list(found.select_related("raised_by", "asked")), visit.document.live_edition
    is_settled = live is not None and live.state is Status.PUBLISHED and not live.review_is_pending
    may_ask = is_settled and policies.may_ask_for_another_look(visit.document, visit.person) is None
    content = {"flags": standing, "url": visit.url("look-again") if may_ask else ""}
    return Panel("flags_panel", content) if standing or may_ask else None


def overdue(visit: Visit, at: datetime) -> Panel | None:
    """Return that the next review of the live text is late, and who sees to it; None while it is not."""
    document, live = visit.document, visit.document.live_edition
    due_on = document.next_review_on
    if live is None or due_on is None or due_on >= at.date() or live.review_is_pending:
        return None
    live.document = document
    may_sign = policies.refusal(REAFFIRM, live, visit.person) is None
    url = visit.url("reaffirm") if may_sign else ""
    return Panel("overdue_panel", {"due_on": due_on, "label": REAFFIRM.label, "url": url}, is_alarm=True)


def _proposal(live: Edition) -> Any:
    return live.proposals.waiting().select_related("by").first()


def _proposable(visit: Visit, live: Edition) -> list[Proposable]:
    return [
        Proposable(each, visit.url(each.verb))
        for each in (WITHDRAW, UNPUBLISH)
        if policies.why_not_propose(each, live, visit.person) is None
    ]


def _moves(visit: Visit) -> list[tuple[Edition, str]]:
    """The open editions that give the page another address, each with the new path."""
    found = visit.document.editions.open().select_related("head").order_by("number")
    addressed = [(edition, edition.text.fields) for edition in found if moves(visit.document, edition.text.fields)]
    return [(edition, visit.kind.path(visit.kind.address(content))) for edition, content in addressed]


def _gone_to(visit: Visit) -> str:
    """What readers get at the address of a document that was taken down; "" for any other."""
    document = visit.document
    if document.live_edition_id is not None or document.first_published_at is None:
        return ""
    path = visit.kind.path(document.address)
    if document.moved_to:
        return f"{path} leads readers to {document.moved_to} as long as that page is public."
    return f"{path} tells readers that the page was taken down."
