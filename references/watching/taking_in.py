"""What an entry takes over of the standing of one that is merged into it, from its text as well as from outside."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from alstrom_site.editorial.as_source import TakenIn
from alstrom_site.editorial.models import Document
from references.models import ObservedNotice
from references.standing import Notice, notices_in, observed_of, what_happened
from references.watching.known import sort_out
from references.watching.observing import keep
from references.watching.record import as_recorded
from references.watching.telling import in_words, sentence_of

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User


def learned_by_taking_in(kept: Document, gone: Document) -> TakenIn | None:
    """Return all that is known against the work of an entry once it takes another one in, None when it has it all.

    What only the text of the other says, which nobody reads any more, is kept as told by that entry. What a person took
    back of either is not noted again by that.
    """
    observed = observed_of([kept.pk, gone.pk])
    own, others = (observed.get(each.pk, ()) for each in (kept, gone))
    text, said = _text(kept), notices_in(_text(gone))
    known = {*notices_in(text), *own, *others}
    among = ObservedNotice.objects.about([kept.pk, gone.pk])
    new = tuple(each for each in sort_out(kept, said, among).new if each not in known)
    words = in_words(what_happened(text, (*own, *others, *new)))
    is_news = in_words(what_happened(text, own)) != words
    if not is_news and not new:
        return None
    return TakenIn(sentence_of(words), is_news, partial(_keep, kept, f"Entry {gone.address}", new))


def _keep(kept: Document, source: str, notices: Sequence[Notice], by: "User", at: datetime) -> dict[str, Any]:
    rows = keep(kept, notices, source=source, by=by, at=at)
    return {"noted": [as_recorded(row) for row in rows]} if rows else {}


def _text(document: Document) -> dict[str, Any]:
    return (document.live_edition or document.latest_edition).text.fields
