"""Keeps what was observed of a work, and has it told wherever the work is shown or cited."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial.actions import patience
from alstrom_site.editorial.addresses import merged_into
from alstrom_site.editorial.as_source import NewStanding
from alstrom_site.editorial.kinds import Content
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import OBSERVE
from references.models import ObservedNotice
from references.standing import Notice, observed_of, what_happened
from references.watching.known import said_by, sort_out
from references.watching.record import as_recorded
from references.watching.statements import statements_resting_on
from references.watching.telling import Step, in_words, locked, sentence_of, standing_of, tell

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User


@patience()
@transaction.atomic
def observe(document: Document, notices: Sequence[Notice], *, source: str, by: "User", at: datetime) -> bool:
    """Keep what `source` says of the work of an entry, and return whether its standing has changed by that.

    A change makes an event, is mailed, flags every live text that cites the work, with the sentence that rests on it,
    and marks the work in every list of readers. What holds already is written once, and what a person took back not
    again: `foresee` names it. Notices of types that say nothing of the standing are not kept. Of an entry that was
    merged it is kept and told of the one that took it in. Raises NotPermitted and Busy.
    """
    entry = locked(document, by=by)
    before = standing_of(entry)
    new = sort_out(entry, notices, said_by(entry, source)).new
    rows = keep(entry, new, source=source, by=by, at=at)
    if not rows:
        return False
    step = Step(OBSERVE, source, {"noted": [as_recorded(row) for row in rows]})
    return tell(entry, before, step, by=by, at=at)


@dataclass(frozen=True)
class Foreseen:
    """What would come of noting some notices: all that is known then, in words, if that is news, else None.

    `left_out`: what a person took back, and would not be noted.
    """

    now: str | None
    left_out: tuple[ObservedNotice, ...]


def foresee(document: Document, notices: Sequence[Notice], *, source: str) -> Foreseen:
    """Return what `observe` would make of these notices, and note nothing."""
    entry = merged_into(document) or document
    found = sort_out(entry, notices, said_by(entry, source))
    before = standing_of(entry)
    edition = entry.live_edition or entry.latest_edition
    known = observed_of([entry.pk]).get(entry.pk, ())
    words = in_words(what_happened(edition.text.fields, (*known, *found.new)))
    return Foreseen(None if in_words(before) == words else "; ".join(words), found.left_out)


def new_standing(document: Document, before: Content, now: Content) -> NewStanding | None:
    """Return what a text of an entry that went live says happened to its work and was not known; None: nothing new."""
    known = observed_of([document.pk]).get(document.pk, ())
    words = in_words(what_happened(now, known))
    if in_words(what_happened(before, known)) == words:
        return None
    return NewStanding(sentence_of(words), statements_resting_on(document))


def keep(
    document: Document, notices: Sequence[Notice], *, source: str, by: "User", at: datetime
) -> list[ObservedNotice]:
    """Write what `sort_out` found to be noted. Belongs into the transaction of the event that carries it."""
    said = {"document": document, "source": source, "seen_at": at, "seen_by": by}
    return ObservedNotice.objects.bulk_create([ObservedNotice(**asdict(each), **said) for each in notices])
