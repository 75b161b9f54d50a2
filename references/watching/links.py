"""Whether the addresses of live entries still lead to their works. What is found is reported; no text changes by it."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef

from alstrom_site.editorial.kinds import Content
from alstrom_site.editorial.models import Document
from references.identifiers import doi_url, pmcid_url, pmid_url
from references.models import LinkCheck
from references.models.link_check import FAILING, Outcome
from references.watching.fetching import Answer, NotFollowed

logger = logging.getLogger(__name__)

LONGEST_ADDRESS = 2000
LONGEST_SENTENCE = 300
FAILED = "The check itself failed, of which the log says more."
WEB_PAGE = "Web page"
_NOTHING_REACHED = "references-nothing-reached-at"
_OUTCOMES = {404: Outcome.GONE, 410: Outcome.GONE, 401: Outcome.REFUSED, 403: Outcome.REFUSED, 451: Outcome.REFUSED}
_REFUSED = frozenset({405, 406, 418, 429})


class Asks(Protocol):
    """What asks for addresses: `references.watching.fetching.Fetcher`."""

    def ask(self, url: str, *, follow: bool = True) -> Answer:
        """Return how an address answers; raise NotFollowed."""

    def content(self, url: str) -> bytes:
        """Return what stands at an address."""


@dataclass(frozen=True)
class Address:
    """An address of a work. An identifier that leads on resolves; where to is the publisher's."""

    name: str
    url: str

    @property
    def is_page(self) -> bool:
        """Whether it is the page of the work itself, not an identifier."""
        return self.name == WEB_PAGE


@dataclass(frozen=True)
class Found:
    """What came of asking for an address; `is_silent`: there was no answer at all."""

    outcome: Outcome
    said: str = ""
    location: str = ""
    archived: str = ""
    is_silent: bool = False


_Answers = Sequence[tuple[Address, Found]]


@dataclass
class Counted:
    """How many addresses were asked for, and how many of each outcome."""

    entries: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    silent_hosts: set[str] = field(default_factory=set)
    is_answered: bool = False

    def count(self, found: _Answers) -> None:
        """Count what came of asking for the addresses of one entry."""
        self.entries += 1
        for address, each in found:
            self.outcomes[each.outcome] = self.outcomes.get(each.outcome, 0) + 1
            self.is_answered = self.is_answered or not each.is_silent
            if each.is_silent:
                self.silent_hosts.add(urlsplit(address.url).netloc)

    @property
    def nothing_was_reached(self) -> bool:
        """Whether several hosts were asked and not one answered: that says something of this machine, not of them."""
        return not self.is_answered and len(self.silent_hosts) > 1


def addresses_of(content: Content) -> Iterator[Address]:
    """Yield the addresses under which the work of an entry is found."""
    urls: Sequence[tuple[str, str, Callable[[str], str]]] = (
        ("DOI", content.get("DOI", ""), doi_url),
        ("PubMed", content.get("PMID", ""), pmid_url),
        ("PubMed Central", content.get("PMCID", ""), pmcid_url),
        (WEB_PAGE, content.get("URL", ""), str),
    )
    for name, value, url in urls:
        if value and urlsplit(url(value)).scheme in ("http", "https"):
            yield Address(name, url(value)[:LONGEST_ADDRESS])


def check_due(asks: Asks, *, at: datetime, most: int, go_on: Callable[[], bool] = lambda: True) -> Counted:
    """Check the addresses of live entries that were not checked for long, at most so many, and count what was found.

    Whoever is asked is asked outside any transaction. Stops after the entry at which `go_on` says no. Nothing is noted,
    and the entries stay due, when nothing was reached at all.
    """
    counted, held = Counted(), list[tuple[Document, _Answers]]()
    recent = at - timedelta(days=settings.LINK_CHECK_DAYS)
    checked = LinkCheck.objects.filter(document=OuterRef("pk"), checked_at__gt=recent)
    due = Document.objects.live().of_kind("reference").filter(~Exists(checked)).order_by("pk")
    for pk in list(due.values_list("pk", flat=True)[:most]):
        document = Document.objects.live().select_related("live_edition__head").filter(pk=pk).first()
        if document is not None:
            held.append((document, _asked(document, asks)))
            counted.count(held[-1][1])
        if counted.is_answered:
            _note(held, at)
            held.clear()
        if not go_on():
            break
    if not counted.nothing_was_reached:
        _note(held, at)
    _remember(counted, at)
    return counted


