"""Raises flags: many of one cause at once, since nobody else writes to the record while one step does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from alstrom_site.editorial.actions._record import remark_all
from alstrom_site.editorial.models import Document, Edition, Flag, Reason
from alstrom_site.editorial.models.document import DocumentQuerySet
from alstrom_site.editorial.models.flag import WHAT_RESTS

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

AT_ONCE = 500
"""How many flags that stand one statement adds to."""


@dataclass(frozen=True)
class Cause:
    """Why texts are flagged. `resting`: of each document the sentences, in words, that rest on what it is about."""

    reason: Reason
    about: Document | None
    statement: str
    resting: Mapping[int, str] = field(default_factory=dict)

    def said_of(self, number: int) -> str:
        """Return the statement of the flag of the document of that number."""
        rests = self.resting.get(number, "")
        return f"{self.statement} {WHAT_RESTS} {rests}" if rests else self.statement


def raise_all(documents: DocumentQuerySet, cause: Cause, *, by: "User", at: datetime) -> list[Flag]:
    """Put what is live of these documents into the review queue, and return the flags; a fixed number of queries.

    One that stands gets the statement added. What was said before is added too: in between it may have been looked at,
    or held no more. Belongs into the transaction of the change, which has locked the documents or locks them here.
    """
    live = _live(documents)
    if not live:
        return []
    found = Flag.objects.standing().filter(document__in=live, reason=cause.reason, about=cause.about)
    standing = {flag.document_id: flag for flag in found}
    flags = [standing.get(number) or _new(number, cause, by=by) for number in live]
    for flag in flags:
        flag.statement = f"{flag.statement}\n{cause.said_of(flag.document_id)}".strip()
        # A review that began before the newest statement knew nothing of it.
        flag.raised_at = at
    Flag.objects.bulk_create([flag for flag in flags if flag.pk is None])
    Flag.objects.bulk_update(standing.values(), ["statement", "raised_at"], batch_size=AT_ONCE)
    remark_all("flag", [(live[flag.document_id], _told(flag, cause)) for flag in flags], by=by, at=at)
    return flags


def _live(documents: DocumentQuerySet) -> dict[int, Edition]:
    """The live editions of these documents by their numbers, each document locked."""
    mine = documents.filter(live_edition__isnull=False).order_by("pk").select_for_update(no_key=True, of=("self",))
    editions = {}
    for document in mine.select_related("live_edition__head", "owner"):
        if document.live_edition is not None:
            editions[document.pk] = document.live_edition
            editions[document.pk].document = document
    return editions


def _new(number: int, cause: Cause, *, by: "User") -> Flag:
    return Flag(document_id=number, reason=cause.reason, about=cause.about, raised_by=by)


def _told(flag: Flag, cause: Cause) -> dict[str, Any]:
    about = cause.about.pk if cause.about else None
    said = cause.said_of(flag.document_id)
    return {"flag": flag.pk, "about": about, "reason": str(cause.reason), "comment": said}
