"""The entries that may be of the same work as another one."""

from collections.abc import Sequence
from dataclasses import dataclass

from alstrom_site.editorial.kinds import Content, Trait
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import LIVE, OPEN
from references.duplicates.likeness import ALIKE, PLACE, TITLE, UNFINISHED, traits
from references.formatting import nlm_citation

_WHY = {
    ALIKE: "has the same title and first author, and about the same year",
    PLACE: "has the same first author, year, volume and first page",
    TITLE: "has the same title",
    UNFINISHED: "has the same title",
}
# What lacks author or year is compared by title with everything; everything else with what lacks them.
_MEETS = {TITLE: UNFINISHED, UNFINISHED: TITLE}


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
    """Return for each content the entries that may be of the same work: those of the same identifier first."""
    held = list(_held(except_for))
    return [_found(content, held) for content in contents]


def _held(except_for: Document | None) -> list[tuple[Document, Content, set[Trait]]]:
    editions = Edition.objects.filter(document__kind="reference", status__in=OPEN | LIVE).select_related(
        "document", "head"
    )
    if except_for is not None:
        editions = editions.exclude(document=except_for)
    newest = {each.document_id: each for each in editions.order_by("number")}
    texts = [(each.document, each.text.fields) for each in newest.values()]
    return [(document, content, set(traits(content))) for document, content in texts]


def _found(content: Content, held: list[tuple[Document, Content, set[Trait]]]) -> tuple[Candidate, ...]:
    asked = [(each, Trait(_MEETS.get(each.scheme, each.scheme), each.value, each.is_own)) for each in traits(content)]
    found = []
    for document, other, has in held:
        shared = [each for each, met in asked if met in has]
        if shared:
            found.append(_candidate(document, other, shared[0]))
    return tuple(sorted(found, key=lambda each: (not each.certain, each.key)))


def _candidate(document: Document, content: Content, shared: Trait) -> Candidate:
    why = _WHY.get(shared.scheme, f"has the same {shared.scheme}")
    citation = nlm_citation(content)
    return Candidate(document.pk, document.address, document.title, citation, why, shared.is_own)
