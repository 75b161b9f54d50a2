"""The texts of other documents, found by kind and address: what links, citations and lists of questions refer to."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition, Review, Verdict
from alstrom_site.editorial.models.edition import EditionQuerySet
from alstrom_site.editorial.workflow import LIVE, OPEN

WHOLE_TEXT = (Verdict.APPROVE, Verdict.REAFFIRM)
"""The verdicts that sign a whole text as it stands."""


@dataclass(frozen=True)
class Text:
    """The text of one document: the latest or the live one, as was asked for; `title` is the title of that text."""

    document_id: int
    address: str
    title: str
    content: dict[str, Any]


def latest_texts(kind: str, addresses: Collection[str]) -> dict[str, Text]:
    """Return the newest text at each address, an open edition's before the live one's; what the desk shows."""
    return _texts(kind, addresses, OPEN | LIVE)


def live_texts(kind: str, addresses: Collection[str]) -> dict[str, Text]:
    """Return the live text at each address; what readers see."""
    return _texts(kind, addresses, LIVE)


def approvals_of(editions: EditionQuerySet) -> dict[int, tuple[Review, ...]]:
    """Return who approved exactly the current text of each edition, and reaffirmed it since, by document id.

    In the order of signing. One query.
    """
    current = Review.objects.filter(
        edition__in=editions, verdict__in=WHOLE_TEXT, round=F("edition__round"), revision=F("edition__head")
    )
    found: defaultdict[int, list[Review]] = defaultdict(list)
    for review in current.select_related("edition").order_by("at", "pk"):
        found[review.edition.document_id].append(review)
    return {document_id: tuple(reviews) for document_id, reviews in found.items()}


def _texts(kind: str, addresses: Collection[str], statuses: frozenset[str]) -> dict[str, Text]:
    editions = (
        Edition.objects.filter(document__kind=kind, document__address__in=set(addresses), status__in=statuses)
        .select_related("document", "head")
        .order_by("document__address", "number")
    )
    found = {}
    for edition in editions:
        content = edition.text.fields
        # The document's own title is that of its latest text, which readers may not have been shown yet.
        found[edition.document.address] = Text(
            edition.document_id, edition.document.address, kind_named(kind).title(content), content
        )
    return found
