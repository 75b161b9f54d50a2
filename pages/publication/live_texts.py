"""The other texts that a public page is made from: those it shows or links to, and the pages that lead to it."""

from collections import defaultdict
from collections.abc import Collection

from alstrom_site.editorial.addresses import standing_at
from alstrom_site.editorial.composing import linked
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.texts import Text, leading_to, live_texts
from alstrom_site.page_parts import Link


class LiveTexts:
    """Finds live texts and remembers every address that was asked for.

    A document that is known but not live yet counts as one that the page is made from: when it goes live, the page
    has to be made anew to show it.
    """

    def __init__(self) -> None:
        self._asked: defaultdict[str, set[str]] = defaultdict(set)

    def __call__(self, kind: str, addresses: Collection[str]) -> dict[str, Text]:
        """Return the live text at each address that has one."""
        self._asked[kind].update(addresses)
        return live_texts(kind, addresses)

    def document_ids(self) -> set[int]:
        """Return the ids of all documents, live or not, at the addresses that were asked for."""
        return {
            pk
            for kind, addresses in self._asked.items()
            for pk in standing_at(kind, addresses).values_list("pk", flat=True)
        }


def asked_in(question: Document) -> dict[int, Link]:
    """Return links to the live articles that carry the question, by document id. Two queries."""
    return linked(leading_to(question).filter(document__kind="article"))


def used_in(term: Document) -> dict[int, Link]:
    """Return links to the live pages whose own text links to the term, by document id. Two queries."""
    return linked(leading_to(term))
