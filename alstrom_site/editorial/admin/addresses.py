"""Addresses of the desk's pages, for a document of any kind."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model, Q
from django.urls import reverse

from alstrom_site.editorial.kinds import Kind
from alstrom_site.editorial.models import Document, Edition, FormerAddress, Revision


def kinds_at_the_desk() -> dict[str, tuple[Kind, type[Model]]]:
    """Return, by its name, each kind that has pages at the desk, with its model; in the order of their labels."""
    found = {}
    for model, model_admin in admin.site._registry.items():
        kind: Kind | None = getattr(model_admin, "kind", None)
        if kind is not None:
            found[kind.name] = (kind, model)
    return dict(sorted(found.items(), key=lambda each: each[1][0].label_plural))


def document_url(document: Document, page: str = "standing") -> str:
    """Return the address of a document's page; raise LookupError when its kind has none at the desk."""
    return _reverse(document, page, document.pk)


def edition_url(edition: Edition, page: str = "standing") -> str:
    """Return the address of a page of its document that is about this edition; it names an urgent fix, beside which
    another edition may be open.
    """
    address = document_url(edition.document, page)
    return f"{address}?{urlencode({'edition': edition.pk})}" if edition.is_urgent else address


def page_of(kind: str, address: str) -> str:
    """Return where the document stands at the desk that has an address or had it, "" when none did."""
    return pages_of([(kind, address)]).get((kind, address), "")


def pages_of(places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return where each document stands at the desk that has an address of a kind, or had it. Two queries, or none.

    Where one document was merged into another, that is where the other one stands.
    """
    wanted = reduce(or_, (Q(kind=kind, address=address) for kind, address in sorted(set(places))), Q())
    if not wanted:
        return {}
    now = {(each.kind, each.address): document_url(each) for each in Document.objects.filter(wanted)}
    before = FormerAddress.objects.filter(wanted).select_related("document")
    return now | {(each.kind, each.address): document_url(each.document) for each in before}


def step_url(document: Document, verb: str) -> str:
    """Return where the form of a step is sent."""
    return _reverse(document, "step", document.pk, verb)


def text_url(document: Document, revision: Revision) -> str:
    """Return the address at which one text of a document can be read."""
    return _reverse(document, "text", document.pk, revision.pk)


def part_url(document: Document, page: str, part: int) -> str:
    """Return the address of a page of a document that is about one part of it, such as a comment, by its number."""
    return _reverse(document, page, document.pk, part)


def comparison_url(document: Document, old: Revision | None, new: Revision) -> str:
    """Return the address of what changed between two texts; without an old one all of it is new."""
    return changed_url(document, old.pk if old else None, new.pk)


def changed_url(document: Document, old: int | None, new: int) -> str:
    """Return the address of what changed between two texts that are known by their numbers in the database."""
    chosen = {"from": old or "", "to": new}
    return f"{document_url(document, 'compare')}?{urlencode(chosen)}"


def list_url(kind: str = "", **chosen: str) -> str:
    """Return the address of the list of one kind, or of all kinds, with these filters."""
    name = "editorial_document"
    if kind:
        model = kinds_at_the_desk()[kind][1]
        name = f"{model._meta.app_label}_{model._meta.model_name}"
    address = reverse(f"admin:{name}_changelist")
    return f"{address}?{urlencode(chosen)}" if chosen else address


def _reverse(document: Document, page: str, *arguments: object) -> str:
    try:
        _, model = kinds_at_the_desk()[document.kind]
    except KeyError:
        raise LookupError(f"Documents of the kind {document.kind!r} have no page at the desk.") from None
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)
