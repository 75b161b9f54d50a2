"""The contents that are handed on to other programs: of published entries, and of pages as works that can be cited."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models.fields.json import KT
from django.db.models.functions import Collate

from alstrom_site.editorial.addresses import standing_at
from alstrom_site.editorial.composing import absolute
from alstrom_site.editorial.kinds import Content
from alstrom_site.editorial.models import FormerAddress, PublishedPage
from alstrom_site.folding import slugify

SITE_NAME = "Alström syndrome"


def published_contents(keys: Collection[str] = ()) -> dict[str, Content]:
    """Return what others get of published entries by key, in the order of the bibliography; all when no key is named.

    An entry that was asked for by a key of one that it took in stands under that key too.
    """
    pages = PublishedPage.objects.filter(kind="reference").order_by(Collate(KT("listing__card__order"), "C"), "path")
    if keys:
        pages = pages.filter(document__in=standing_at("reference", keys))
    rows = pages.values_list("listing__reference", flat=True)
    found = {content["key"]: content for content in rows.iterator() if content}
    return found | {former: found[key] for former, key in _former(keys) if key in found}


def _former(keys: Collection[str]) -> Iterable[tuple[str, str]]:
    """Of these keys those that lead to another entry, and the key of that."""
    rows = FormerAddress.objects.filter(kind="reference", address__in=keys) if keys else FormerAddress.objects.none()
    return rows.values_list("address", "document__address")


def handed_on(content: Content) -> dict[str, Any]:
    """Return what others get of an entry: its abstract only where the licence of that is named."""
    closed = not content.get("abstract_licence")
    return {name: value for name, value in content.items() if not (closed and name == "abstract")}


def as_web_page(page: PublishedPage) -> dict[str, Any]:
    """Return a page of this site as a work that can be cited; when it was seen is the reader's to say."""
    return {
        "key": slugify(page.path.strip("/").replace("/", " ")) or "home",
        "type": "webpage",
        "author": [],
        "title": page.title,
        "container_title": SITE_NAME,
        "issued": f"{page.published_at:%Y-%m-%d}",
        "URL": absolute(page.path),
        "language": "en",
        "notes": [],
    }
