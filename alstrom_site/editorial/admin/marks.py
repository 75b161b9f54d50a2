"""What a row says of a document beside its state: that it is flagged, behind, asked of somebody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import Truncator

from alstrom_site.editorial.models import Document, Edition, Flag, Proposal, Reason, ReviewRequest
from alstrom_site.editorial.workflow import Status

LONGEST_REASON = 120


@dataclass(frozen=True)
class Mark:
    """Some words on a row; `name` picks the colour, which only repeats them."""

    name: str
    label: str


def marks_on(document: Document, editions: list[Edition], day: date) -> tuple[Mark, ...]:
    """Return the marks of a document read by `for_rows`, the loudest first."""
    return (*_of_the_live_text(document), *_of_open_editions(editions, day))


def _of_the_live_text(document: Document) -> Iterator[Mark]:
    live = document.live_edition
    if live is None:
        return
    is_withdrawn = live.state is Status.WITHDRAWN
    if live.review_is_pending and not is_withdrawn:
        yield Mark("pending", "Public before its review")
    flags: list[Flag] = vars(document)["flags_standing"]
    # Of an older site: flags of a text are settled when it is withdrawn.
    for reason in () if is_withdrawn else dict.fromkeys(Reason(flag.reason) for flag in flags):
        if reason not in {Reason.EMERGENCY, Reason.ASKED}:
            yield Mark("flagged", f"Flagged: {reason.label[0].lower()}{reason.label[1:]}")
    for flag in (each for each in flags if each.asked is not None):
        yield Mark("asked", f"{flag.raised_by} asks {flag.asked}: {Truncator(flag.statement).chars(LONGEST_REASON)}")
    proposals: list[Proposal] = vars(live)["proposals_open"]
    for proposal in proposals:
        yield Mark("proposed", f"{proposal.by} proposes to {proposal.verb} it")


def _of_open_editions(editions: list[Edition], day: date) -> Iterator[Mark]:
    for edition in editions:
        if vars(edition)["public_text"] not in (None, edition.based_on_id):
            yield Mark("behind", "Behind the live text")
        requests: list[ReviewRequest] = vars(edition)["requests_standing"]
        for request in requests:
            late = ", overdue" if request.due_on < day else ""
            yield Mark("late" if late else "asked", f"Asked of {request.reviewer}, by {_said(request.due_on)}{late}")


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
