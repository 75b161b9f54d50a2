"""The entries that may be of the same work as another one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from alstrom_site.editorial.kinds import Content, Trait
from alstrom_site.editorial.models import Distinction, Document, Edition
from alstrom_site.editorial.models import Trait as Row
from alstrom_site.editorial.workflow import LIVE, OPEN
from references.duplicates.likeness import ALIKE, ISBN, PLACE, TITLE, UNFINISHED, traits
from references.formatting import nlm_citation

MOST_CANDIDATES = 10
_WHY = {
    ISBN: "has the same ISBN",
    ALIKE: "has the same title and first author, and about the same year",
    PLACE: "has the same first author, year, volume and first page",
    TITLE: "has the same title",
    UNFINISHED: "has the same title",
}
# What lacks author or year is compared by title with everything; everything else with what lacks them.
_MEETS = {TITLE: (UNFINISHED,), UNFINISHED: (TITLE,)}


@dataclass(frozen=True)
class Candidate:
    """An entry that may be of the same work. `certain`: by an identifier, which no two entries may have."""

    document_id: int
    key: str
    title: str
    citation: str
    why: str
    certain: bool


def candidates(contents: Sequence[Content], *, except_for: Document | None = None) -> list[tuple[Candidate, ...]]:
    """Return for each content the entries that may be of the same work: those of the same identifier first.

    At most ten each. What somebody told apart from `except_for` is left out. At most three queries, however many
    contents there are.
    """
    asked = [_asked(content) for content in contents]
    held = _holders({trait.value for each in asked for trait in each}, _never_same(except_for))
    shared = [_shared(each, held) for each in asked]
    newest = _newest({document_id for each in shared for document_id in each})
    return [
        tuple(_candidate(newest[document_id], trait) for document_id, trait in each.items() if document_id in newest)
        for each in shared
    ]


def why(scheme: str) -> str:
    """Return in words what two entries have in common that share a trait of this scheme."""
    return _WHY.get(scheme, f"has the same {scheme}")


def in_common(one: Content, other: Content) -> list[str]:
    """Return in words all by which two entries look like one work; what says most first."""
    has = set(traits(other))
    return list(dict.fromkeys(why(each.scheme) for each in _asked(one) if each in has))


def _asked(content: Content) -> list[Trait]:
    """What other entries would have that are of the same work, what says most first."""
    return [
        Trait(scheme, each.value, each.is_own)
        for each in traits(content)
        for scheme in _MEETS.get(each.scheme, (each.scheme,))
    ]


def _holders(values: Collection[str], left_out: Collection[int]) -> dict[Trait, list[int]]:
    rows = Row.objects.filter(value__in=values, document__kind="reference").exclude(document__in=left_out)
    found: defaultdict[Trait, list[int]] = defaultdict(list)
    for row in rows.order_by("document", "pk"):
        found[Trait(row.scheme, row.value, row.is_own)].append(row.document_id)
    return found


def _shared(asked: Iterable[Trait], held: dict[Trait, list[int]]) -> dict[int, Trait]:
    """By document the first trait that it shares; no more than a person looks through."""
    found: dict[int, Trait] = {}
    for trait in asked:
        for document_id in held.get(trait, ())[:MOST_CANDIDATES]:
            found.setdefault(document_id, trait)
    return dict(list(found.items())[:MOST_CANDIDATES])


def _never_same(document: Document | None) -> set[int]:
    """The document itself, and what somebody told apart from it."""
    if document is None:
        return set()
    rows = Distinction.objects.filter(Q(first=document) | Q(second=document)).values_list("first", "second")
    return {document.pk, *(pk for pair in rows for pk in pair)}


def _newest(ids: Collection[int]) -> dict[int, Edition]:
    """The newest text that is worked on or live of each."""
    if not ids:
        return {}
    editions = Edition.objects.filter(document__in=ids, status__in=OPEN | LIVE, head__isnull=False)
    return {each.document_id: each for each in editions.select_related("document", "head").order_by("number")}


def _candidate(edition: Edition, shared: Trait) -> Candidate:
    document, citation = edition.document, nlm_citation(edition.text.fields)
    return Candidate(document.pk, document.address, document.title, citation, why(shared.scheme), shared.is_own)
