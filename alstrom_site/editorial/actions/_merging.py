"""What a merge writes: one document's addresses lead to another one for good, and both records say so."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from alstrom_site.editorial import projection
from alstrom_site.editorial.actions._record import remark
from alstrom_site.editorial.actions.observing import Learned, note_standing
from alstrom_site.editorial.addresses import merged_into
from alstrom_site.editorial.as_source import TakenIn
from alstrom_site.editorial.kinds import kind_named, resting_on
from alstrom_site.editorial.models import Document, Edition, Event, FormerAddress
from alstrom_site.editorial.texts import CITED, drafts_citing, shown_in, standing_signatures
from alstrom_site.editorial.workflow import OPEN, READY, ActionRefused, OutOfDate, Status, WrongState

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

MERGED_MEANWHILE = (
    "A source that this text cites was merged with another one since you opened the page. Nothing was written."
    " Look at its sources again first."
)


def refusal_of_merge(gone: Document, kept: Document) -> ActionRefused | None:
    """Return why `kept` cannot take `gone` in, as both stand now, or None."""
    if gone.pk == kept.pk or gone.kind != kept.kind:
        return WrongState("Only two documents of one kind are merged.")
    for document in (gone, kept):
        if (other := merged_into(document)) is not None:
            return WrongState(f"{_named(document)} was merged into {_named(other)} already. Go on with that one.")
    if kept.live_edition is None and not kept.editions.filter(status__in=OPEN).exists():
        return WrongState(f"Nobody works on {_named(kept)}, and readers cannot see it. Begin an edition of it first.")
    refused = _refusal_for_readers(gone, kept) if gone.live_edition is not None else _refusal_for_what_was_public(gone)
    return refused or _refusal_for_the_signed(gone)


def lock_citing(gone: Document, kept: Document | None) -> None:
    """Lock what cites a document that may give way, live or worked on, in one order, before it is asked how it stands.

    Otherwise a text could be approved with this source while another one takes its place. So is locked what shows the
    one that is kept, if there is one, which may be flagged.
    """
    citing = Q(pk__in=shown_in(gone).values("pk")) | Q(pk__in=drafts_citing(gone).values("document"))
    if kept is not None:
        citing |= Q(pk__in=shown_in(kept).values("pk"))
    list(Document.objects.filter(citing).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def lead_to(gone: Document, kept: Document, *, at: datetime) -> None:
    """Let every address of a document lead to the one that takes it in, for good; raise WrongState if it cannot.

    Before the first event, as other writers of addresses do; `gone` and what cites it are locked.
    """
    kept = Document.objects.select_for_update(no_key=True).get(pk=kept.pk)
    refused = refusal_of_merge(gone, kept)
    if refused is not None:
        raise refused
    # A row is there when the document has its old address again: it leads on, since when it was.
    FormerAddress.objects.update_or_create(
        kind=gone.kind,
        address=gone.address,
        defaults={"document": kept},
        create_defaults={"document": kept, "since": at},
    )
    # After the row above, by which the database knows that the one took the other in.
    FormerAddress.objects.filter(document=gone).update(document=kept)


def record_merge(
    gone: Edition, kept: Document, *, reason: str, learned: TakenIn | None, by: "User", at: datetime
) -> None:
    """Record it with both documents, and make the pages anew that show the one that took the other in.

    `learned`: what the kept one takes over of the other one's standing, which is told as news of a source is.
    """
    address = gone.document.address
    said = f"{address} leads to {kept.address} now. {reason}"
    remark(gone, "give way", by=by, at=at, into=kept.pk, address=address, comment=said)
    taken_in = f"{address} leads here now. {reason}"
    remark(kept.latest_edition, "take in", by=by, at=at, gone=gone.document_id, comment=taken_in)
    if learned is not None:
        said, statements = f"{address} was merged into it: {learned.said}", resting_on(kept) if learned.is_news else {}
        told = Learned(said, statements, kept=learned.keep(by, at), is_news=learned.is_news)
        note_standing(kept, told, by=by, at=at)
    elif kept.live_edition_id is not None:
        projection.refresh(kept)


def refuse_unseen_merge(edition: Edition, known: int | None) -> None:
    """Raise OutOfDate when a source of the text was merged that somebody has not seen who signs it now.

    `known` is the place in the chain of the newest event that they could see. None: by a program that has looked.
    """
    keys = edition.text.citations.values("key")
    merged = FormerAddress.objects.filter(kind=CITED, address__in=keys).values("document")
    if known is not None and Event.objects.filter(verb="take in", position__gt=known, document__in=merged).exists():
        raise OutOfDate(MERGED_MEANWHILE)


def path_of(document: Document) -> str:
    """Return the public path of a document."""
    return kind_named(document.kind).path(document.address)


def _refusal_for_readers(gone: Document, kept: Document) -> ActionRefused | None:
    """Why readers of the one cannot be led to the other."""
    if kept.live_edition is None or kept.live_edition.withdrawn_at is not None:
        said = f"Readers rely on {_named(gone)}, and cannot on {_named(kept)}."
        return WrongState(f"{said} Keep the first, or publish the second before you merge.")
    if (edition := gone.editions.filter(status__in=OPEN).first()) is not None:
        return WrongState(f"Edition {edition.number} of {_named(gone)} is being worked on. Discard it first.")
    return None


def _refusal_for_what_was_public(gone: Document) -> ActionRefused | None:
    """Why an address at which readers are told that the page is gone cannot lead elsewhere: that takes two people."""
    if gone.first_published_at is None:
        return None
    said = f"Readers were told that {_named(gone)} is gone, and a merge would lead them on."
    return WrongState(f"{said} Publish it again first: then two people merge it.")


def _refusal_for_the_signed(gone: Document) -> ActionRefused | None:
    """Why texts that somebody signed and that are not live would show another source than the one signed with them."""
    has_signature = Exists(standing_signatures().filter(edition=OuterRef("pk")))
    signed = drafts_citing(gone).filter(Q(status__in=READY) | Q(has_signature, status=Status.IN_REVIEW))
    edition = signed.select_related("document").order_by("pk").first()
    if edition is None:
        return None
    number, text, source = edition.number, _named(edition.document), _named(gone)
    if edition.state is Status.IN_REVIEW:
        said = f"Somebody has signed edition {number} of {text}, which is in review and cites {source}."
    else:
        said = f"Edition {number} of {text} is approved and cites {source}."
    return WrongState(f"{said} Publish that edition first, or take it back to draft.")


def _named(document: Document) -> str:
    return f"“{document.title}” ({document.address})"
