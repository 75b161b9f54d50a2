"""Where documents stand and stood: an address that readers knew leads to its document for good and is nobody else's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from alstrom_site.editorial.kinds import Kind, all_kinds, kind_named
from alstrom_site.editorial.models import Document, Edition, FormerAddress, PublishedPage
from alstrom_site.editorial.workflow import Issue, Status


@dataclass(frozen=True)
class Gone:
    """A page that was taken down: since when, and the public path that took its place, "" for none."""

    since: datetime | None
    leads_to: str


def standing_at(kind: str, addresses: Collection[str]) -> "QuerySet[Any, Any]":
    """Return the ids of the documents of a kind that stand, or stood, at any of these addresses; for use in a query."""
    wanted = sorted(set(addresses))
    now = Document.objects.filter(kind=kind, address__in=wanted).values("pk")
    return now.union(FormerAddress.objects.filter(kind=kind, address__in=wanted).values("document"))


def standing_or_stood(kind: str, addresses: Collection[str]) -> set[str]:
    """Return those of the addresses at which a document of a kind stands, or stood. One query."""
    wanted = sorted(set(addresses))
    now = Document.objects.filter(kind=kind, address__in=wanted).values_list("address", flat=True)
    return set(now.union(FormerAddress.objects.filter(kind=kind, address__in=wanted).values_list("address", flat=True)))


def addresses_of(document: Document) -> list[str]:
    """Return every address by which texts may refer to a document: the one of now first. One query.

    None for a document that was merged into another one, which all of its addresses lead to.
    """
    own = Q(document=document) | Q(kind=document.kind, address=document.address)
    rows = list(FormerAddress.objects.filter(own).order_by("pk").values_list("address", "document"))
    if any(leads_to != document.pk for _, leads_to in rows):
        return []
    return list(dict.fromkeys([document.address, *(address for address, _ in rows)]))


def merged_into(document: Document) -> Document | None:
    """Return the document that took this one in, or None. One query."""
    rows = FormerAddress.objects.filter(kind=document.kind, address=document.address).exclude(document=document.pk)
    row = rows.select_related("document").first()
    return row.document if row is not None else None


def taken(kind: Kind, address: str, document: Document | None = None) -> Issue | None:
    """Return why `document` cannot stand at an address, or None: another one stands there, or stood, and which.

    Two queries, and one more for the state of the one that is there.
    """
    own = [document.pk] if document is not None else []
    formers = FormerAddress.objects.filter(kind=kind.name, address=address).exclude(document__in=own)
    former = formers.select_related("document").first()
    if former is not None:
        # First: what was merged stands there still, and goes on in the one that took it in.
        message = f"Another {kind.label} stood at {kind.path(address)}, and that address leads to it for good"
        return _taken(kind, address, f"{message}: “{former.document.title}”. Choose another address.")
    others = Document.objects.filter(kind=kind.name, address=address).exclude(pk__in=own)
    holder = others.select_related("live_edition").first()
    return None if holder is None else _taken(kind, address, _belongs_to(kind, address, holder))


def taken_now(kind: Kind, address: str) -> Issue:
    """Return what is said of an address that another document has by now, one that is begun at the same time too."""
    message = f"Another {kind.label} stands at {kind.path(address)} already. Choose another address."
    return taken(kind, address) or _taken(kind, address, message)


def _belongs_to(kind: Kind, address: str, holder: Document) -> str:
    """Say who has an address; the text of an own one that was discarded is no page, and goes on in its next edition."""
    state = (holder.live_edition or holder.latest_edition).state
    if state is Status.DISCARDED:
        kept = f"The address {kind.path(address)} belongs to “{holder.title}”, whose text was discarded."
        return f"{kept} Begin the next edition of that {kind.label}, or choose another address."
    there = f"Another {kind.label} stands at {kind.path(address)} already: “{holder.title}” ({state.value})."
    return f"{there} Choose another address."


def _taken(kind: Kind, address: str, message: str) -> Issue:
    return Issue(kind.address_field, message, "address-taken", elsewhere=(kind.name, address))


def moves(document: Document, content: dict[str, Any]) -> bool:
    """Whether readers know the document at another address than the one that this content gives it."""
    return document.first_published_at is not None and document.address != kind_named(document.kind).address(content)


def destination(typed: str, *, leaving: Document) -> tuple[str, Issue | None]:
    """Return the path to which a page that is taken down is to lead, and why it cannot, or None.

    It is the path of another page, which readers can open and rely on.
    """
    path = _path(typed)
    kind = kind_named(leaving.kind)
    page = PublishedPage.objects.filter(path=path).values("document", "withdrawn_at").first()
    own = {kind.path(address).casefold() for address in addresses_of(leaving)}
    # Two pages may have addresses that differ in capitals only.
    if page["document"] == leaving.pk if page is not None else path.casefold() in own:
        return path, _wrong("A page cannot lead to itself. Give the address of another page, or none.")
    if page is None:
        return path, _wrong(_unknown(path))
    if page["withdrawn_at"] is not None:
        return path, _wrong(f"The page at {path} was withdrawn. Lead readers to one that they can rely on.")
    return path, None


def _path(typed: str) -> str:
    """A path of this site as it stands in the table of pages, from what may be copied out of a browser."""
    inner = unquote(typed.strip().removeprefix(settings.SITE_URL)).strip("/").replace("\0", "")
    return f"/{inner}/" if inner else "/"


def _unknown(path: str) -> str:
    moved = where_it_went(path)
    if isinstance(moved, str):
        return f"The page at {path} is at {moved} now. Give that address."
    alike = PublishedPage.objects.filter(path__iexact=path).values_list("path", flat=True).first()
    if alike:
        return f"No page stands at {path}, but one at {alike}. Give that address."
    return f"Readers can open no page at {path}. Give the path of a published page, such as /glossary/…/, or none."


def _wrong(message: str) -> Issue:
    return Issue("moved_to", message, "no-destination")


def where_it_went(path: str) -> str | Gone | None:
    """Return what became of a public path at which no page stands, or None when none ever stood there. One query.

    A path is where the page of a renamed document is now. A page that was taken down is `Gone`; it leads to another
    one only while that one is public.
    """
    document = _once_at(path)
    if document is None or document.first_published_at is None:
        return None
    if document.page_now:
        return str(document.page_now) if document.page_now != path else None
    leads_to = str(document.target or "")
    return Gone(document.down_since, "" if leads_to == path else leads_to)


def _once_at(path: str) -> Any:
    """The document that stands or stood at a public path, with its page of now and, if it has none, what it left."""
    page = PublishedPage.objects.filter(document=OuterRef("pk"))
    target = PublishedPage.objects.filter(path=OuterRef("moved_to"))
    ids = [standing_at(kind.name, [address]) for kind, address in _read(path)]
    if not ids:
        return None
    down = Edition.objects.filter(document=OuterRef("pk"), status=Status.UNPUBLISHED).order_by("-number")
    found: Any = Document.objects.filter(pk__in=ids[0].union(*ids[1:])).annotate(
        page_now=Subquery(page.values("path")[:1]),
        target=Subquery(target.values("path")[:1]),
        down_since=Subquery(down.values("ended_at")[:1]),
    )
    # One that was merged into another one stands at the same address; readers are led to the one that they can read.
    return found.order_by(F("page_now").asc(nulls_last=True), "pk").first()


def path_now(path: str) -> str:
    """Return where the document stands now that stood at a public path before; the path itself when none did."""
    for kind, address in _read(path):
        former = FormerAddress.objects.filter(kind=kind.name, address=address).select_related("document").first()
        if former is not None:
            return kind.path(former.document.address)
    return path


def _read(path: str) -> list[tuple[Kind, str]]:
    """Every kind and address that this public path may be."""
    found = []
    for kind in all_kinds():
        begin, _, end = kind.path("\0").partition("\0")
        if path.startswith(begin) and path.endswith(end) and len(path) > len(begin) + len(end):
            found.append((kind, path[len(begin) : len(path) - len(end)]))
    return found
