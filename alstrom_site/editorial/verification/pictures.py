"""Looks whether the pictures of texts that were published are still those that were signed with them."""

from collections.abc import Iterator, Sequence

from alstrom_site.editorial.kinds import pictures_of
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.verification.fault import Fault, batches_of_documents


def pictures() -> Iterator[Fault]:
    """Yield every picture of a published text that is gone from the store or became another one."""
    for numbers in batches_of_documents():
        yield from pictures_shown_by(numbers)


def pictures_shown_by(documents: Sequence[int]) -> Iterator[Fault]:
    """Yield what is wrong with the pictures that these documents show readers, or showed them once. One query."""
    published = Edition.objects.filter(document__in=documents, published_at__isnull=False, head__isnull=False)
    for edition in published.select_related("document", "head").order_by("pk").iterator():
        place = f"Edition {edition.pk} ({edition.document.kind} “{edition.document.address}”)"
        for picture in pictures_of(edition.document.kind, edition.text.fields):
            if picture.body is None:
                yield Fault(place, f"its picture {picture.name} is no longer there.")
            elif not picture.is_as_stored:
                yield Fault(place, f"its picture {picture.name} is not the one that was stored.")
