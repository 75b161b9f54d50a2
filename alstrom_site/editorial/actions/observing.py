"""Telling everybody that what is known of a source from outside has changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alstrom_site.editorial import projection
from alstrom_site.editorial.actions._flags import Cause, raise_all
from alstrom_site.editorial.actions._record import remark
from alstrom_site.editorial.actions._transitions import patience
from alstrom_site.editorial.actions.flagging import lock_dependents, name_of, to_flag
from alstrom_site.editorial.kinds import new_standing
from alstrom_site.editorial.models import Document, Edition, Event, Reason
from alstrom_site.editorial.workflow import OBSERVE

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User


@dataclass(frozen=True)
class Learned:
    """What was learned of a source, in words, and the verb by which the record says so.

    `statements`: what rests on the source, in words, by the document that says so. `kept`: what the event keeps beside
    the words, so that the rows can be checked by it. Without news nobody is told.
    """

    said: str
    statements: Mapping[int, str]
    verb: str = OBSERVE
    kept: Mapping[str, Any] = field(default_factory=dict)
    is_news: bool = True


@patience()
@transaction.atomic
def note_standing(document: Document, learned: Learned, *, by: "User", at: datetime) -> Event:
    """Record what was learned of a source, flag every live text that cites it, and make the pages anew that show it.

    Moves no state and no review date. Belongs into the transaction that keeps what was learned.
    """
    document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    lock_dependents(document)
    edition = document.live_edition or document.latest_edition
    event = remark(edition, learned.verb, by=by, at=at, comment=learned.said, news=learned.is_news, **learned.kept)
    if learned.is_news:
        cause = Cause(Reason.SOURCE, document, f"{name_of(document)}: {learned.said}", learned.statements)
        raise_all(to_flag(document), cause, by=by, at=at)
    # Without news too: two sources may say of one event where its notice stands. With it, no list of sources waits.
    if document.live_edition_id is not None:
        projection.refresh(document, at_once=learned.is_news)
    return event


def tell_new_standing(edition: Edition, *, at: datetime) -> None:
    """Tell what the text that just went live says of the standing of its source and the one before it did not.

    Belongs into the transaction of the publication.
    """
    if edition.published_by is None or edition.based_on is None:
        return
    new = new_standing(edition.document, edition.based_on.fields, edition.text.fields)
    if new is not None:
        said = f"Edition {edition.number}: {new.said}"
        note_standing(edition.document, Learned(said, new.statements), by=edition.published_by, at=at)
