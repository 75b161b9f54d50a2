"""The same checks for one document: what the record page shows beside its events."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery

from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.models import Document, Event, Review, Revision
from alstrom_site.editorial.models.event import FIRST
from alstrom_site.editorial.verification.fault import Fault
from alstrom_site.editorial.verification.record import is_as_recorded, moved


def faults_of(document: Document) -> Iterator[Fault]:
    """Yield every fault in the events, reviews and texts of one document. A fixed number of queries.

    Each event is held against the one before it in the site's chain, whichever document that is about; that no other
    event is missing is for the check of the whole chain to say.
    """
    yield from _events(document)
    yield from _reviews(document)
    for revision in Revision.objects.filter(edition__document=document).order_by("pk"):
        if sha256(revision.content) != revision.digest:
            yield Fault(f"Revision {revision.pk}", "its text does not have the digest that stands beside it.")


def _events(document: Document) -> Iterator[Fault]:
    before = Event.objects.filter(position=OuterRef("position") - 1).values("digest")[:1]
    events = document.events.annotate(before=Subquery(before)).select_related("revision", "edition")
    for event in events.defer("revision__content").order_by("position"):
        place = f"Event {event.position}"
        if event.previous != (event.before or FIRST) or (event.before is None and event.position != 1):
            yield Fault(place, "it does not hold the digest of the event before it.")
        if sha256(canonical_json(event.as_chained())) != event.digest:
            yield Fault(place, "it does not have the digest that stands beside it.")
        yield from (Fault(place, message) for message in moved(event))


def _reviews(document: Document) -> Iterator[Fault]:
    reviews = Review.objects.filter(edition__document=document).select_related("event", "revision").order_by("pk")
    for review in reviews.filter(event__isnull=False):
        if not is_as_recorded(review) or review.revision_digest != review.revision.digest:
            yield Fault(f"Review {review.pk}", "it is not what was signed and recorded.")
    for review in reviews.filter(event__isnull=True):
        yield Fault(f"Review {review.pk}", "no event records it.")
