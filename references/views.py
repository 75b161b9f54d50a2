"""The bibliography as readers see it."""

from typing import Any

from django.db.models.fields.json import KT
from django.db.models.functions import Collate
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from alstrom_site.editorial.composing import href
from alstrom_site.editorial.models import PublishedPage
from alstrom_site.page_parts import Head, Identifier, Link, Notices
from alstrom_site.reading import Stretch, composed, public, stored
from references.contexts import BibliographyEntry, BibliographyPage


@public
def entry(request: HttpRequest, key: str) -> HttpResponseBase:
    """Answer with the entry at this address."""
    return stored(request)


@public
def bibliography(request: HttpRequest) -> HttpResponseBase:
    """Show every entry by first author and date. Two queries."""
    # Folded names as bytes, so that every database sorts alike.
    order = (Collate(KT("listing__card__order"), "C"), "path")
    found = PublishedPage.objects.filter(kind="reference").order_by(*order)
    stretch = Stretch.asked(request, found.count())
    rows = list(found.values_list("path", "listing__card")[stretch.rows])
    page = BibliographyPage(
        head=Head(
            title="Bibliography",
            description="The published works that these pages rest on.",
            canonical_url=stretch.canonical_url,
        ),
        section="bibliography",
        breadcrumbs=(Link("Home", "/"),),
        notices=Notices(demonstration=any(card["demonstration"] for _, card in rows)),
        entries=tuple(_entry(path, card) for path, card in rows),
        previous_url=stretch.previous_url,
        next_url=stretch.next_url,
    )
    return composed(request, "references/bibliography.html", page)


def _entry(path: str, card: dict[str, Any]) -> BibliographyEntry:
    return BibliographyEntry(
        key=path.rstrip("/").removeprefix("/bibliography/"),
        citation=card["citation"],
        url=href(path),
        identifiers=tuple(Identifier(*found) for found in card["identifiers"]),
        cited_on=card["cited_on"],
    )
