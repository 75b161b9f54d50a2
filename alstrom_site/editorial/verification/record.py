"""Recomputes texts, events and reviews from what stands in their own rows."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery

from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.models import Edition, Event, Review, Revision, Verdict
from alstrom_site.editorial.models.event import FIRST
from alstrom_site.editorial.texts import REQUEST_MEANT_UNSIGNED, SIGNED
from alstrom_site.editorial.verification.fault import BATCH, Fault


def texts() -> Iterator[Fault]:
    """Yield every text that does not have its digest."""
    for number, content, digest in (
        Revision.objects.order_by("pk").values_list("pk", "content", "digest").iterator(chunk_size=BATCH)
    ):
        if sha256(content) != digest:
            yield Fault(f"Revision {number}", "its text does not have the digest that stands beside it.")


def chain() -> Iterator[Fault]:
    """Yield every event that is not in its place, not as it was written, or not about what stands beside it."""
    position, previous = 0, FIRST
    for event in events_to_check(Event.objects.all()).iterator(chunk_size=BATCH):
        place = f"Event {event.position}"
        if event.position != position + 1:
            yield Fault(place, f"events {position + 1} to {event.position - 1} are missing before it.")
        elif event.previous != previous:
            yield Fault(place, "it does not hold the digest of the event before it.")
        yield from as_written(event)
        position, previous = event.position, event.digest


def events_to_check(events: QuerySet[Event]) -> QuerySet[Any]:
    """Return the events in the order of the chain, each with what `as_written` compares it with."""
    # Asked for one by one: a join would leave out the events of what is not there.
    text, edition = _at("revision_id", Revision), _at("edition_id", Edition)
    beside = {
        "text": Subquery(text.values("digest")),
        "edition_of_text": Subquery(text.values("edition")),
        "document_of_edition": Subquery(edition.values("document")),
    }
    return events.annotate(**beside).order_by("position")


def _at(column: str, model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.filter(pk=OuterRef(column))


def as_written(event: Any) -> Iterator[Fault]:
    """Yield what of an event from `events_to_check` is not as it was written, or is about something else now."""
    place = f"Event {event.position}"
    if sha256(canonical_json(event.as_chained())) != event.digest:
        yield Fault(place, "it does not have the digest that stands beside it.")
    if event.text != event.revision_digest:
        yield Fault(place, f"revision {event.revision_id} is not the text that it was recorded with.")
    if (event.edition_of_text, event.document_of_edition) != (event.edition_id, event.document_id):
        yield Fault(place, "its edition or text belongs to another document now.")


def reviews() -> Iterator[Fault]:
    """Yield every review that is not what was signed, was not signed, or is not recorded."""
    yield from faulty_reviews(Review.objects.all())
    yield from lost_reviews(Event.objects.all())


def lost_reviews(events: QuerySet[Event]) -> Iterator[Fault]:
    """Yield every verdict that one of these events records and that is no longer there."""
    verdicts = events.filter(Q(review_id__isnull=False) | Q(verb__in=Verdict.values))
    lost = verdicts.filter(~Exists(_at("review_id", Review))).order_by("position")
    for position, review in lost.values_list("position", "review_id"):
        yield Fault(f"Review {review or f'of event {position}'}", "it was recorded, and is no longer there.")


def faulty_reviews(reviews: QuerySet[Review]) -> Iterator[Fault]:
    """Yield what is wrong with these reviews."""
    text = Subquery(_at("revision_id", Revision).values("digest"))
    beside = reviews.select_related("event").annotate(text=text).order_by("pk")
    for review in beside.iterator(chunk_size=BATCH):
        place = f"Review {review.pk}"
        if not hasattr(review, "event"):
            yield Fault(place, "no event records it.")
        elif not is_as_recorded(review):
            yield Fault(place, "it is not what was signed and recorded.")
        if review.revision_digest != review.text:
            yield Fault(place, "it was signed for another text than the one it points to.")
        if lacks_proof(review):
            yield Fault(place, "it was signed without proof of who signed, and by no demonstration account.")


def lacks_proof(review: Review) -> bool:
    """Whether it had to be signed, and nobody proved who signed it; demonstration accounts have nothing to prove.

    A request for changes of before these were signed is known by what it meant then. An approval is never excused:
    readers rely on it.
    """
    was_unsigned = review.verdict == Verdict.REQUEST_CHANGES and review.meaning == REQUEST_MEANT_UNSIGNED
    asked = review.verdict in SIGNED and not was_unsigned
    return asked and not review.signed_with and not review.is_demonstration


def is_as_recorded(review: Review) -> bool:
    """Whether the event of a review holds its digest, and says the same of who gave it, on what and when."""
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
