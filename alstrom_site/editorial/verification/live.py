"""Checks what readers get: approvals, dates and addresses of live editions, derived rows, and the pages' bytes."""

from collections.abc import Iterator
from itertools import chain

from django.db.models import Exists, F, OuterRef

from alstrom_site.editorial import traits
from alstrom_site.editorial.derived import LONGEST_ADDRESS, cites_as_kept
from alstrom_site.editorial.due_dates import review_dates
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition, PublishedPage, Review, Verdict
from alstrom_site.editorial.projection import differences
from alstrom_site.editorial.review_policy import SIGNING_ROLES
from alstrom_site.editorial.rounds import is_complete, standing
from alstrom_site.editorial.verification.fault import BATCH, Fault
from alstrom_site.editorial.workflow import LIVE


def live_editions() -> Iterator[Fault]:
    """Yield what is live without having been approved by people who may, or is not what it says."""
    editions = Edition.objects.filter(status__in=LIVE).select_related("document", "head").order_by("pk")
    for edition in editions.iterator(chunk_size=BATCH):
        yield from live_faults_of(edition)
    wrong = Document.objects.filter(live_edition__isnull=False).exclude(live_edition__status__in=LIVE)
    for document in wrong.order_by("pk"):
        yield Fault(f"Document {document.pk}", "it points to an edition as live that is not.")
    lost = Edition.objects.filter(status__in=LIVE).exclude(document__live_edition=F("pk"))
    for edition in lost.order_by("pk"):
        yield Fault(f"Edition {edition.pk}", "it is live, and its document does not point to it.")


def live_faults_of(edition: Edition) -> Iterator[Fault]:
    """Yield what is wrong with the approvals of one live edition, or with what its document says of its reviews."""
    place = f"Edition {edition.pk} ({edition.document.kind} “{edition.document.address}”)"
    approvals = _approvals(edition)
    wrong = chain(_wrong_approvals(edition, approvals), _wrong_dates(edition, approvals))
    yield from (Fault(place, message) for message in wrong)


def _wrong_approvals(edition: Edition, approvals: list[Review]) -> Iterator[str]:
    if not approvals and not edition.review_is_pending:
        yield "it is live, and nobody approved exactly its text."
    elif not edition.emergency_reason and not is_complete(standing(edition)):
        yield "it is live, and not everybody whom its review policy asks for approved it."
    # Whether they wrote part of the change is asked of each signature as of its moment: see `replay.authors`.
    for review in approvals:
        if review.role not in SIGNING_ROLES:
            yield f"it is live, and {review.reviewer_name} approved it without being entitled to."


def _wrong_dates(edition: Edition, approvals: list[Review]) -> Iterator[str]:
    """What a live document says of its dates, and its reviews do not."""
    document = edition.document
    if document.live_edition_id != edition.pk or not (approvals or edition.review_is_pending):
        return
    dates = review_dates(edition)
    if document.last_reviewed_at != dates.last_reviewed_at:
        yield "its document names another time of review than its approval."
    if document.review_due_on != dates.review_due_on:
        yield "its document names another day for the next review than follows from its approval."


def _approvals(edition: Edition) -> list[Review]:
    return list(
        edition.reviews.filter(
            verdict=Verdict.APPROVE, round=edition.round, revision=edition.head, revision_digest=edition.text.digest
        )
    )


def published_pages() -> Iterator[Fault]:
    """Yield every page that readers get and that is not what its approved text makes."""
    pages = PublishedPage.objects.select_related("document__live_edition__head")
    for page in pages.order_by("pk").iterator(chunk_size=200):
        live = page.document.live_edition
        if live is None or live.text.digest != page.revision_digest or page.revision_id != live.head_id:
            yield Fault(f"Page {page.path}", "readers see another text than the approved one. Run rebuild_pages.")
        else:
            yield from _altered(page)
    # The join above leaves them out.
    lost = PublishedPage.objects.filter(~Exists(Document.objects.filter(pk=OuterRef("document_id"))))
    for path in lost.order_by("path").values_list("path", flat=True):
        yield Fault(f"Page {path}", "readers get it, and its document is not there.")
    missing = Document.objects.filter(live_edition__isnull=False, published_page__isnull=True)
    for document in missing.order_by("pk"):
        yield Fault(f"Document {document.pk}", "it is live, and readers have no page of it. Run rebuild_pages.")


def _altered(page: PublishedPage) -> Iterator[Fault]:
    """Whether the bytes that readers get are those that the approved text makes; it is made once more to compare."""
    try:
        found = differences(page)
    except (LookupError, ValueError, TypeError) as problem:
        found = [f"no page can be made: {problem}"]
    names = ", ".join(found)
    if found and page.is_stale:
        # Whoever forges a page could mark it as well, so nothing is taken on trust.
        marked = "it is marked to be made anew, and until then it is not what the live texts make"
        yield Fault(f"Page {page.path}", f"{marked} ({names}). Run rebuild_pages, and check again.")
    elif found:
        yield Fault(f"Page {page.path}", f"it is not what its approved text makes ({names}). Run rebuild_pages.")


def derived_rows() -> Iterator[Fault]:
    """Yield every live text of which the citations or relations are not those that the text makes."""
    live = Document.objects.live().select_related("live_edition__head").order_by("pk")
    for document in live.iterator(chunk_size=BATCH):
        if document.live_edition is not None and document.live_edition.head is not None:
            for name in _not_derived(document.live_edition):
                yield Fault(f"Revision {document.live_edition.head_id}", f"its {name} are not those of its text.")


def _not_derived(edition: Edition) -> Iterator[str]:
    text, kind = edition.text, kind_named(edition.document.kind)
    if not cites_as_kept(text, kind):
        yield "citations"
    related = {(name, address) for name, address in kind.relations(text.fields) if len(address) <= LONGEST_ADDRESS}
    if related != set(text.relations.values_list("kind", "address")):
        yield "relations"


def traits_held() -> Iterator[Fault]:
    """Yield every document whose traits are not those of its texts, and what of them another document holds."""
    for document_id in traits.differing():
        document = Document.objects.get(pk=document_id)
        place = f"Document {document_id} ({document.kind} “{document.address}”)"
        others = traits.taken_from(document)
        yield from (Fault(place, issue.message) for issue in others)
        if not others:
            yield Fault(place, "its traits are not those of its texts. Run rebuild_pages.")
