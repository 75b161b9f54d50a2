"""Beginning many documents at once, such as those of an imported file, at the cost of a few queries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from alstrom_site.editorial import derived, policies
from alstrom_site.editorial.actions._begun import as_begun
from alstrom_site.editorial.actions._record import Happening, record_all
from alstrom_site.editorial.actions._transitions import patience
from alstrom_site.editorial.actions.drafting import start
from alstrom_site.editorial.addresses import standing_or_stood, taken_now
from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.kinds import Content, ContentRefused, Kind, kind_named
from alstrom_site.editorial.models import Document, Edition, Revision
from alstrom_site.editorial.workflow import START, Status
from alstrom_site.folding import fold

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

Started = Edition | ContentRefused


@patience()
@transaction.atomic
def start_many(kind: str, raws: Sequence[Mapping[str, Any]], *, by: "User", at: datetime) -> list[Started]:
    """Begin a document for each content, and return its first edition, or why it was refused; in the order given.

    What `start` does for each, in one transaction: one that is refused costs no other. The chain of events is held
    until the transaction ends, so some hundreds at a time are enough. Raises NotPermitted.
    """
    refused = policies.may_open_edition(by)
    if refused is not None:
        raise refused
    brought = kind_named(kind)
    outcome: dict[int, Started | Content] = {place: _cleaned(brought, raw) for place, raw in enumerate(raws)}
    _refuse_addresses(brought, outcome)
    fit = {place: each for place, each in outcome.items() if isinstance(each, dict)}
    started = _all_at_once(brought, list(fit.values()), by, at)
    if started is None:
        started = [_alone(kind, content, by, at) for content in fit.values()]
    given = dict(zip(fit, started, strict=True))
    return [given.get(place) or _refusal(each) for place, each in outcome.items()]


def _cleaned(kind: Kind, raw: Mapping[str, Any]) -> Content | ContentRefused:
    try:
        return kind.clean(raw)
    except ContentRefused as refused:
        return refused


def _refusal(outcome: Started | Content) -> ContentRefused:
    if not isinstance(outcome, ContentRefused):
        raise TypeError("A content is neither begun nor refused.")
    return outcome


def _refuse_addresses(kind: Kind, outcome: dict[int, Started | Content]) -> None:
    """Refuse what would stand where another one stands or stood, the first of these contents excepted."""
    addresses = {place: kind.address(each) for place, each in outcome.items() if isinstance(each, dict)}
    gone = standing_or_stood(kind.name, addresses.values())
    seen: Counter[str] = Counter()
    for place, address in addresses.items():
        seen[address] += 1
        if address in gone or seen[address] > 1:
            outcome[place] = ContentRefused([taken_now(kind, address)])


def _all_at_once(kind: Kind, contents: list[Content], by: "User", at: datetime) -> list[Started] | None:
    """The editions of all of them; None, and nothing written, when the database refuses one of them."""
    try:
        with transaction.atomic():
            return list(_written(kind, contents, by, at))
    except (IntegrityError, ContentRefused):
        return None


def _alone(kind: str, content: Content, by: "User", at: datetime) -> Started:
    try:
        return start(kind, content, by=by, at=at)
    except ContentRefused as refused:
        return refused


def _written(kind: Kind, contents: list[Content], by: "User", at: datetime) -> list[Edition]:
    documents = Document.objects.bulk_create(_document(kind, content, by, at) for content in contents)
    begun: dict[str, Any] = {"number": 1, "status": Status.DRAFT, "created_at": at, "created_by": by}
    editions = Edition.objects.bulk_create(Edition(document=document, **begun) for document in documents)
    texts = [canonical_json(content) for content in contents]
    pairs = zip(editions, texts, strict=True)
    revisions = Revision.objects.bulk_create(_revision(edition, text, by, at) for edition, text in pairs)
    own = Revision.objects.filter(edition=OuterRef("pk")).values("pk")
    Edition.objects.filter(pk__in=[edition.pk for edition in editions]).update(head=Subquery(own[:1]))
    for edition, revision in zip(editions, revisions, strict=True):
        edition.head = revision
    derived.write_all(kind, list(zip(revisions, contents, strict=True)))
    record_all([Happening(each, START, "", Status.DRAFT, by, at, details=as_begun(each)) for each in editions])
    return editions


def _document(kind: Kind, content: Content, by: "User", at: datetime) -> Document:
    title = kind.title(content)
    names = {"title": title[:400], "sort_title": fold(title)[:400]}
    return Document(kind=kind.name, owner=by, created_at=at, address=kind.address(content), **names)


def _revision(edition: Edition, text: str, by: "User", at: datetime) -> Revision:
    return Revision(
        edition=edition,
        number=1,
        content=text,
        digest=sha256(text),
        author=by,
        author_name=str(by),
        created_at=at,
    )
