"""A notice that is about another work holds no more, and one that was taken back by mistake holds again."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial.actions import patience
from alstrom_site.editorial.content import not_said
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import NOTE_AGAIN, TAKE_NOTICE_BACK, NotReady, WrongState
from references.models import ObservedNotice
from references.watching.known import to_be_noted_again
from references.watching.record import as_recorded
from references.watching.telling import Step, locked, standing_of, tell

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

NO_REASON = "Say why this notice is taken back: the note is kept for good."
NO_REASON_AGAIN = "Say why this notice is noted again: the note is kept for good."
TAKEN_BACK = "This notice was taken back already. Nothing was written."
NOT_TAKEN_BACK = "This notice was not taken back: it holds. Nothing was written."
HOLDS_AGAIN = "This notice was noted again already. Nothing was written."


@patience()
@transaction.atomic
def take_back(notice: ObservedNotice, *, because: str, by: "User", at: datetime) -> bool:
    """Let a notice hold no more, such as one about another work, and return whether the standing changed by that.

    A change is told as one that was observed, and to the publishers too. Raises NotReady without a reason
    that can be kept, NotPermitted, WrongState when it was taken back, and Busy.
    """
    reason = _reason(because, NO_REASON)
    entry = locked(notice.document, by=by)
    before = standing_of(entry)
    changes = {"taken_back_at": at, "taken_back_by": by, "taken_back_because": reason}
    if not ObservedNotice.objects.holding().filter(pk=notice.pk).update(**changes):
        raise WrongState(TAKEN_BACK)
    kept = {"taken_back": notice.pk, "because": reason}
    step = Step(TAKE_NOTICE_BACK, f"{notice.source}, taken back (“{reason}”)", kept)
    return tell(entry, before, step, by=by, at=at)


@patience()
@transaction.atomic
def note_again(notice: ObservedNotice, *, because: str, by: "User", at: datetime) -> bool:
    """Note anew what was taken back by mistake, and return whether the standing changed by that, which is told then.

    The notice that was taken back stays so; the new one names it. Raises NotReady without a reason
    that can be kept, NotPermitted, WrongState when the notice, or the same one of an entry that was merged with this
    one, holds, and Busy.
    """
    reason = _reason(because, NO_REASON_AGAIN)
    entry = locked(notice.document, by=by)
    before = standing_of(entry)
    row = _again(notice.pk, entry)
    row.document, row.seen_at, row.seen_by, row.again_because = entry, at, by, reason
    row.save(force_insert=True)
    step = Step(NOTE_AGAIN, f"{row.source}, noted again (“{reason}”)", {"noted": [as_recorded(row)]})
    return tell(entry, before, step, by=by, at=at)


def _again(number: int, entry: Document) -> ObservedNotice:
    """A notice that is to be noted again, as a new row; its entry is locked."""
    rows = {row.pk: row for row in ObservedNotice.objects.about([entry.pk])}
    old = rows[number]
    if old.taken_back_at is None:
        raise WrongState(NOT_TAKEN_BACK)
    if number not in to_be_noted_again(rows.values()):
        raise WrongState(HOLDS_AGAIN)
    said = {name: getattr(old, name) for name in ("type", "date", "pmid", "doi", "text", "source")}
    return ObservedNotice(**said, again=old)


def _reason(because: str, without: str) -> str:
    if unsaid := not_said("because", "The reason", because, ask=without):
        raise NotReady(unsaid)
    return because.strip()
