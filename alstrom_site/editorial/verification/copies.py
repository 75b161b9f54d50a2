"""Compares the pages that were kept as they were published, and their sources, with the events that name them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from alstrom_site.editorial.models import Event, PublishedCopy, Revision
from alstrom_site.editorial.models.published_copy import SHA256_OF_THE_BODY
from alstrom_site.editorial.verification.fault import BATCH, Fault
from alstrom_site.editorial.verification.replay import Happened
from alstrom_site.editorial.workflow import VERBS_OF_PUBLICATION

Named = tuple[int, dict[str, Any]]


def copies() -> Iterator[Fault]:
    """Yield every published page that was not kept as its event names it. Two queries for each batch."""
    publications = Event.objects.filter(verb__in=VERBS_OF_PUBLICATION)
    # What was published before copies were kept names none.
    naming = publications.filter(details__contains='"page":').order_by("position").values_list("edition", "details")
    batch: list[Named] = []
    for edition, details in naming.iterator(chunk_size=BATCH):
        batch.append((edition, Happened.details_of(details)))
        if len(batch) == BATCH:
            yield from _compared(batch)
            batch = []
    yield from _compared(batch)
    named = publications.filter(edition=OuterRef("edition"), details__contains='"page":')
    for edition in PublishedCopy.objects.filter(~Exists(named)).order_by("pk").values_list("edition", flat=True):
        yield Fault(f"Copy of edition {edition}", "no event records it.")


def _compared(batch: Sequence[Named]) -> Iterator[Fault]:
    found = PublishedCopy.objects.filter(edition__in=[edition for edition, _ in batch])
    made = {edition: rest for edition, *rest in found.values_list("edition", "digest", SHA256_OF_THE_BODY)}
    sources = {source[-1] for _, said in batch for source in said.get("sources", ())}
    there = set(Revision.objects.filter(digest__in=sources).values_list("digest", flat=True))
    for edition, said in batch:
        place = f"Copy of edition {edition}"
        if edition not in made:
            yield Fault(place, "it was recorded, and is no longer there.")
        elif made[edition] != [said.get("page")] * 2:
            yield Fault(place, "it is not the page that was recorded as published.")
        for source in said.get("sources", ()):
            if source[-1] not in there:
                yield Fault(place, f"the text of its source {' '.join(source[:-1])} is no longer there.")
