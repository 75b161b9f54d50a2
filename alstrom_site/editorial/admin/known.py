"""The addresses of documents, to be suggested where a form asks for one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from alstrom_site.editorial.models import Document

MOST_SUGGESTED = 500


@dataclass(frozen=True)
class KnownDocuments:
    """The documents of one kind by their addresses and titles; a bounded number of them, however many there are."""

    kind: str

    def suggestions(self) -> Sequence[tuple[str, str]]:
        """Return the first addresses in the order of titles, with their titles."""
        known = Document.objects.of_kind(self.kind).order_by("sort_title", "pk")
        return list(known.values_list("address", "title")[:MOST_SUGGESTED])

    def names(self, values: Collection[str]) -> Mapping[str, str]:
        """Return the titles of the documents at these addresses."""
        storable = [value for value in values if "\x00" not in value]
        return dict(Document.objects.addressed(self.kind, storable).values_list("address", "title"))
