"""Published pages: made from live documents, and made again from them, byte for byte the same."""

import hashlib
import logging
from collections.abc import Iterable, Sequence

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Case, Value, When

from alstrom_site.editorial import deferring, derived
from alstrom_site.editorial.kinds import LiveDocument, Page, compose
from alstrom_site.editorial.models import Document, Edition, ListPlace, PublishedPage, Revision
from alstrom_site.editorial.public_history import public_history
from alstrom_site.editorial.texts import approvals_of
from alstrom_site.folding import fold

logger = logging.getLogger(__name__)
# Texts are folded before they are stored, so the plain dictionary suffices for names, English for running text.
SEARCH_NAMES_CONFIGURATION = "simple"
SEARCH_TEXT_CONFIGURATION = "english"
# The number under which writers of pages queue; any number that nothing else in this database locks.
PAGES_LOCK = 6_203_801
MOST_AT_ONCE = 50
"""How many pages beside its own a step makes itself: everybody else's step waits for them."""


def live_document(document: Document) -> LiveDocument:
    """Return what the page of a live document is made from; raise LookupError when it is not live."""
    edition = document.live_edition
    if edition is None:
        raise LookupError(f"{document} is not live.")
    return LiveDocument(
        document=document,
        edition=edition,
        revision=edition.text,
        content=edition.text.fields,
        approvals=approvals_of(Edition.objects.filter(pk=edition.pk)).get(document.pk, ()),
        authors=_authors(edition),
        history=public_history(document),
    )


def refresh(document: Document, *, at_once: bool = False) -> None:
    """Make the page of this document anew, or take it away when it is live no more.

    Every page that shows it, or that it shows or showed until now, is marked, of which readers are told, and a job is
    queued that makes those anew (`refresh_stale`). With `at_once` those that show it are made here, the first
    MOST_AT_ONCE of them. Belongs into the transaction that changed what is live.
    """
    _take_turn()
    beside = _made_from(document)
    if document.live_edition_id is None:
        PublishedPage.objects.filter(document=document).delete()
    else:
        # As it is stored: what is in hand may have been read before the step that is being taken.
        _store(Document.objects.select_related("live_edition__head").get(pk=document.pk))
        beside |= _made_from(document)
    pages = PublishedPage.objects.made_from([document.pk]) | PublishedPage.objects.filter(document__in=beside)
    if pages.exclude(document=document).update(is_stale=True):
        deferring.later(deferring.REFRESH_STALE_PAGES, {})
    if at_once:
        showing = Document.objects.filter(published_page__in=PublishedPage.objects.made_from([document.pk]))
        # What carries or cites it first, before what only names it beside: that is of its own kind.
        first = Case(When(kind=document.kind, then=1), default=0)
        for other in showing.exclude(pk=document.pk).order_by(first, "pk")[:MOST_AT_ONCE]:
            _store_if_possible(other)


def _store_if_possible(document: Document) -> None:
    """Make a page anew; one that cannot be made stays marked and stands in no step's way."""
    try:
        with transaction.atomic():
            _store(Document.objects.select_related("live_edition__head").get(pk=document.pk))
    except Exception:  # whatever it is, it is about this page alone
        logger.exception("The page of %s could not be made at once.", document)


class PagesNotMade(Exception):
    """Some marked pages could not be made; the text names them and why. They stay marked, and the others are made."""


def refresh_stale() -> int:
    """Make every marked page anew, each in a transaction of its own, and return how many; safe to run twice at once.

    Raises PagesNotMade, when all others are made, if a page could not be.
    """
    marked = PublishedPage.objects.filter(is_stale=True).order_by("document").values_list("document", "path")
    return _make_all(list(marked))


def differences(page: PublishedPage) -> list[str]:
    """Return the names of the columns in which a stored page is not what its live document makes; search aside.

    One that is marked to be made anew may differ, and is compared all the same.

    Raises LookupError when its document is not live.
    """
    live = live_document(page.document)
    composed = compose(live)
    made = {name: value for name, value in _row(live, composed).items() if name != "is_stale"}
    columns = [name for name, value in made.items() if _plain(getattr(page, name)) != value]
    return [*columns, *([] if _stands_in(page.places.all(), composed) else ["places"])]


def _plain(stored: object) -> object:
    return bytes(stored) if isinstance(stored, memoryview) else stored


