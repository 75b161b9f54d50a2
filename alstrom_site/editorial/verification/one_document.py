"""The same checks for one document: what the record page shows beside its events."""

from collections.abc import Iterator
from itertools import chain

from django.db.models import OuterRef, Q, Subquery

from alstrom_site.editorial.canonical import sha256
from alstrom_site.editorial.models import Document, Event, Review, Revision
from alstrom_site.editorial.models.event import FIRST
from alstrom_site.editorial.verification.fault import Fault, to_the_end
from alstrom_site.editorial.verification.live import live_faults_of
from alstrom_site.editorial.verification.names import names_of
from alstrom_site.editorial.verification.pictures import pictures_shown_by
from alstrom_site.editorial.verification.record import as_written, events_to_check, faulty_reviews, lost_reviews
from alstrom_site.editorial.verification.remarks import remarks_of
from alstrom_site.editorial.verification.rooms import kept_by_rooms_of
from alstrom_site.editorial.verification.rows import rows_of
from alstrom_site.editorial.verification.second_person import second_people_of
from alstrom_site.editorial.workflow import LIVE


def faults_of(document: Document) -> Iterator[Fault]:
    """Yield every fault in the events and rows of one document. A fixed number of queries.

    Each event is held against the one before it in the site's chain, whichever document that is about; that no other
    event is missing is for the check of the whole chain to say.
    """

    def events() -> Iterator[Fault]:
        return _events(document)

    def reviews() -> Iterator[Fault]:
        recorded = Q(pk__in=document.events.values("review"))
        mine = Review.objects.filter(recorded | Q(edition__in=document.editions.values("pk")))
        return chain(faulty_reviews(mine), lost_reviews(document.events.all()))

    def texts() -> Iterator[Fault]:
        return _texts(document)

    def rows() -> Iterator[Fault]:
        mine = [document.pk]
        beside = chain(second_people_of(mine), pictures_shown_by(mine), kept_by_rooms_of(mine))
        return chain(rows_of(mine), names_of([document]), remarks_of(mine), beside)

    def live() -> Iterator[Fault]:
        return chain.from_iterable(map(live_faults_of, document.editions.filter(status__in=LIVE)))

    for check in (events, reviews, texts, rows, live):
        yield from to_the_end(check)


def _texts(document: Document) -> Iterator[Fault]:
    for revision in Revision.objects.filter(edition__document=document).order_by("pk"):
        if sha256(revision.content) != revision.digest:
            yield Fault(f"Revision {revision.pk}", "its text does not have the digest that stands beside it.")


def _events(document: Document) -> Iterator[Fault]:
    before = Event.objects.filter(position=OuterRef("position") - 1).values("digest")[:1]
    for event in events_to_check(document.events.annotate(before=Subquery(before))):
        if event.previous != (event.before or FIRST) or (event.before is None and event.position != 1):
            yield Fault(f"Event {event.position}", "it does not hold the digest of the event before it.")
        yield from as_written(event)
