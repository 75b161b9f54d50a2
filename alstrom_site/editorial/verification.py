"""Recomputes the record from its own rows and names every fault; writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition, Event, PublishedPage, Review, Revision, Verdict
from alstrom_site.editorial.models.event import FIRST
from alstrom_site.editorial.policies import contributor_ids
from alstrom_site.editorial.projection import differences
from alstrom_site.editorial.review_dates import next_review_due
from alstrom_site.editorial.workflow import LIVE, PUBLISH, VERBS_OF_NEW_TEXT

BATCH = 2000


@dataclass(frozen=True)
class Fault:
    """Something in the record that cannot have come about by the site's own actions."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def faults(*, noted: str | None = None) -> Iterator[Fault]:
    """Yield every fault of the record; nothing when it is whole. Rows are read in batches, so memory stays level.

    `noted` is the digest of an event that was the newest at an earlier check: it must still be in the chain.
    """
    if noted is not None and not Event.objects.filter(digest=noted).exists():
        yield Fault("Chain of events", f"the event with the noted digest {noted} is no longer there.")
    yield from _texts()
    yield from _chain()
    yield from _reviews()
    yield from _unrecorded()
    yield from _states()
    yield from _live_editions()
    yield from _published_pages()


def chain_head() -> tuple[int, str]:
    """Return the position and digest of the newest event: whoever notes them can prove later that none was removed."""
    last = Event.objects.order_by("-position").values_list("position", "digest").first()
    return last or (0, FIRST)


def _texts() -> Iterator[Fault]:
    for revision in Revision.objects.order_by("pk").iterator(chunk_size=BATCH):
        if sha256(revision.content) != revision.digest:
            yield Fault(f"Revision {revision.pk}", "its text does not have the digest that stands beside it.")


def _chain() -> Iterator[Fault]:
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
        yield from (Fault(place, message) for message in _moved(event))
        position, previous = event.position, event.digest


def _events() -> QuerySet[Event]:
    """In the order of the chain, without the texts themselves."""
    return Event.objects.select_related("revision", "edition").defer("revision__content").order_by("position")


def _moved(event: Event) -> Iterator[str]:
    """What the rows beside an event say otherwise than it does: they are not all under its digest."""
    text, edition = event.revision, event.edition
    if edition.document_id != event.document_id or text.edition_id != event.edition_id:
        yield "its edition or text belongs to another document now."
    if event.verb in VERBS_OF_NEW_TEXT and (text.author_id, text.created_at) != (event.by_id, event.at):
        yield f"revision {text.pk} names another author or time than was recorded."
    if event.verb == PUBLISH.verb and (edition.published_by_id, edition.published_at) != (event.by_id, event.at):
        yield f"edition {edition.pk} names another publisher or time than was recorded."


def _reviews() -> Iterator[Fault]:
    reviews = Review.objects.select_related("event", "revision").filter(event__isnull=False).order_by("pk")
    for review in reviews.iterator(chunk_size=BATCH):
        place = f"Review {review.pk}"
        if not _is_as_recorded(review):
            yield Fault(place, "it is not what was signed and recorded.")
        if review.revision_digest != review.revision.digest:
            yield Fault(place, "it was signed for another text than the one it points to.")


def _is_as_recorded(review: Review) -> bool:
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


def _unrecorded() -> Iterator[Fault]:
    """Rows without their event: what the newest end of the chain loses, no gap in the chain can show."""
    for review_id in Review.objects.filter(event__isnull=True).order_by("pk").values_list("pk", flat=True):
        yield Fault(f"Review {review_id}", "no event records it.")
    saved = Event.objects.filter(revision=OuterRef("pk"), verb__in=VERBS_OF_NEW_TEXT)
    for revision_id in Revision.objects.filter(~Exists(saved)).order_by("pk").values_list("pk", flat=True):
        yield Fault(f"Revision {revision_id}", "no event records it.")


