"""What documents are told apart by: taken as a text is saved, given up with the last text that has it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from django.db import transaction
from django.db.models import Exists, OuterRef

from alstrom_site.editorial.kinds import Content, ContentRefused, Trait, kind_named, kinds_with_traits, traits_of
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.models import Trait as Row
from alstrom_site.editorial.workflow import LIVE, OPEN, Busy, Issue

HELD_BY = OPEN | LIVE
"""The states of editions whose texts hold their traits."""
BATCH = 500
TRIES = 3
TAKEN_AND_LEFT = "Somebody else took an identifier of this text and gave it up again just now. Try again in a moment."


def take(texts: Sequence[tuple[Document, Content]]) -> None:
    """Give documents of one kind the traits of texts that are being saved.

    Whoever takes the same one at the same moment is waited for. Raises ContentRefused, with the name of the other
    document, when an own trait is another one's, and then the transaction must not go on. A text that is the live one
    word for word is let through: what two have of old could not be corrected otherwise.
    """
    wanted = [(document, content, each) for document, content in texts for each in traits_of(document.kind, content)]
    own = {(each.scheme, each.value) for _, _, each in wanted if each.is_own}
    for _ in range(TRIES):
        _insert((document, each) for document, _, each in wanted)
        holders = _holders(own)
        issues = [
            _issue(holders[each.scheme, each.value], each)
            for document, content, each in wanted
            if each.is_own
            and holders.get((each.scheme, each.value), document).pk != document.pk
            and not _is_live(document, content)
        ]
        if issues:
            raise ContentRefused(issues)
        if holders.keys() == own:
            return
    raise Busy(TAKEN_AND_LEFT)


def release(document: Document) -> None:
    """Give up the traits that no text of the document has any more; the document is locked."""
    if document.kind in kinds_with_traits():
        _drop(document, _held([document.pk])[document.pk])


def complete() -> None:
    """Write the traits that are not there and drop those that are of no text, where that can be done.

    What two documents have of old, and only one may, stays with the one that holds it; `differing` names the other.
    """
    for document_id in list(differing()):
        with transaction.atomic():
            document = Document.objects.select_for_update().get(pk=document_id)
            held = _held([document.pk])[document.pk]
            _drop(document, held)
            _insert((document, each) for each in held)


def differing() -> Iterator[int]:
    """Yield the ids of documents whose traits are not those of their texts; read in batches.

    Of a document that lost a text nothing can be said.
    """
    lost = Edition.objects.filter(document=OuterRef("pk"), status__in=HELD_BY, head__isnull=True)
    documents = Document.objects.filter(~Exists(lost), kind__in=kinds_with_traits()).order_by("pk")
    ids = list(documents.values_list("pk", flat=True))
    for first in range(0, len(ids), BATCH):
        batch = ids[first : first + BATCH]
        held, written = _held(batch), _written(batch)
        yield from (pk for pk in batch if held[pk] != written[pk])


def taken_from(document: Document) -> list[Issue]:
    """Return what the texts of a document have and another one holds."""
    own = {each for each in _held([document.pk])[document.pk] if each.is_own}
    holders = _holders({(each.scheme, each.value) for each in own})
    held = {each: holders.get((each.scheme, each.value), document) for each in own}
    return [_issue(other, each) for each, other in held.items() if other.pk != document.pk]


def _held(ids: Sequence[int]) -> dict[int, set[Trait]]:
    """The traits of everything that is live or worked on, by document."""
    editions = Edition.objects.filter(document__in=ids, status__in=HELD_BY, head__isnull=False)
    found: defaultdict[int, set[Trait]] = defaultdict(set)
    for edition in editions.select_related("document", "head"):
        found[edition.document_id].update(traits_of(edition.document.kind, edition.text.fields))
    return found


def _written(ids: Sequence[int]) -> dict[int, set[Trait]]:
    found: defaultdict[int, set[Trait]] = defaultdict(set)
    for row in Row.objects.filter(document__in=ids):
        found[row.document_id].add(Trait(row.scheme, row.value, row.is_own))
    return found


def _insert(traits: Iterable[tuple[Document, Trait]]) -> None:
    """In one order, so that two who take the same ones wait for each other and not crosswise."""
    rows = [Row(document=document, **vars(each)) for document, each in dict.fromkeys(traits)]
    Row.objects.bulk_create(
        sorted(rows, key=lambda row: (not row.is_own, row.scheme, row.value)), ignore_conflicts=True
    )


def _drop(document: Document, held: set[Trait]) -> None:
    surplus = [row.pk for row in document.traits.all() if Trait(row.scheme, row.value, row.is_own) not in held]
    if surplus:
        Row.objects.filter(pk__in=surplus).delete()


def _is_live(document: Document, content: Content) -> bool:
    return document.live_edition is not None and document.live_edition.text.fields == content


def _holders(own: Set[tuple[str, str]]) -> dict[tuple[str, str], Document]:
    """Who has these own traits now."""
    if not own:
        return {}
    rows = Row.objects.filter(value__in={value for _, value in own}, is_own=True).select_related("document")
    return {(row.scheme, row.value): row.document for row in rows if (row.scheme, row.value) in own}


def _issue(holder: Document, trait: Trait) -> Issue:
    label = kind_named(holder.kind).label
    message = f"The {label} “{holder.title}” ({holder.address}) has the {trait.scheme} {trait.value} already."
    return Issue(trait.scheme, f"{message} Go on with that one, or correct the {trait.scheme} here.", "trait-taken")
