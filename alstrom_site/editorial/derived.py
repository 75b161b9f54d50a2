"""What is derived from a text when it is saved: what it is told apart by, what it cites, the documents it leads to."""

from collections.abc import Sequence
from dataclasses import fields

from django.db import transaction

from alstrom_site.editorial import traits
from alstrom_site.editorial.kinds import CitationUse, Content, Kind, kind_named
from alstrom_site.editorial.models import Citation, Document, Edition, Relation, Revision
from alstrom_site.editorial.workflow import LIVE, OPEN

LONGEST_ADDRESS = Document._meta.get_field("address").max_length or 0


def write(revision: Revision, kind: Kind, content: Content) -> None:
    """Write the traits, citations and relations of a text that was just saved; `write_all` says how."""
    write_all(kind, [(revision, content)])


def write_all(kind: Kind, texts: Sequence[tuple[Revision, Content]]) -> None:
    """Write the traits, citations and relations of texts of one kind that were just saved.

    Raises ContentRefused when a trait of one of them is another document's own.
    """
    traits.take([(revision.edition.document, content) for revision, content in texts])
    uses = [(revision, use) for revision, content in texts for use in kind.citations(content)]
    Citation.objects.bulk_create(Citation(revision=revision, **vars(use)) for revision, use in uses)
    Relation.objects.bulk_create(row for revision, content in texts for row in _relations(revision, kind, content))


def complete() -> None:
    """Write the relations of live texts and the traits of all that are not there yet, and citations that are others.

    Those of texts older than what their kind derives now.
    """
    traits.complete()
    held = Edition.objects.filter(status__in=OPEN | LIVE).select_related("head", "document").order_by("pk")
    for edition in held.iterator():
        if not cites_as_kept(edition.text, kind_named(edition.document.kind)):
            _cite_anew(edition)
    for document in Document.objects.live().select_related("live_edition__head").order_by("pk").iterator():
        if document.live_edition is not None:
            text = document.live_edition.text
            there = set(text.relations.values_list("kind", "address"))
            derived = _relations(text, kind_named(document.kind), text.fields)
            missing = [row for row in derived if (row.kind, row.address) not in there]
            # Whoever completes at the same time writes the same rows.
            Relation.objects.bulk_create(missing, ignore_conflicts=True)


def cites_as_kept(revision: Revision, kind: Kind) -> bool:
    """Return whether the citations that are kept of a text are those that its kind derives from it."""
    columns = [field.name for field in fields(CitationUse)]
    cited = [tuple(getattr(use, column) for column in columns) for use in kind.citations(revision.fields)]
    return cited == list(revision.citations.order_by("position").values_list(*columns))


@transaction.atomic
def _cite_anew(edition: Edition) -> None:
    """Whoever does the same at the same time comes after it and writes the same rows."""
    Document.objects.select_for_update().get(pk=edition.document_id)
    text = edition.text
    text.citations.all().delete()
    uses = kind_named(edition.document.kind).citations(text.fields)
    Citation.objects.bulk_create(Citation(revision=text, **vars(use)) for use in uses)


def _relations(revision: Revision, kind: Kind, content: Content) -> list[Relation]:
    """Each document once, at its first place; no document can stand at an address longer than the longest."""
    related = [each for each in dict.fromkeys(kind.relations(content)) if len(each[1]) <= LONGEST_ADDRESS]
    return [
        Relation(revision=revision, kind=name, address=address, position=position)
        for position, (name, address) in enumerate(related, start=1)
    ]