def nothing_reached_at() -> datetime | None:
    """Return when addresses were asked for last, if no server could be reached then."""
    at: datetime | None = cache.get(_NOTHING_REACHED)
    return at


def _remember(counted: Counted, at: datetime) -> None:
    if counted.nothing_was_reached:
        cache.set(_NOTHING_REACHED, at, timeout=None)
    elif counted.is_answered:
        cache.delete(_NOTHING_REACHED)


def check_one(document: Document, asks: Asks, *, at: datetime) -> Counted:
    """Check the addresses of one live entry now."""
    counted, found = Counted(), _asked(document, asks)
    counted.count(found)
    _note([(document, found)], at)
    return counted


def _asked(document: Document, asks: Asks) -> _Answers:
    edition = document.live_edition
    addresses = list(addresses_of(edition.text.fields)) if edition else []
    try:
        return [(each, _ask(each, asks)) for each in addresses]
    except Exception:  # noted too, or this entry would be the first at every run and none after it were checked
        logger.exception("The addresses of %s could not be checked.", document.address)
        return _failed(addresses)


def _note(held: Iterable[tuple[Document, _Answers]], at: datetime) -> None:
    for document, found in held:
        try:
            _keep(document, found, at)
        except Exception:  # noted as well, for the same reason
            logger.exception("What was found of the addresses of %s could not be noted.", document.address)
            _keep(document, _failed(each for each, _ in found), at)


def _failed(addresses: Iterable[Address]) -> _Answers:
    return [(each, Found(Outcome.UNREACHABLE, FAILED)) for each in addresses]


def _ask(address: Address, asks: Asks) -> Found:
    try:
        answer = asks.ask(address.url, follow=address.is_page)
    except NotFollowed as refused:
        return Found(Outcome.NOT_FOLLOWED, str(refused))
    outcome = _outcome(address, answer)
    location = answer.url if answer.url != address.url else ""
    said = answer.said or (f"It answered with {answer.status}." if outcome != Outcome.WORKS else "")
    archived = _archived(address, asks) if address.is_page and outcome != Outcome.WORKS else ""
    return Found(outcome, said, location[:LONGEST_ADDRESS], archived, is_silent=answer.status == 0)


def _outcome(address: Address, answer: Answer) -> Outcome:
    if answer.status in _REFUSED:
        return Outcome.REFUSED
    if 200 <= answer.status < 400:
        return Outcome.MOVED if address.is_page and _is_elsewhere(address.url, answer.url) else Outcome.WORKS
    return _OUTCOMES.get(answer.status, Outcome.UNREACHABLE)


def _is_elsewhere(asked: str, led_to: str) -> bool:
    """Whether an address led to another page; the same one by https, with www or with a stroke at its end is none."""
    return _plain(asked) != _plain(led_to)


def _plain(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return parts.netloc.casefold().removeprefix("www."), parts.path.rstrip("/"), parts.query


def _archived(address: Address, asks: Asks) -> str:
    """The address of an archived copy, "" where none is known (Wayback Availability JSON API)."""
    if not settings.OLD_COPIES_URL:
        return ""
    try:
        answer: Any = json.loads(asks.content(f"{settings.OLD_COPIES_URL}?url={quote(address.url, safe='')}") or b"{}")
        closest = answer["archived_snapshots"]["closest"]
        url = str(closest["url"]) if closest.get("available") else ""
        is_address = url.isprintable() and urlsplit(url).scheme in ("http", "https")
    except (NotFollowed, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ""
    return url[:LONGEST_ADDRESS] if is_address else ""


@transaction.atomic
def _keep(document: Document, found: _Answers, at: datetime) -> None:
    """Replace what was found before; since when an address fails stays."""
    before = {row.name: row for row in document.link_checks.select_for_update()}
    rows = [_row(document, address, each, before.get(address.name), at) for address, each in found]
    document.link_checks.all().delete()
    LinkCheck.objects.bulk_create(rows or [LinkCheck(document=document, checked_at=at)])


def _row(document: Document, address: Address, found: Found, before: LinkCheck | None, at: datetime) -> LinkCheck:
    same = before if before is not None and before.url == address.url else None
    failing = found.outcome in FAILING
    since = same.failing_since if same is not None and same.failing_since else at
    return LinkCheck(
        document=document,
        name=address.name,
        url=address.url,
        outcome=found.outcome,
        said=found.said[:LONGEST_SENTENCE],
        location=found.location,
        archived=found.archived or (same.archived if same is not None else ""),
        checked_at=at,
        failing_since=since if failing else None,
    )
