"""Compares when each document last changed, by which lists are ordered, with the newest of its events."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Q, Subquery

from alstrom_site.editorial.models import Document, Event
from alstrom_site.editorial.verification.fault import Fault


def last_changes() -> Iterator[Fault]:
    """Yield every document that names another time of its last change than its newest event."""
    newest = Event.objects.filter(document=OuterRef("pk")).order_by("-position").values("at")[:1]
    documents = Document.objects.annotate(newest=Subquery(newest))
    for document in documents.exclude(Q(changed_at=F("newest")) & Q(changed_at__isnull=False)).order_by("pk"):
        yield Fault(f"Document {document.pk}", "it names another time of its last change than its newest event.")
