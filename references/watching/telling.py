"""Has everybody told, and every page marked, when what is known of a work has changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from alstrom_site.editorial import actions, policies
from alstrom_site.editorial.actions import Learned
from alstrom_site.editorial.addresses import merged_into
from alstrom_site.editorial.models import Document
from references.standing import Happened, observed_of, what_happened
from references.watching.statements import statements_resting_on

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User


@dataclass(frozen=True)
class Step:
    """What was done with notices: the verb of the record, who says so, and what the event keeps of it."""

    verb: str
    source: str
    kept: dict[str, Any]


def locked(document: Document, *, by: "User") -> Document:
    """Return the entry, else the one that took it in, so that two who observe the same at once tell it once.

    Raises NotPermitted for whoever may not note anything.
    """
    refused = policies.may_note(by)
    if refused is not None:
        raise refused
    rows = Document.objects.select_for_update(no_key=True)
    own = rows.get(pk=document.pk)
    other = merged_into(own)
    return own if other is None else rows.get(pk=other.pk)


def standing_of(document: Document) -> tuple[Happened, ...]:
    """Return what is known by the text that readers see, else by the newest one, and by what was observed."""
    edition = document.live_edition or document.latest_edition
    return what_happened(edition.text.fields, observed_of([document.pk]).get(document.pk, ()))


def tell(document: Document, before: Iterable[Happened], step: Step, *, by: "User", at: datetime) -> bool:
    """Record what was noted or taken back, and return whether the standing has changed by that, which is told then."""
    words = in_words(standing_of(document))
    changed = in_words(before) != words
    statements = statements_resting_on(document) if changed else {}
    said = f"{step.source}: {sentence_of(words)}"
    learned = Learned(said, statements, step.verb, step.kept, is_news=changed)
    actions.note_standing(document, learned, by=by, at=at)
    return changed


def sentence_of(words: Sequence[str]) -> str:
    """Return all that is known against a work as one sentence."""
    return f"{'; '.join(words) or 'nothing is known against it any more'}."


def in_words(happened: Iterable[Happened]) -> list[str]:
    """Return each thing that happened as readers are told it."""
    return [each.words for each in happened]