def _states() -> Iterator[Fault]:
    last = Event.objects.filter(edition=OuterRef("pk")).order_by("-position")
    editions = Edition.objects.annotate(
        recorded=last.values("target")[:1], recorded_text=last.values("revision")[:1]
    ).filter(~Q(recorded=F("status")) | ~Q(recorded_text=F("head")) | Q(recorded__isnull=True) | Q(head__isnull=True))
    for edition in editions.select_related("document").order_by("pk"):
        yield Fault(f"Edition {edition.pk}", f"it is {edition.status}, and the last event about it says otherwise.")
    published = Event.objects.filter(edition=OuterRef("pk"), verb=PUBLISH.verb)
    claimed = Edition.objects.filter(~Exists(published), published_at__isnull=False).order_by("pk")
    for edition_id in claimed.values_list("pk", flat=True):
        yield Fault(f"Edition {edition_id}", "it says that it was published, and no event says so.")


def _live_editions() -> Iterator[Fault]:
    editions = Edition.objects.filter(status__in=LIVE).select_related("document", "head").order_by("pk")
    for edition in editions.iterator(chunk_size=BATCH):
        place = f"Edition {edition.pk} ({edition.document.kind} “{edition.document.address}”)"
        approvals = _approvals(edition)
        if not approvals:
            yield Fault(place, "it is live, and nobody approved exactly its text.")
        wrote = contributor_ids(edition)
        for review in approvals:
            if review.reviewer_id in wrote:
                yield Fault(place, f"it is live, and {review.reviewer_name} approved a change of their own.")
            if review.role != MEDICAL_REVIEWER.name:
                yield Fault(place, f"it is live, and {review.reviewer_name} approved it without being entitled to.")
        yield from (Fault(place, message) for message in _wrong_dates(edition, approvals))
    wrong = Document.objects.filter(live_edition__isnull=False).exclude(live_edition__status__in=LIVE)
    for document in wrong.order_by("pk"):
        yield Fault(f"Document {document.pk}", "it points to an edition as live that is not.")
    lost = Edition.objects.filter(status__in=LIVE).exclude(document__live_edition=F("pk"))
    for edition in lost.order_by("pk"):
        yield Fault(f"Edition {edition.pk}", "it is live, and its document does not point to it.")


def _wrong_dates(edition: Edition, approvals: list[Review]) -> Iterator[str]:
    """What a live document says of its address and its dates, and its text, reviews and events do not."""
    document, kind = edition.document, kind_named(edition.document.kind)
    if document.address != kind.address(edition.text.fields):
        yield "its document stands at another address than its text."
    if document.live_edition_id != edition.pk or not approvals:
        return
    reviewed = max(review.at for review in approvals)
    months = document.review_months or kind.review_months
    if document.last_reviewed_at != reviewed:
        yield "its document names another time of review than its approval."
    if document.review_due_on != next_review_due(reviewed.astimezone(UTC).date(), months):
        yield "its document names another day for the next review than follows from its approval."
    published = Event.objects.filter(document=document, verb=PUBLISH.verb).order_by("position")
    times = list(published.values_list("at", flat=True))
    if [document.first_published_at, document.last_published_at] != [*times[:1], *times[-1:]]:
        yield "its document names other times of publication than its events."


def _approvals(edition: Edition) -> list[Review]:
    return list(
        edition.reviews.filter(
            verdict=Verdict.APPROVE, round=edition.round, revision=edition.head, revision_digest=edition.text.digest
        )
    )


def _published_pages() -> Iterator[Fault]:
    pages = PublishedPage.objects.select_related("document__live_edition__head")
    for page in pages.order_by("pk").iterator(chunk_size=200):
        live = page.document.live_edition
        if live is None or live.text.digest != page.revision_digest or page.revision_id != live.head_id:
            yield Fault(f"Page {page.path}", "readers see another text than the approved one. Run rebuild_pages.")
        else:
            yield from _altered(page)
    missing = Document.objects.filter(live_edition__isnull=False, published_page__isnull=True)
    for document in missing.order_by("pk"):
        yield Fault(f"Document {document.pk}", "it is live, and readers have no page of it. Run rebuild_pages.")


def _altered(page: PublishedPage) -> Iterator[Fault]:
    """Whether the bytes that readers get are those that the approved text makes; it is made once more to compare."""
    try:
        found = differences(page)
    except (LookupError, ValueError, TypeError) as problem:
        found = [f"no page can be made: {problem}"]
    if found:
        names = ", ".join(found)
        yield Fault(f"Page {page.path}", f"it is not what its approved text makes ({names}). Run rebuild_pages.")
