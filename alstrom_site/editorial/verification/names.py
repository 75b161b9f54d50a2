"""Compares the names and addresses of documents with their texts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.verification.fault import Fault, batches_of_documents
from alstrom_site.editorial.workflow import OPEN
from alstrom_site.folding import fold

LONGEST_TITLE = Document._meta.get_field("title").max_length


def names() -> Iterator[Fault]:
    """Yield every document that is named otherwise than its texts. Two queries for 200 documents."""
    for numbers in batches_of_documents(200):
        yield from names_of(list(Document.objects.filter(pk__in=numbers).order_by("pk")))


def names_of(documents: Sequence[Document]) -> Iterator[Fault]:
    """Yield what is wrong with the names of these documents."""
    editions: defaultdict[int, list[Edition]] = defaultdict(list)
    written = Edition.objects.filter(document__in=documents, head__isnull=False).select_related("head")
    for edition in written.order_by("number"):
        editions[edition.document_id].append(edition)
    for document in documents:
        place = f"Document {document.pk} ({document.kind} “{document.address}”)"
        yield from (Fault(place, message) for message in _wrong(document, editions[document.pk]))


def _wrong(document: Document, editions: Sequence[Edition]) -> Iterator[str]:
    if not editions:
        return
    kind = kind_named(document.kind)
    if document.address != kind.address(_naming(editions).text.fields):
        yield "it stands at another address than its text."
    titles = {kind.title(edition.text.fields) for edition in editions}
    if document.title not in {title[:LONGEST_TITLE] for title in titles}:
        yield "its title is of none of its texts."
    elif document.sort_title not in {fold(title)[:LONGEST_TITLE] for title in titles}:
        yield "it stands in lists under another name than its title."
    if document.live_edition_id is None and document.review_due_on is not None:
        yield "it names a day for the next review, and readers cannot see it."


def _naming(editions: Sequence[Edition]) -> Edition:
    """The edition that gives the document its address: the one that was published last, else the one worked on."""
    published = [each for each in editions if each.published_at is not None]
    if published:
        return max(published, key=lambda each: (each.published_at, each.pk))
    return next((each for each in editions if each.status in OPEN), editions[-1])
