"""The texts of other documents, found by kind and address: what links, citations and lists of questions refer to."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from alstrom_site.editorial.addresses import addresses_of
from alstrom_site.editorial.kinds import all_kinds, kind_named
from alstrom_site.editorial.models import Citation, Document, Edition, Relation, Review, Verdict
from alstrom_site.editorial.models.document import DocumentQuerySet
from alstrom_site.editorial.models.edition import EditionQuerySet
from alstrom_site.editorial.workflow import LIVE, OPEN, READY

WHOLE_TEXT = (Verdict.APPROVE, Verdict.REAFFIRM)
"""The verdicts that sign a whole text as it stands."""
SIGNED = (*WHOLE_TEXT, Verdict.REQUEST_CHANGES)
"""The verdicts that decide something, and are signed with proof of who signs. Advice decides nothing."""
REQUEST_MEANT_UNSIGNED = "I have read this text and ask for the changes in my comment before it can be approved."
"""What a request for changes stood for while it took no proof; those of that time say so, and stay whole."""
CITED = "reference"
"""The kind of document that the keys of citations name."""


# What a Text is made from, after the number of its edition.
_OF_A_TEXT = (
    *("number", "status", "document", "document__address", "head__content"),
    *("withdrawn_at", "withdrawal_reason", "head__digest", "document__review_due_on"),
)


@dataclass(frozen=True)
class Text:
    """The text of one document: the latest or the live one, as was asked for; `title` is the title of that text.

    `is_draft`: readers do not see it. `is_withheld`: nor does whoever asked, who is told its address alone.
    """

    document_id: int
    address: str
    title: str
    content: dict[str, Any]
    withdrawn_at: datetime | None = None
    withdrawal_reason: str = ""
    digest: str = ""
    review_due_on: date | None = None
    is_draft: bool = False
    is_withheld: bool = False


def latest_texts(kind: str, addresses: Collection[str]) -> dict[str, Text]:
    """Return the newest text at each address, an open edition's before the live one's; what the desk shows."""
    return _texts(kind, addresses, OPEN | LIVE)


def live_texts(kind: str, addresses: Collection[str]) -> dict[str, Text]:
    """Return the live text at each address; what readers see."""
    return _texts(kind, addresses, LIVE)


def taken_down(kind: str, addresses: Collection[str]) -> dict[str, str]:
    """Return, by their address, the public path to which what readers once saw there leads now; "" when it is gone."""
    gone = Document.objects.filter(
        kind=kind, address__in=addresses, live_edition=None, first_published_at__isnull=False
    )
    return dict(gone.values_list("address", "moved_to"))


def texts_for_readers(kind: str, addresses: Collection[str]) -> dict[str, Text]:
    """Return the live text at each address, else the newest: what readers would see there as things stand now."""
    return _texts(kind, addresses, OPEN | LIVE, live_first=True)


def texts_for_guests(kind: str, addresses: Collection[str]) -> dict[str, Text]:
    """Return the live text at each address; what is a draft is withheld, as somebody without an account is shown it."""
    found = texts_for_readers(kind, addresses)
    return {address: _withheld(text, address) if text.is_draft else text for address, text in found.items()}


def standing_signatures() -> QuerySet[Review]:
    """Return the approvals and reaffirmations of the current text of their edition, in its last round, that hold.

    A request for changes undid those of its round before it, though the text may have gone out in an emergency since.
    Of what went out in one, none holds until it is approved afterwards: some of those who had to sign are no review.
    """
    reviewed = Q(edition__emergency_reason="") | Q(edition__approved_afterwards_at__isnull=False)
    return Review.objects.of_the_current_text().filter(reviewed, verdict__in=WHOLE_TEXT)


def approvals_of(editions: EditionQuerySet) -> dict[int, tuple[Review, ...]]:
    """Return who approved exactly the current text of each edition, and reaffirmed it since, by document id.

    In the order of signing. One query.
    """
    current = standing_signatures().filter(edition__in=editions)
    found: defaultdict[int, list[Review]] = defaultdict(list)
    for review in current.select_related("edition").order_by("at", "pk"):
        found[review.edition.document_id].append(review)
    return {document_id: tuple(reviews) for document_id, reviews in found.items()}


def shown_in(document: Document) -> DocumentQuerySet:
    """Return the live documents whose pages show this one: that carry its text, or cite it. Two queries."""
    names = addresses_of(document)
    carrying = [kind.name for kind in all_kinds() if document.kind in kind.carries]
    related = Relation.objects.filter(kind=document.kind, address__in=names).values("revision")
    shown = Q(kind__in=carrying, live_edition__head__in=related)
    if document.kind == CITED:
        shown |= Q(live_edition__head__in=Citation.objects.filter(key__in=names).values("revision"))
    return Document.objects.live().filter(shown)


def leading_to(document: Document) -> EditionQuerySet:
    """Return the live editions whose own texts lead to a document by any address of it. Two queries."""
    leading = Relation.objects.filter(kind=document.kind, address__in=addresses_of(document)).values("revision")
    return Edition.objects.live().filter(head__in=leading)


def citing(document: Document) -> EditionQuerySet:
    """Return the live editions whose own texts cite a document by any address of it. Two queries."""
    cited = Citation.objects.filter(key__in=addresses_of(document)).values("revision")
    return Edition.objects.live().filter(head__in=cited)


def drafts_citing(document: Document) -> EditionQuerySet:
    """Return the open editions whose own texts cite a document by any address of it. Two queries."""
    cited = Citation.objects.filter(key__in=addresses_of(document)).values("revision")
    return Edition.objects.filter(status__in=OPEN, head__in=cited)


def approved_on(document: Document) -> EditionQuerySet:
    """Return the approved editions that are not live yet and cite a document, or show it whole. Two queries."""
    names = addresses_of(document)
    carrying = [kind.name for kind in all_kinds() if document.kind in kind.carries]
    related = Relation.objects.filter(kind=document.kind, address__in=names).values("revision")
    resting = Q(document__kind__in=carrying, head__in=related)
    if document.kind == CITED:
        resting |= Q(head__in=Citation.objects.filter(key__in=names).values("revision"))
    return Edition.objects.filter(resting, status__in=READY)


def _texts(
    kind: str, addresses: Collection[str], statuses: frozenset[str], *, live_first: bool = False
) -> dict[str, Text]:
    """By the address that was asked for; one at which nothing stands may be one at which a document stood before."""
    wanted, found = set(addresses), dict[str, Text]()
    for place in ("document", "document__former_addresses"):
        # A text that names no term or question asks all the same; the database does not.
        if missing := wanted - found.keys():
            there = {f"{place}__kind": kind, f"{place}__address__in": missing}
            rows = Edition.objects.filter(status__in=statuses, **there).values_list(*_OF_A_TEXT, f"{place}__address")
            ordered = sorted(rows, key=lambda row: (live_first and row[1] in LIVE, row[3], row[0]))
            # The last one of a document stays.
            found |= {address: _text(kind, *row) for _, *row, address in ordered}
    return found


def _withheld(text: Text, address: str) -> Text:
    # By the address that was asked for: a draft may have been given another one.
    return replace(text, address=address, title=address, content={}, digest="", review_due_on=None, is_withheld=True)


def _text(kind: str, status: str, document_id: int, address: str, content: str, *rest: Any) -> Text:
    fields: dict[str, Any] = json.loads(content)
    # The document's own title is that of its latest text, which readers may not have been shown yet.
    columns: tuple[Any, ...] = (document_id, address, kind_named(kind).title(fields), fields, *rest, status not in LIVE)
    return Text(*columns)
