"""Keeping each page as it was published, and which sources it rested on then."""

import hashlib
from collections.abc import Iterable
from typing import Any

from alstrom_site.editorial.kinds import Content, kind_named, pictures_of
from alstrom_site.editorial.models import Edition, PublishedCopy, PublishedPage
from alstrom_site.editorial.texts import CITED, Text, live_texts


def keep_copy(edition: Edition) -> dict[str, Any]:
    """Keep the bytes that readers get of an edition from now on, and return what the event of its publication says.

    `page` is their SHA-256 digest; `sources` are kind, address and digest of every live text that the page cites or
    shows whole; `pictures` are name and digest of every picture in the text and in those that it shows whole.
    """
    body = bytes(PublishedPage.objects.get(document=edition.document_id).body)
    digest = hashlib.sha256(body).hexdigest()
    PublishedCopy.objects.create(edition=edition, body=body, digest=digest)
    found = _sources(edition)
    sources = [[kind, address, text.digest] for kind, address, text in found]
    shown = [(kind, text.content) for kind, _, text in found] + [(edition.document.kind, edition.text.fields)]
    return {"page": digest, "sources": sources, "pictures": _pictures(shown)}


def _pictures(shown: Iterable[tuple[str, Content]]) -> list[list[str]]:
    bodies = {picture.name: picture.body for kind, content in shown for picture in pictures_of(kind, content)}
    # What an answer shows may be gone by now: the answer is not what is published here.
    return [[name, hashlib.sha256(body).hexdigest()] for name, body in sorted(bodies.items()) if body is not None]


def _sources(edition: Edition) -> list[tuple[str, str, Text]]:
    carried = edition.text.relations.filter(kind__in=kind_named(edition.document.kind).carries)
    named = {(CITED, key) for key in edition.text.citations.values_list("key", flat=True)}
    named |= set(carried.values_list("kind", "address"))
    found: list[tuple[str, str, Text]] = []
    for kind in sorted({kind for kind, _ in named}):
        texts = live_texts(kind, [address for each, address in named if each == kind])
        found += [(kind, address, text) for address, text in sorted(texts.items())]
    return found
