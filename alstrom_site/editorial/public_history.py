"""What readers are told of the history of a page: when it was published, what changed, and what was taken back."""

from collections.abc import Iterator

from alstrom_site.editorial.kinds import Happened, PublicChange
from alstrom_site.editorial.models import Change, Document, Edition
from alstrom_site.editorial.workflow import Status


def public_history(document: Document) -> tuple[PublicChange, ...]:
    """Return what readers are told, in the order of time; a minor change that nothing hangs on is left out. One query.

    An edition that went out in an emergency is named whatever its change, and so is the one after a withdrawal.
    """
    published = document.editions.filter(published_at__isnull=False).order_by("published_at", "number")
    return tuple(change for edition, before in _pairs(list(published)) for change in _changes(edition, before))


def _pairs(editions: list[Edition]) -> Iterator[tuple[Edition, Edition | None]]:
    return zip(editions, [None, *editions], strict=False)


def _changes(edition: Edition, before: Edition | None) -> Iterator[PublicChange]:
    yield from _publication(edition, before)
    if edition.withdrawn_at is not None:
        yield PublicChange(Happened.WITHDRAWN, edition.withdrawn_at, edition.number, edition.withdrawal_reason)
    if edition.state is Status.UNPUBLISHED and edition.ended_at is not None:
        yield PublicChange(Happened.TAKEN_DOWN, edition.ended_at, edition.number)


def _publication(edition: Edition, before: Edition | None) -> Iterator[PublicChange]:
    what = _what(edition, before)
    if what is not None and edition.published_at is not None:
        yield PublicChange(
            what,
            edition.published_at,
            edition.number,
            note=edition.change_note,
            emergency=edition.emergency_reason,
            reviewed_at=edition.approved_afterwards_at,
        )


def _what(edition: Edition, before: Edition | None) -> Happened | None:
    if before is None:
        return Happened.FIRST
    if before.withdrawn_at is not None or before.state is Status.UNPUBLISHED:
        return Happened.AGAIN
    return Happened.CHANGED if edition.change == Change.MAJOR or edition.emergency_reason else None
