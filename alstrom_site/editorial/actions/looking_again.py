"""Asking a reviewer by name to look at a live text again, before its date."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from alstrom_site.accounts.models import User
from alstrom_site.editorial import policies
from alstrom_site.editorial.actions._record import remark
from alstrom_site.editorial.actions._transitions import patience
from alstrom_site.editorial.content import not_said
from alstrom_site.editorial.models import Document, Edition, Flag, Reason
from alstrom_site.editorial.notifications.recipients import reviewers
from alstrom_site.editorial.workflow import Issue, NotReady, Status, WrongState

if TYPE_CHECKING:
    from alstrom_site.editorial.models.flag import FlagQuerySet

NOT_LIVE = (
    "Readers see no text here that a reviewer has signed and that was not withdrawn. There is nothing to ask for."
)
WHY = "Say why the text should be looked at again. Whoever you ask reads it, and it stays in the record."
WHOM = "Choose a medical reviewer who wrote no part of this text."
ASKED_ALREADY = "{} is asked to look at this text already. Take that back first, to ask anew."
OVER = "This does not wait any more: the text was reviewed, or it was taken back."


def can_be_asked(live: Edition) -> QuerySet[User]:
    """Return the reviewers who could sign that a live text needs no change. Two queries."""
    return reviewers().exclude(pk__in=policies.contributor_ids(live))


def waiting(document: Document) -> "FlagQuerySet":
    """Return what reviewers are asked by name of a live text, and have not answered."""
    return document.flags.standing().filter(reason=Reason.ASKED)


@patience()
@transaction.atomic
def ask_for_another_look(document: Document, reviewer: User | None, *, because: str, by: User, at: datetime) -> Flag:
    """Ask a reviewer to look at the live text again, and return the flag; a review, or `take_back_ask`, ends it.

    Raises NotPermitted, WrongState, NotReady or Busy.
    """
    live = _live(document, by)
    issues = not_said("comment", "The reason", because, ask=WHY)
    if reviewer is None or not can_be_asked(live).filter(pk=reviewer.pk).exists():
        issues = [*issues, Issue("whom", WHOM)]
    if issues or reviewer is None:
        raise NotReady(issues)
    if waiting(live.document).filter(asked=reviewer).exists():
        raise WrongState(ASKED_ALREADY.format(reviewer))
    said = because.strip()
    asked = {"document": live.document, "reason": Reason.ASKED, "asked": reviewer, "statement": said}
    flag = Flag.objects.create(**asked, raised_at=at, raised_by=by)
    details = {"flag": flag.pk, "about": None, "reason": str(Reason.ASKED), "asked_id": reviewer.pk, "comment": said}
    remark(live, "flag", by=by, at=at, **details)
    return flag


@patience()
@transaction.atomic
def take_back_ask(flag: Flag, *, by: User, at: datetime) -> None:
    """Let a reviewer off whom somebody asked to look at a live text again. Raises as asking does."""
    live = _live(flag.document, by)
    if waiting(live.document).filter(pk=flag.pk).update(settled_at=at, settled_by=by) != 1:
        raise WrongState(OVER)
    remark(live, "settle", by=by, at=at, flags=[flag.pk], comment=flag.statement)


def _live(document: Document, by: User) -> Edition:
    """The live edition of a document, locked, of which this person may ask for another look."""
    locked = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    refused = policies.may_ask_for_another_look(locked, by)
    if refused is not None:
        raise refused
    live = locked.live_edition
    if live is None or live.state is not Status.PUBLISHED or live.review_is_pending:
        raise WrongState(NOT_LIVE)
    live.document = locked
    return live
