"""Calling for another look at live texts, because something that they show or cite has changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from alstrom_site.editorial.actions._flags import Cause, raise_all
from alstrom_site.editorial.actions._record import remark
from alstrom_site.editorial.actions._transitions import patience
from alstrom_site.editorial.kinds import kind_named, known_otherwise, resting_on
from alstrom_site.editorial.models import Change, Document, Edition, Event, Flag, Proposal, Reason
from alstrom_site.editorial.models.document import DocumentQuerySet
from alstrom_site.editorial.naming import title_of
from alstrom_site.editorial.texts import CITED, shown_in
from alstrom_site.editorial.workflow import APPROVE, OutOfDate, Status, WrongState

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

FLAGGED_MEANWHILE = "This text was flagged since you opened the page. Nothing was written. Look at the reason first."
PROPOSED_MEANWHILE = (
    "Somebody proposed to take this text from readers since you opened the page. Nothing was written. Read why first."
)


@patience()
@transaction.atomic
def raise_flag(
    document: Document, reason: Reason, *, about: Document | None, statement: str, by: "User", at: datetime
) -> Flag:
    """Put a live document into the review queue, and return the flag; one that stands gets the statement added.

    Raises WrongState when readers cannot see the document.
    """
    flags = raise_all(Document.objects.filter(pk=document.pk), Cause(reason, about, statement), by=by, at=at)
    if not flags:
        raise WrongState("Only what readers see is flagged.")
    return flags[0]


@patience()
@transaction.atomic
def settle_flags(document: Document, *, by: "User", at: datetime, seen: int | None = None) -> int:
    """Settle what called for another look at a live text, and return how many flags that were.

    `seen`: the place in the chain of the signature that looked at them; a flag raised after it stands. None: now.
    Clocks tell nothing of that: a long task takes its moment when it begins, and may flag after who signed meanwhile.
    """
    unseen = [] if seen is None else list(document.events.filter(verb="flag", position__gt=seen))
    found = [flag for flag in document.flags.standing() if not any(_raised(event, flag) for event in unseen)]
    if found and document.live_edition is not None:
        Flag.objects.filter(pk__in=[flag.pk for flag in found]).update(settled_at=at, settled_by=by)
        said = "\n".join(flag.statement for flag in found)
        remark(document.live_edition, "settle", by=by, at=at, flags=[flag.pk for flag in found], comment=said)
    return len(found)


def settle_seen_flags(document: Document, *, by: "User", at: datetime, known: int | None) -> int:
    """Settle the flags of a live text that somebody signs now, its document locked, and return how many.

    Raises OutOfDate as `refuse_unseen_flags` does, and for a proposal to take the text from readers that came as late.
    """
    refuse_unseen_flags(document, known)
    if known is not None and _is_proposed_after(document, known):
        raise OutOfDate(PROPOSED_MEANWHILE)
    return settle_flags(document, by=by, at=at)


def refuse_unseen_flags(document: Document, known: int | None) -> None:
    """Raise OutOfDate when a flag was raised that somebody has not seen who signs now, the document locked.

    `known` is the place in the chain of the newest event that they could see. None: by a program that has looked.
    """
    if known is not None and document.events.filter(verb="flag", position__gt=known).exists():
        raise OutOfDate(FLAGGED_MEANWHILE)


def _is_proposed_after(document: Document, known: int) -> bool:
    unseen = document.events.filter(verb="propose", position__gt=known)
    return unseen.exists() and Proposal.objects.waiting_on(document).exists()


def flag_dependents(document: Document, statement: str, *, by: "User", at: datetime) -> int:
    """Flag every live document that shows this one, and return how many; belongs into the transaction of the change."""
    return _flag(Reason.DEPENDENCY, document, statement, by=by, at=at)


@patience()
@transaction.atomic
def flag_citing(document: Document, statement: str, *, by: "User", at: datetime) -> int:
    """Flag every live document that cites a source, such as one that was retracted, and return how many."""
    return _flag(Reason.SOURCE, document, statement, by=by, at=at)


def to_flag(document: Document) -> DocumentQuerySet:
    """Return what is flagged when a document changes: what shows it. Of a withdrawn text nobody takes another look."""
    return shown_in(document).filter(live_edition__status=Status.PUBLISHED)


def lock_dependents(document: Document) -> None:
    """Lock what may be flagged; before the first event of the transaction, which others may wait for with a lock."""
    list(shown_in(document).order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk"))


def after_publication(edition: Edition, *, at: datetime) -> None:
    """Settle the flags that the review of the new live text saw, and on a major change flag what shows or cites it.

    What went out in an emergency was seen by no review: its flags stand.
    """
    by, document = edition.published_by, edition.document
    if by is None:
        raise LookupError(f"{edition} was published by nobody.")
    if not edition.review_is_pending:
        approval = edition.events.filter(verb=APPROVE.verb).latest("position")
        settle_flags(document, by=by, at=at, seen=approval.position)
    if said := _counts(edition):
        statement = f"{name_of(document)} {said}"
        _flag(Reason.DEPENDENCY, document, statement, by=by, at=at, resting=resting_on(document))


def _counts(edition: Edition) -> str:
    """What of what went live counts to those who signed what shows or cites it; "" for a minor change.

    A source that is known otherwise than before, by its name, year, title or numbers, is another one to who signed what
    cites it, and an answer that says something else to who signed what shows it, however small that was thought to be.
    """
    is_major, is_source = edition.change == Change.MAJOR, edition.document.kind == CITED
    told = [edition.change_note] if is_major else []
    if otherwise := known_otherwise(edition):
        told += [f"What it is known by: {otherwise}." if is_source else f"It says something else in {otherwise}."]
    has = "has a major change" if is_major or is_source else "has changed"
    return f"{has} (edition {edition.number}): {' '.join(told)}" if told else ""


def name_of(document: Document) -> str:
    """Return the document as a statement names it: The question “…”."""
    return f"The {kind_named(document.kind).label} “{title_of(document)}”"


def _raised(event: Event, flag: Flag) -> bool:
    """Whether that event raised the flag, or added to it; old events do not name theirs."""
    named = event.fields.get("flag")
    return event.at == flag.raised_at if named is None else bool(named == flag.pk)


def _flag(
    reason: Reason,
    about: Document,
    statement: str,
    *,
    by: "User",
    at: datetime,
    resting: Mapping[int, str] | None = None,
) -> int:
    lock_dependents(about)
    cause = Cause(reason, about, statement, resting or {})
    return len(raise_all(to_flag(about).filter(~Q(pk=about.pk)), cause, by=by, at=at))