def rebuild() -> int:
    """Make every page anew from the live documents, drop those that have none, and return how many there are.

    Each page is a transaction of its own: whoever publishes meanwhile waits for one page and is not overwritten. Raises
    PagesNotMade, when all others are made, if a page could not be; what stands of it is marked.
    """
    derived.complete()
    with transaction.atomic():
        _take_turn()
        PublishedPage.objects.exclude(document__in=Document.objects.live()).delete()
    return _make_all(list(Document.objects.live().order_by("pk").values_list("pk", "address")))


def _make_all(pages: Sequence[tuple[int, str]]) -> int:
    """Make the pages of these documents, each named for the message, and return how many; raise PagesNotMade after."""
    made, failed = 0, []
    for document_id, name in pages:
        try:
            made += _made_again(document_id)
        except Exception as error:  # whatever it is, it is about this page alone
            logger.exception("The page %s could not be made.", name)
            failed.append(f"{name} ({error})")
            PublishedPage.objects.filter(document=document_id).update(is_stale=True)
    if failed:
        raise PagesNotMade(f"These pages could not be made anew: {', '.join(failed)}.")
    return made


@transaction.atomic
def _made_again(document_id: int) -> bool:
    """Make one page anew from what is live now that nobody else writes pages; False when it is live no more."""
    _take_turn()
    document = Document.objects.live().select_related("live_edition__head").filter(pk=document_id).first()
    if document is not None:
        _store(document)
    return document is not None


def _take_turn() -> None:
    """Wait until no other transaction writes pages, so that none is made from texts that another one replaces."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PAGES_LOCK])


def _made_from(document: Document) -> set[int]:
    stored = PublishedPage.objects.filter(document=document).values_list("made_from", flat=True).first()
    return set(stored or ())


def _authors(edition: Edition) -> tuple[str, ...]:
    """Everybody whose text led to the live one, in the order of their first text, each once."""
    texts = Revision.objects.that_led_to(edition.text).order_by("created_at", "pk")
    return tuple(dict.fromkeys(texts.values_list("author_name", flat=True)))


def _store(document: Document) -> None:
    live = live_document(document)
    page = compose(live)
    stored, _ = PublishedPage.objects.update_or_create(document=document, defaults=_row(live, page))
    _put_in_lists(stored, page)
    PublishedPage.objects.filter(document=document).update(
        search_vector=SearchVector(Value(_names(page)), weight="A", config=SEARCH_NAMES_CONFIGURATION)
        + SearchVector(Value(_names(page)), weight="B", config=SEARCH_TEXT_CONFIGURATION)
        + SearchVector(Value(fold(page.description)), weight="B", config=SEARCH_TEXT_CONFIGURATION)
        + SearchVector(Value(fold(page.search_text)), weight="C", config=SEARCH_TEXT_CONFIGURATION)
    )


def _put_in_lists(stored: PublishedPage, page: Page) -> None:
    """Give a page its places in lists; those that it has already are left alone."""
    if not _stands_in(stored.places.all(), page):
        stored.places.all().delete()
        for place in page.places:
            place.page = stored
        ListPlace.objects.bulk_create(page.places)


def _stands_in(places: Iterable[ListPlace], page: Page) -> bool:
    return sorted(map(_place, places)) == sorted(map(_place, page.places))


def _place(place: ListPlace) -> tuple[str, ...]:
    return (place.kind, place.heading, place.heading_order, place.order, place.year, place.type)


def _row(live: LiveDocument, page: Page) -> dict[str, object]:
    return {
        "revision": live.revision,
        "kind": live.document.kind,
        "path": page.path,
        "title": page.title,
        "sort_title": fold(page.title)[:400],
        "description": page.description,
        "listing": dict(page.listing),
        "body": page.body,
        "body_overdue": page.body_overdue,
        "etag": _etag(page.body),
        "etag_overdue": _etag(page.body_overdue),
        "revision_digest": live.revision.digest,
        "review_due_on": live.document.review_due_on,
        "published_at": live.edition.published_at,
        "withdrawn_at": live.edition.withdrawn_at,
        "is_stale": False,
        "made_from": sorted({live.document.pk, *page.made_from}),
        "search_title": _names(page),
        "search_text": fold(page.search_text),
    }


def _names(page: Page) -> str:
    return fold(" ".join([page.title, *page.search_names]))


def _etag(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
