"""Keeping each page as it was published, and which sources it rested on then."""

import hashlib
from typing import Any

from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition, PublishedCopy, PublishedPage
from alstrom_site.editorial.texts import CITED, live_texts


def keep_copy(edition: Edition) -> dict[str, Any]:
    """Keep the bytes that readers get of an edition from now on, and return what the event of its publication says.

    `page` is their SHA-256 digest; `sources` are kind, address and digest of every live text that the page cites or
    shows whole.
    """
    body = bytes(PublishedPage.objects.get(document=edition.document_id).body)
    digest = hashlib.sha256(body).hexdigest()
    PublishedCopy.objects.create(edition=edition, body=body, digest=digest)
    return {"page": digest, "sources": _sources(edition)}


def _sources(edition: Edition) -> list[list[str]]:
    carried = edition.text.relations.filter(kind__in=kind_named(edition.document.kind).carries)
    named = {(CITED, key) for key in edition.text.citations.values_list("key", flat=True)}
    named |= set(carried.values_list("kind", "address"))
    found = []
    for kind in sorted({kind for kind, _ in named}):
        texts = live_texts(kind, [address for each, address in named if each == kind])
        found += [[kind, address, text.digest] for address, text in sorted(texts.items())]
    return found
