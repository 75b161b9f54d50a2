"""Signing a live text again as it stands."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial import projection
from alstrom_site.editorial.actions._transitions import comment_for, patience, taking
from alstrom_site.editorial.actions.flagging import settle_seen_flags
from alstrom_site.editorial.actions.publishing import DATE_COLUMNS, take_review_dates
from alstrom_site.editorial.actions.signing import NOTHING_SAID, Said, sign
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition, Review, Verdict
from alstrom_site.editorial.requirements import unanswered
from alstrom_site.editorial.workflow import REAFFIRM

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User


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
    document = step.edition.document
    take_review_dates(document, step.edition)
    document.save(update_fields=DATE_COLUMNS)
    settle_seen_flags(document, by=by, at=at, known=known)
    projection.refresh(document)
    return review
