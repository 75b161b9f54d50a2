"""Two documents of one thing become one, or are told apart for good."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial import policies
from alstrom_site.editorial.actions._merging import lead_to, lock_citing, record_merge, refusal_of_merge
from alstrom_site.editorial.actions._transitions import CHANGED_MEANWHILE, comment_for, patience
from alstrom_site.editorial.actions.drafting import discard, open_edition, save
from alstrom_site.editorial.actions.retiring import Retirement, propose, take_away
from alstrom_site.editorial.kinds import kind_named, learned_by_taking_in
from alstrom_site.editorial.models import Distinction, Document, Edition, Proposal
from alstrom_site.editorial.workflow import DISCARD, UNPUBLISH, ActionRefused, OutOfDate, WrongState

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

WHY_MERGE = "Say by what you know that both are the same. It stays in the record."


@dataclass(frozen=True)
class Merge:
    """Which document takes in which, why, and the digests of the newest texts of both that the person had before them.

    The texts that name the one that goes are not rewritten: its address leads to the one that is kept. `fields` are
    taken over into an edition of the kept one.
    """

    gone: Document
    kept: Document
    reason: str
    seen: tuple[str, str]
    fields: tuple[str, ...] = ()


def why_not_merge(gone: Document, kept: Document, by: "User") -> ActionRefused | None:
    """Return why `by` may not merge the one into the other now, nor propose it, or None."""
    refused = refusal_of_merge(gone, kept)
    if refused is not None or gone.live_edition is None:
        return refused or policies.may_open_edition(by)
    return None if takes_the_step(gone, by) else policies.why_not_propose(UNPUBLISH, _live(gone), by)


def takes_the_step(gone: Document, by: "User") -> bool:
    """Whether `by` merges at once: what readers can see may take a second person, who confirms what was proposed."""
    if gone.live_edition is None:
        return policies.may_open_edition(by) is None
    return policies.refusal(UNPUBLISH, _live(gone), by) is None


@patience()
@transaction.atomic
def propose_merge(wanted: Merge, *, by: "User", at: datetime) -> Proposal:
    """Ask a second person to merge a document that readers can see into another one, and return the proposal.

    Raises NotPermitted, WrongState, OutOfDate, and NotReady without a reason.
    """
    gone, kept = _locked(wanted)
    if gone.live_edition is None:
        raise WrongState("Readers cannot see it, so nobody needs to confirm this. Merge it.")
    refused = refusal_of_merge(gone, kept)
    if refused is not None:
        raise refused
    retirement = Retirement(UNPUBLISH.verb, wanted.reason, into=kept)
    return propose(_live(gone), retirement, by=by, at=at, seen=wanted.seen[0])


@patience()
@transaction.atomic
def merge(wanted: Merge, *, by: "User", at: datetime) -> None:
    """End the document that goes, and let its address lead to the one that is kept, for good.

    A draft is discarded; what readers can see is unpublished, by the rule of unpublishing, and readers are led on.
    Raises NotPermitted, WrongState, OutOfDate, NotReady without a reason, and ContentRefused when a field that is taken
    over does not fit.
    """
    gone, kept = _locked(wanted)
    refused = refusal_of_merge(gone, kept)
    if refused is None and gone.live_edition is None:
        refused = policies.may_open_edition(by)
    if refused is not None:
        raise refused
    if gone.live_edition is not None:
        retirement = Retirement(UNPUBLISH.verb, wanted.reason, into=kept)
        take_away(_live(gone), retirement, by=by, at=at, seen=wanted.seen[0])
    else:
        _end_draft(gone, kept, wanted, by=by, at=at)
    if wanted.fields:
        take_over(kept, gone, wanted.fields, by=by, at=at, seen=wanted.seen[1])


def _end_draft(gone: Document, kept: Document, wanted: Merge, *, by: "User", at: datetime) -> None:
    reason = comment_for(DISCARD, wanted.reason, ask=WHY_MERGE)
    learned = learned_by_taking_in(kept, gone)
    lead_to(gone, kept, at=at)
    edition = gone.latest_edition
    if gone.open_edition is not None:
        discard(edition, by=by, at=at, seen=wanted.seen[0], comment=reason)
        edition = Edition.objects.select_related("document", "head").get(pk=edition.pk)
    record_merge(edition, kept, reason=reason, learned=learned, by=by, at=at)


@patience()
@transaction.atomic
def take_over(
    kept: Document, gone: Document, fields: Collection[str], *, by: "User", at: datetime, seen: str
) -> Edition:
    """Write these fields as another document has them into the open edition of the kept one, else into a new one.

    `seen` is the digest of its newest text that the person had before them. Raises as saving does.
    """
    if kept.latest_edition.text.digest != seen:
        raise OutOfDate(CHANGED_MEANWHILE)
    edition = kept.open_edition or open_edition(kept, by=by, at=at)
    address_field = kind_named(kept.kind).address_field
    other = gone.latest_edition.text.fields
    wanted = set(fields) - {address_field}
    content = {name: value for name, value in edition.text.fields.items() if name not in wanted}
    content |= {name: value for name, value in other.items() if name in wanted}
    return save(edition, content, by=by, at=at, seen=edition.text.digest).edition


@patience()
@transaction.atomic
def tell_apart(one: Document, other: Document, *, by: "User", at: datetime) -> Distinction:
    """Remember that two documents that look alike are not the same; what was said before stands.

    Raises NotPermitted, WrongState or Busy.
    """
    refused = policies.may_open_edition(by)
    if refused is not None:
        raise refused
    if one.pk == other.pk:
        raise WrongState("A document cannot be told apart from itself.")
    first, second = sorted((one, other), key=lambda each: each.pk)
    said = {"by": by, "by_name": str(by), "at": at}
    return Distinction.objects.get_or_create(first=first, second=second, defaults=said)[0]


def _locked(wanted: Merge) -> tuple[Document, Document]:
    """Both as they are now, locked in one order, and then what cites the one that goes.

    Raises OutOfDate when a text is not the one that was seen.
    """
    ids = sorted({wanted.gone.pk, wanted.kept.pk})
    found = {each.pk: each for each in Document.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    gone, kept = found[wanted.gone.pk], found[wanted.kept.pk]
    if (gone.latest_edition.text.digest, kept.latest_edition.text.digest) != wanted.seen:
        raise OutOfDate(CHANGED_MEANWHILE)
    lock_citing(gone, kept)
    return gone, kept


def _live(document: Document) -> Edition:
    edition = document.live_edition
    if edition is None:
        raise WrongState("Readers cannot see this document.")
    edition.document = document
    return edition
