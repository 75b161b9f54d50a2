"""The contents that are handed on to other programs: of published entries, and of pages as works that can be cited."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, astuple, replace
from typing import Any

from django.db.models.fields.json import KT
from django.db.models.functions import Collate

from alstrom_site.editorial.addresses import standing_at
from alstrom_site.editorial.composing import absolute, shown_partial
from alstrom_site.editorial.kinds import Content
from alstrom_site.editorial.models import FormerAddress, PublishedPage
from alstrom_site.folding import slugify
from alstrom_site.page_parts import HappenedTo
from references.formatting.dates import nlm_date
from references.licences import shows_abstract
from references.shape import NOTICE
from references.standing import Notice, what_happened

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


def handed_on(
    content: Content,
    *,
    observed: Iterable[Notice] = (),
    happened: Iterable[HappenedTo] = (),
    standing: Sequence[str] = (),
) -> dict[str, Any]:
    """Return what others get of an entry: its abstract only where the licence of that is open, and how it stands.

    `observed`: what was learned of the work since, which goes among its notices. `standing`: more lines in words.
    """
    closed = not shows_abstract(content)
    shared = {name: value for name, value in content.items() if not (closed and name == "abstract")}
    notices = [*content.get("notices", ())]
    for each in sorted(observed, key=astuple):
        told = {part: text for part, text in asdict(dated(each)).items() if part in NOTICE and text}
        notices += [told] if told not in notices else []
    lines = [*standing, *(_line(each) for each in happened)]
    return shared | ({"notices": notices} if notices else {}) | ({"standing": lines} if lines else {})


def notices_told(content: Content, observed: Iterable[Notice]) -> list[dict[str, str]]:
    """Return the notices of an entry and those of what was learned since, of each thing that happened the first one."""
    told: list[dict[str, str]] = []
    for each in handed_on(content, observed=observed).get("notices", ()):
        if len(what_happened({"notices": [*told, each]})) > len(what_happened({"notices": told})):
            told.append(each)
    return told


def dated(notice: Notice) -> Notice:
    """Return a notice that says in its text when it came, as PubMed's do: no form has a field for that."""
    year = notice.date[:4]
    return notice if year in notice.text else replace(notice, text=f"{nlm_date(notice.date)} {notice.text}".strip())


def withdrawn_from(path: str, day: str) -> list[str]:
    """Return the line by which a file says that this site no longer stands by its page; none for no day."""
    shown = shown_partial(day)
    return [f"Withdrawn from the site “{SITE_NAME}” on {shown.text}: {absolute(path)}"] if shown else []


def _line(each: HappenedTo) -> str:
    """What happened, with the address of its notice: a PMID in its words would be read as that of the work."""
    return ": ".join(filter(None, (each.words, each.url or each.text)))


def as_web_page(page: PublishedPage) -> dict[str, Any]:
    """Return a page of this site as a work that can be cited; when it was seen is the reader's to say."""
    made = {
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
    standing = withdrawn_from(page.path, page.listing["card"].get("withdrawn", ""))
    return made | ({"standing": standing} if standing else {})
