"""Keeps what was observed of a work, and has it told wherever the work is shown or cited."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial import actions
from alstrom_site.editorial.addresses import merged_into
from alstrom_site.editorial.kinds import Content, NewStanding
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import Issue, NotReady, WrongState
from references.models import ObservedNotice
from references.models.observed import LONGEST_LINE, LONGEST_TYPE
from references.standing import Happened, Notice, observed_of, what_happened
from references.watching.statements import statements_resting_on

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

NO_REASON = "Say why this notice is taken back: the note is kept for good."
TAKEN_BACK = "This notice was taken back already. Nothing was written."


@transaction.atomic
def observe(document: Document, notices: Sequence[Notice], *, source: str, by: "User", at: datetime) -> bool:
    """Keep what `source` says of the work of an entry, and return whether its standing has changed by that.

    A change makes an event, is mailed, flags every live text that cites the work, with the sentence that rests on it,
    and marks the work in every list of readers. What is known already changes nothing and is written once. Notices of
    types that say nothing of the standing are not kept. Of an entry that was merged it is kept and told of the one that
    took it in.
    """
    entry = _locked(document)
    before = _standing_of(entry)
    rows = [_row(entry, each, source, by, at) for each in notices if what_happened({}, [each])]
    ObservedNotice.objects.bulk_create(rows, ignore_conflicts=True)
    return _told(entry, before, source, by=by, at=at)


def new_standing(document: Document, before: Content, now: Content) -> NewStanding | None:
    """Return what a text of an entry that went live says happened to its work and was not known; None: nothing new."""
    known = observed_of([document.pk]).get(document.pk, ())
    words = _words(what_happened(now, known))
    if _words(what_happened(before, known)) == words:
        return None
    return NewStanding(_said(words), statements_resting_on(document))


def would_say(document: Document, notices: Sequence[Notice]) -> str | None:
    """Return all that would be known of the work of an entry with these notices, in words; None when nothing is new."""
    entry = merged_into(document) or document
    edition = entry.live_edition or entry.latest_edition
    known = observed_of([entry.pk]).get(entry.pk, ())
    before, now = (what_happened(edition.text.fields, each) for each in (known, (*known, *notices)))
    return None if _words(before) == _words(now) else "; ".join(_words(now))


@transaction.atomic
def take_back(notice: ObservedNotice, *, because: str, by: "User", at: datetime) -> bool:
    """Let a notice hold no more, such as one about another work, and return whether the standing changed by that.

    A change is told as one that was observed. Raises NotReady without a reason, WrongState when it was taken back.
    """
    if not because.strip():
        raise NotReady([Issue("because", NO_REASON, "comment-needed")])
    entry = _locked(notice.document)
    before = _standing_of(entry)
    changes = {"taken_back_at": at, "taken_back_by": by, "taken_back_because": because.strip()}
    if not ObservedNotice.objects.holding().filter(pk=notice.pk).update(**changes):
        raise WrongState(TAKEN_BACK)
    said = f"{notice.source}, taken back: {because.strip()}"
    return _told(entry, before, said, by=by, at=at)


def _locked(document: Document) -> Document:
    """The entry, else the one that took it in, so that two who observe the same at once tell it once."""
    locked = Document.objects.select_for_update(no_key=True)
    own = locked.get(pk=document.pk)
    other = merged_into(own)
    return own if other is None else locked.get(pk=other.pk)


def _standing_of(document: Document) -> tuple[Happened, ...]:
    """By the text that readers see, else by the newest one."""
    edition = document.live_edition or document.latest_edition
    return what_happened(edition.text.fields, observed_of([document.pk]).get(document.pk, ()))


def _row(document: Document, notice: Notice, source: str, by: "User", at: datetime) -> ObservedNotice:
    return ObservedNotice(
        document=document,
        type=notice.type[:LONGEST_TYPE],
        date=notice.date,
        pmid=notice.pmid,
        doi=notice.doi,
        text=notice.text[:LONGEST_LINE],
        source=source,
        seen_at=at,
        seen_by=by,
    )


def _told(document: Document, before: Iterable[Happened], source: str, *, by: "User", at: datetime) -> bool:
    now = _standing_of(document)
    words = _words(now)
    if _words(before) == words:
        return False
    said = f"{source}: {_said(words)}"
    actions.note_standing(document, said, statements_resting_on(document), by=by, at=at)
    return True


def _said(words: Sequence[str]) -> str:
    return f"{'; '.join(words) or 'nothing is known against it any more'}."


def _words(happened: Iterable[Happened]) -> list[str]:
    return [each.words for each in happened]
