"""Recomputes texts, events and reviews, and compares the states of editions with their events."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.models import Edition, Event, Review, Revision
from alstrom_site.editorial.models.event import FIRST
from alstrom_site.editorial.verification.fault import BATCH, Fault
from alstrom_site.editorial.workflow import VERBS_OF_NEW_TEXT, VERBS_OF_PUBLICATION


def texts() -> Iterator[Fault]:
    """Yield every text that does not have its digest."""
    for revision in Revision.objects.order_by("pk").iterator(chunk_size=BATCH):
        if sha256(revision.content) != revision.digest:
            yield Fault(f"Revision {revision.pk}", "its text does not have the digest that stands beside it.")


def chain() -> Iterator[Fault]:
    """Yield every event that is not in its place, not as it was written, or not about what stands beside it."""
    position, previous = 0, FIRST
    for event in _events().iterator(chunk_size=BATCH):
        place = f"Event {event.position}"
        if event.position != position + 1:
            yield Fault(place, f"events {position + 1} to {event.position - 1} are missing before it.")
        elif event.previous != previous:
            yield Fault(place, "it does not hold the digest of the event before it.")
        if sha256(canonical_json(event.as_chained())) != event.digest:
            yield Fault(place, "it does not have the digest that stands beside it.")
        if event.revision.digest != event.revision_digest:
            yield Fault(place, f"revision {event.revision_id} is not the text that it was recorded with.")
        yield from (Fault(place, message) for message in moved(event))
        position, previous = event.position, event.digest


def _events() -> QuerySet[Event]:
    """In the order of the chain, without the texts themselves."""
    return Event.objects.select_related("revision", "edition").defer("revision__content").order_by("position")


def moved(event: Event) -> Iterator[str]:
    """What the rows beside an event say otherwise than it does: they are not all under its digest."""
    text, edition = event.revision, event.edition
    if edition.document_id != event.document_id or text.edition_id != event.edition_id:
        yield "its edition or text belongs to another document now."
    if event.verb in VERBS_OF_NEW_TEXT and (text.author_id, text.created_at) != (event.by_id, event.at):
        yield f"revision {text.pk} names another author or time than was recorded."
    if event.verb in VERBS_OF_PUBLICATION and (edition.published_by_id, edition.published_at) != (
        event.by_id,
        event.at,
    ):
        yield f"edition {edition.pk} names another publisher or time than was recorded."


def reviews() -> Iterator[Fault]:
    """Yield every review that is not what was signed."""
    reviews = Review.objects.select_related("event", "revision").filter(event__isnull=False).order_by("pk")
    for review in reviews.iterator(chunk_size=BATCH):
        place = f"Review {review.pk}"
        if not is_as_recorded(review):
            yield Fault(place, "it is not what was signed and recorded.")
        if review.revision_digest != review.revision.digest:
            yield Fault(place, "it was signed for another text than the one it points to.")


def is_as_recorded(review: Review) -> bool:
    event = review.event
    beside = (event.by_id, event.revision_id, event.edition_id, event.verb, event.at)
    try:
        signed = event.fields.get("review") == sha256(canonical_json(review.as_signed()))
    except (ValueError, AttributeError):
        # What is no canonical JSON any more was altered, whichever of the two it stands in.
        return False
    return signed and beside == (
        review.reviewer_id,
        review.revision_id,
        review.edition_id,
        review.verdict,
        review.at,
    )


def unrecorded() -> Iterator[Fault]:
    """Rows without their event: what the newest end of the chain loses, no gap in the chain can show."""
    for review_id in Review.objects.filter(event__isnull=True).order_by("pk").values_list("pk", flat=True):
        yield Fault(f"Review {review_id}", "no event records it.")
    saved = Event.objects.filter(revision=OuterRef("pk"), verb__in=VERBS_OF_NEW_TEXT)
    for revision_id in Revision.objects.filter(~Exists(saved)).order_by("pk").values_list("pk", flat=True):
        yield Fault(f"Revision {revision_id}", "no event records it.")


def states() -> Iterator[Fault]:
    """Yield every edition of which the events say otherwise."""
    last = Event.objects.filter(edition=OuterRef("pk")).order_by("-position")
    editions = Edition.objects.annotate(
        recorded=last.values("target")[:1], recorded_text=last.values("revision")[:1]
    ).filter(~Q(recorded=F("status")) | ~Q(recorded_text=F("head")) | Q(recorded__isnull=True) | Q(head__isnull=True))
    for edition in editions.select_related("document").order_by("pk"):
        yield Fault(f"Edition {edition.pk}", f"it is {edition.status}, and the last event about it says otherwise.")
    published = Event.objects.filter(edition=OuterRef("pk"), verb__in=VERBS_OF_PUBLICATION)
    claimed = Edition.objects.filter(~Exists(published), published_at__isnull=False).order_by("pk")
    for edition_id in claimed.values_list("pk", flat=True):
        yield Fault(f"Edition {edition_id}", "it says that it was published, and no event says so.")
