"""What the tests of the writing forms share: their addresses, and what somebody else does meanwhile."""

from typing import Any

from django.test import Client
from django.urls import reverse

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, Edition, Event, Revision
from tests.cast import NOW, Cast
from tests.documents import STEP, fresh

MODELS = {
    "article": "pages_article",
    "faq": "pages_question",
    "term": "pages_term",
    "reference": "references_reference",
}


def page(document: Document, name: str = "change") -> str:
    """Return the address of a page of a document."""
    return reverse(f"admin:{MODELS[document.kind]}_{name}", args=[document.pk])


def new(kind: str) -> str:
    """Return the address at which a document of this kind is begun."""
    return reverse(f"admin:{MODELS[kind]}_add")


def written() -> tuple[int, int]:
    """Return how many texts and events the record holds."""
    return Revision.objects.count(), Event.objects.count()


def said(client: Client, response: Any) -> str:
    """Return the page to which a save leads."""
    return str(client.get(response["Location"]).content.decode())


def save_by_somebody_else(cast: Cast, edition: Edition, **changes: Any) -> Edition:
    """Save a change of the edition's current text as the second editor."""
    seen = fresh(edition).text
    content = {**seen.fields, **changes}
    return actions.save(edition, content, by=cast.second_editor, at=NOW + STEP, seen=seen.digest).edition
