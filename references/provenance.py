"""Where each field of an entry came from: imported, looked up, or typed by whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alstrom_site.editorial.kinds import Content
from alstrom_site.editorial.models import Edition, Revision
from references.keys import is_made_of
from references.models import TakenOver
from references.models.taken_over import LONGEST_WORDS

IMPORTED, LOOKED_UP = "Imported", "Looked up"
MADE, TYPED = "Made by the site", "Typed"
_LONGEST_PLACE = 400
_LONGEST_SOURCE = 100


@dataclass(frozen=True)
class TakenFrom:
    """Where a record stands: how it was taken over, who says so, where there, and the words as they stand."""

    way: str
    source: str
    place: str
    words: str


@dataclass(frozen=True)
class Origin:
    """Where what stands in a field now came from, since when and by whom."""

    field: str
    said: str
    by: str
    at: datetime
    taken: TakenOver | None = None


def note(rows: Iterable[tuple[Revision, TakenFrom, Sequence[str]]]) -> None:
    """Keep for good where the named fields of texts that were just saved came from."""
    TakenOver.objects.bulk_create(
        TakenOver(
            revision=revision,
            way=taken.way,
            source=taken.source[:_LONGEST_SOURCE],
            place=taken.place[:_LONGEST_PLACE],
            fields=list(fields),
            words=_kept(taken.words),
        )
        for revision, taken, fields in rows
        if fields
    )


def _kept(words: str) -> str:
    """The words of the source; of very long ones the beginning, and how much of them is not there."""
    left_out = len(words) - LONGEST_WORDS
    return words if left_out <= 0 else f"{words[:LONGEST_WORDS]}\n[{left_out:,} more characters were not kept.]"


def words_of(found: Iterable[Origin]) -> list[TakenOver]:
    """Return the records that these fields came from, each once and in the order in which they were taken over."""
    taken = {each.taken.pk: each.taken for each in found if each.taken and each.taken.words}
    return [taken[pk] for pk in sorted(taken)]


def origins(edition: Edition) -> list[Origin]:
    """Return where each filled field of an edition's text came from, in the order of the text. Two queries."""
    texts = list(_texts_before(edition))
    taken = _taken_over(texts)
    return [_origin(name, texts, taken) for name, value in edition.text.fields.items() if value]


def _texts_before(edition: Edition) -> Iterator[tuple[Revision, Content]]:
    """The edition's text and those from which it came, the newest first."""
    found = Revision.objects.filter(edition__document=edition.document_id).order_by("pk")
    by_pk = {each.pk: each for each in found}
    pk: int | None = edition.text.pk
    while pk is not None and (revision := by_pk.get(pk)):
        yield revision, revision.fields
        pk = revision.parent_id


def _taken_over(texts: Sequence[tuple[Revision, Content]]) -> Mapping[tuple[int, str], TakenOver]:
    rows = TakenOver.objects.filter(revision__in=[revision.pk for revision, _ in texts])
    return {(row.revision_id, name): row for row in rows for name in row.fields}


def _origin(name: str, texts: Sequence[tuple[Revision, Content]], taken: Mapping[tuple[int, str], TakenOver]) -> Origin:
    """By the text in which the value of now stood first, or that took it over again."""
    value = texts[0][1].get(name)
    since, then = texts[0]
    for revision, fields in texts:
        if fields.get(name) != value:
            break
        since, then = revision, fields
        if (revision.pk, name) in taken:
            break
    found = taken.get((since.pk, name))
    is_made = name == "key" and is_made_of(str(value), then)
    return Origin(name, _said(found, is_made=is_made), since.author_name, since.created_at, found)


def _said(found: TakenOver | None, *, is_made: bool) -> str:
    if found is None:
        return MADE if is_made else TYPED
    return found.said
