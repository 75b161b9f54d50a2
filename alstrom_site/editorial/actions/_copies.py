"""Keeping each page as it was published, and which sources it rested on then."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from alstrom_site.editorial.kinds import Content, kind_named, pictures_of
from alstrom_site.editorial.models import Citation, Edition, PublishedCopy, PublishedPage, Relation
from alstrom_site.editorial.texts import CITED, Text, live_texts

Named = tuple[str, str, Text]
"""A live text with its kind and the address by which it is named."""


def keep_copy(edition: Edition) -> dict[str, Any]:
    """Keep the bytes that readers get of an edition from now on, and return what the event of its publication says.

    `page` is their SHA-256 digest; `sources` are kind, address and digest of every live text that the page cites, in
    its own text or in one that it shows whole, and of those that it shows whole; `pictures` are name and digest of
    every picture in the text and in those that it shows whole.
    """
    body = bytes(PublishedPage.objects.get(document=edition.document_id).body)
    digest = hashlib.sha256(body).hexdigest()
    PublishedCopy.objects.create(edition=edition, body=body, digest=digest)
    carried = _carried(edition)
    rests_on = sorted([kind, address, text.digest] for kind, address, text in (*carried, *_cited(edition, carried)))
    shown = [(kind, text.content) for kind, _, text in carried] + [(edition.document.kind, edition.text.fields)]
    return {"page": digest, "sources": rests_on, "pictures": _pictures(shown)}


def _pictures(shown: Iterable[tuple[str, Content]]) -> list[list[str]]:
    bodies = {picture.name: picture.body for kind, content in shown for picture in pictures_of(kind, content)}
    # What an answer shows may be gone by now: the answer is not what is published here.
    return [[name, hashlib.sha256(body).hexdigest()] for name, body in sorted(bodies.items()) if body is not None]


def _carried(edition: Edition) -> list[Named]:
    """The live texts that the page shows whole."""
    named = set(_relations(edition).values_list("kind", "address"))
    by_kind = {kind: [address for each, address in named if each == kind] for kind, _ in named}
    return [(kind, *found) for kind, addresses in by_kind.items() for found in live_texts(kind, addresses).items()]


def _relations(edition: Edition) -> QuerySet[Relation]:
    return edition.text.relations.filter(kind__in=kind_named(edition.document.kind).carries)


def _cited(edition: Edition, carried: Iterable[Named]) -> list[Named]:
    """The live sources of the text and of those that its page shows whole."""
    shown = Edition.objects.live().filter(document__in=[text.document_id for *_, text in carried]).values("head")
    cited = Citation.objects.filter(Q(revision=edition.text) | Q(revision__in=shown))
    sources = live_texts(CITED, set(cited.values_list("key", flat=True)))
    return [(CITED, address, text) for address, text in sources.items()]
