"""Fills an entry from what was looked up anew, field by field as somebody chooses."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import Saved
from alstrom_site.editorial.kinds import Content
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import OPEN
from references.fitting import fitted
from references.importing import Brought
from references.kinds import ReferenceKind, spoken
from references.lookup import Asked, asked_in
from references.provenance import note
from references.standing import notices_in
from references.watching import observe
from references.watching.known import sentence_about
from references.watching.observing import foresee

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

LIMIT_OF_LINES = 12
NO_LONGER_THERE = "No longer there"
# Who names every notice and type of a work: where one is not there any more, it was taken back.
_PUBMED = "PubMed"
_SAID_WHOLE = ("notices", "publication_types")


@dataclass(frozen=True)
class Difference:
    """A field in which the entry and what was looked up differ."""

    name: str
    label: str
    here: list[str]
    there: list[str]

    @property
    def fills(self) -> bool:
        """Whether nothing stands here yet."""
        return not self.here


def identifiers_of(content: Content) -> list[Asked]:
    """Return the one identifier by which an entry is looked up: what PubMed knows first."""
    named = (f"{name}: {content[name]}" for name in ("PMID", "PMCID", "DOI") if content.get(name))
    return asked_in(next(named, ""))


def differences(content: Content, brought: Brought) -> list[Difference]:
    """Return the fields in which a record says something that the entry says otherwise, or not at all.

    Of PubMed also the notices and types that it has no more: what it took back is offered, and never ticked.
    """
    return list(_differences(content, brought))


@transaction.atomic
def take_over(
    document: Document, brought: Brought, chosen: Collection[str], *, by: "User", at: datetime, seen: str
) -> Saved:
    """Save the chosen fields of a record into the entry's open edition, else into a new one, and note their origin.

    Raises as opening and saving do; `seen` is the digest of the text that the person had on the screen.
    """
    latest = document.latest_edition
    edition = latest if latest.state in OPEN else actions.open_edition(document, by=by, at=at)
    found = fitted(brought.item).content or {}
    differing = (each.name for each in _differences(edition.text.fields, brought))
    wanted = {name: found.get(name, []) for name in differing if name in chosen}
    saved = actions.save(edition, {**edition.text.fields, **wanted}, by=by, at=at, seen=seen)
    if saved.changed:
        note([(saved.revision, brought.taken, list(wanted))])
    return saved


@dataclass(frozen=True)
class Noted:
    """What came of the notices in a record: whether they were news, and why some were left out, in sentences."""

    is_news: bool = False
    left_out: tuple[str, ...] = ()


def observe_notices(document: Document, brought: Brought, *, by: "User", at: datetime) -> Noted:
    """Pass on what the record says of the work's standing: of a draft too, whose page is to bear it once it is live."""
    notices = notices_in(fitted(brought.item).content or {})
    if not notices:
        return Noted()
    source = brought.taken.source
    left_out = foresee(document, notices, source=source).left_out
    is_news = observe(document, notices, source=source, by=by, at=at)
    return Noted(is_news, tuple(sentence_about(row) for row in left_out))


def _differences(content: Content, brought: Brought) -> Iterator[Difference]:
    found = fitted(brought.item).content or {}
    said_whole = _SAID_WHOLE if brought.taken.source == _PUBMED and found else ()
    for field in ReferenceKind.fields:
        here, there = content.get(field.name), found.get(field.name)
        if field.name != "key" and there and here != there:
            yield Difference(field.name, field.label, _shown(here), _shown(there))
        elif field.name in said_whole and here and not there:
            yield Difference(field.name, field.label, _shown(here), [NO_LONGER_THERE])


def _shown(value: Any) -> list[str]:
    lines = spoken(value)
    more = len(lines) - LIMIT_OF_LINES
    return [*lines[:LIMIT_OF_LINES], f"and {more} more"] if more > 0 else lines
