"""Signing a live text again as it stands."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial import projection
from alstrom_site.editorial.actions._transitions import comment_for, patience, taking
from alstrom_site.editorial.actions.flagging import settle_flags
from alstrom_site.editorial.actions.publishing import DATE_COLUMNS, take_review_dates
from alstrom_site.editorial.actions.signing import NOTHING_SAID, Said, sign
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition, Review, Verdict
from alstrom_site.editorial.requirements import unanswered
from alstrom_site.editorial.workflow import REAFFIRM, OutOfDate

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

FLAGGED_MEANWHILE = "This text was flagged since you opened the page. Nothing was written. Look at the reason first."


@patience()
@transaction.atomic
def reaffirm(
    edition: Edition, *, by: "User", at: datetime, seen: str, said: Said = NOTHING_SAID, known: int | None = None
) -> Review:
    """Sign the live text that was seen as reviewed with no change needed, and return the review.

    It moves the review dates and nothing else: no text, no edition, no state. `known` is the place in the chain of the
    newest event that the person could see: a flag raised after it refuses the signature, which would settle it unseen.
    Raises as every step does, and NotReady unless every statement of the kind's checklist is answered with yes.
    """
    said = replace(said, comment=comment_for(REAFFIRM, said.comment, ask=""))
    lacking = unanswered(kind_named(edition.document.kind).checklist, said.checklist)
    with taking(REAFFIRM, edition, by=by, at=at, seen=seen, lacking=lacking) as step:
        review = sign(step, Verdict.REAFFIRM, by=by, at=at, said=said)
        if known is not None and step.edition.document.events.filter(verb="flag", position__gt=known).exists():
            raise OutOfDate(FLAGGED_MEANWHILE)
    document = step.edition.document
    take_review_dates(document, step.edition)
    document.save(update_fields=DATE_COLUMNS)
    settle_flags(document, by=by, at=at)
    projection.refresh(document)
    return review
