"""Making a text the one that readers see."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial import projection, requirements
from alstrom_site.editorial.actions._addresses import move
from alstrom_site.editorial.actions._copies import keep_copy
from alstrom_site.editorial.actions._record import take_turn
from alstrom_site.editorial.actions._transitions import UNSCHEDULED, Taking, patience, taking
from alstrom_site.editorial.actions.flagging import after_publication, lock_dependents
from alstrom_site.editorial.actions.observing import tell_new_standing
from alstrom_site.editorial.actions.retiring import void_proposals
from alstrom_site.editorial.due_dates import review_dates
from alstrom_site.editorial.models import Change, Document, Edition
from alstrom_site.editorial.workflow import PUBLISH, SUPERSEDE, NotReady

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User


@patience()
@transaction.atomic
def publish(edition: Edition, *, by: "User", at: datetime, seen: str) -> Edition:
    """Make the approved text that was seen the one that readers see, and the live one before it history.

    Its page is made in the same transaction; the pages that show it are marked to be made anew. Raises as every step
    does.
    """
    with taking(PUBLISH, edition, by=by, at=at, seen=seen) as step:
        supersede(step, by=by, at=at)
        step.changes.update(published_at=at, published_by=by, **UNSCHEDULED)
    after_publication(step.edition, at=at)
    tell_new_standing(step.edition, at=at)
    return step.edition


def supersede(successor: Taking, *, by: "User", at: datetime) -> None:
    """Make way for the next live edition: move the document to its address, and end the live one if there is one.

    The next one goes live before the event of its publication, which names the page as readers get it.
    """
    document = successor.edition.document
    # Before the first event: who waits for an address or a document must not hold the chain that its holder waits for.
    former = move(successor.edition, at=at)
    if former:
        successor.details["moved_from"] = former
    lock_dependents(document)
    successor.before_its_event = partial(go_live, successor, at=at)
    live = document.live_edition
    if live is None:
        return
    with taking(SUPERSEDE, live, by=by, at=at, seen=live.text.digest) as step:
        step.changes["ended_at"] = at
        step.details["successor"] = successor.edition.number
        void_proposals(step.edition, by=by, at=at)


def go_live(step: Taking, *, at: datetime) -> None:
    """Point the document to an edition that was just published, set the dates that follow, and make its page.

    A copy of the page is kept, and the event of the step names it. Raises NotReady if the text lacks something by now.
    """
    # Before the pages, as everywhere: whoever publishes waits for the chain first, and then for them.
    take_turn()
    edition, document = step.edition, step.edition.document
    # Whoever notes that a source is retracted holds the chain, so that all that was noted is seen now. To lock the
    # sources for the check would wait crosswise for who has locked one and waits for this document, to flag it.
    if issues := requirements.for_readers(edition):
        raise NotReady(issues)
    document.live_edition = edition
    document.first_published_at = document.first_published_at or at
    document.last_published_at = at
    if edition.change != Change.MINOR or document.last_updated_at is None:
        document.last_updated_at = at
    document.moved_to = ""
    take_review_dates(document, edition)
    document.save(update_fields=[*LIVE_COLUMNS, *DATE_COLUMNS])
    # What could not wait for its review cannot wait in the pages that show it either.
    projection.refresh(document, at_once=bool(edition.emergency_reason))
    step.details.update(keep_copy(edition))


LIVE_COLUMNS = ("live_edition", "first_published_at", "last_published_at", "last_updated_at", "moved_to")
DATE_COLUMNS = ("last_reviewed_at", "review_due_on")


def take_review_dates(document: Document, edition: Edition) -> None:
    """Set on the document the dates that follow from the reviews of its live edition."""
    dates = review_dates(edition)
    document.last_reviewed_at = dates.last_reviewed_at
    document.review_due_on = dates.review_due_on
