"""The evidence pack of one published edition: a ZIP whose files a stranger checks with sha256sum alone.

What was recorded under a digest stands in a file that is named by that digest, byte for byte what the digest was taken
over. The same edition gives the same bytes as long as nothing new happens to its document, or to what its page shows.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from alstrom_site.editorial.canonical import canonical_json
from alstrom_site.editorial.evidence.instructions import instructions
from alstrom_site.editorial.kinds import compose, pictures_of
from alstrom_site.editorial.models import Citation, Document, Edition, Event, PublishedCopy, PublishedPage, Revision
from alstrom_site.editorial.projection import live_document
from alstrom_site.editorial.texts import CITED, standing_signatures
from alstrom_site.editorial.workflow import LIVE, VERBS_OF_PUBLICATION

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the pack, the earliest that ZIP can hold: no clock goes into the bytes."""


@dataclass(frozen=True)
class Pack:
    """The bytes of the ZIP and the name to save it under."""

    name: str
    body: bytes


def pack_of(edition: Edition) -> Pack:
    """Return the evidence of an edition that was published; raise LookupError for one that never was."""
    if edition.published_at is None:
        raise LookupError(f"{edition} was never published, so there is nothing to prove about it.")
    folder = f"{file_name_of(edition.document)}-edition-{edition.number}"
    files = dict(_files(edition))
    files["CHECK.txt"] = instructions(edition, sorted(files)).encode("utf-8")
    sums = "".join(f"{sha256(body).hexdigest()}  {name}\n" for name, body in sorted(files.items()))
    files["SHA256SUMS"] = sums.encode("utf-8")
    return Pack(f"{folder}.zip", _zipped(folder, files))


def file_name_of(document: Document) -> str:
    """Return a name for files about a document that every system takes, and that no other document has.

    Windows takes none of the marks that a key may hold, and tells no capitals apart: a digest does that.
    """
    plain = re.sub(r"[^a-z0-9._-]", "-", document.address.lower())
    same = plain == document.address
    told_apart = plain if same else f"{plain}-{sha256(document.address.encode()).hexdigest()[:12]}"
    return f"{document.kind}-{told_apart}"


def _files(edition: Edition) -> Iterator[tuple[str, bytes]]:
    text = edition.text
    yield f"text/{text.digest}.json", text.content.encode("utf-8")
    published = _publication(edition)
    yield from _pages(edition, published)
    yield from _reviews(edition)
    yield from _sources(edition, published)
    yield from _pictures(edition, published)
    for event in Event.objects.filter(document=edition.document).order_by("position"):
        yield f"events/{event.position:09}-{event.digest}.json", canonical_json(event.as_chained()).encode("utf-8")


def _reviews(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Every verdict as it was signed: what holds of exactly this text apart from what was said besides."""
    holding = set(standing_signatures().filter(edition=edition).values_list("pk", flat=True))
    verdicts = edition.reviews.filter(event__isnull=False).select_related("event").order_by("at", "pk")
    for number, review in enumerate(verdicts, start=1):
        folder = "approvals" if review.pk in holding else "verdicts"
        recorded = review.event.fields.get("review", "unrecorded")
        yield f"{folder}/{number:03}-{recorded}.json", canonical_json(review.as_signed()).encode("utf-8")


def _publication(edition: Edition) -> dict[str, Any]:
    """What the event says by which it was published: the digests of its page and of its sources, as they stood then."""
    event = edition.events.filter(verb__in=VERBS_OF_PUBLICATION).order_by("position").last()
    return event.fields if event is not None else {}


def _pages(edition: Edition, published: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The page as it was published; while it is live also as readers get it now, before and after its review is late.

    Of what was published before copies were kept there is none.
    """
    copy = PublishedCopy.objects.filter(edition=edition).first()
    if copy is not None:
        yield f"page/{published.get('page', 'unrecorded')}.html", bytes(copy.body)
    if edition.state not in LIVE:
        return
    stored = PublishedPage.objects.filter(document=edition.document, revision=edition.head, is_stale=False).first()
    if stored is not None:
        yield "page.html", bytes(stored.body)
        yield "page-overdue.html", bytes(stored.body_overdue)
    else:
        page = compose(live_document(edition.document))
        yield "page.html", page.body
        yield "page-overdue.html", page.body_overdue


def _sources(edition: Edition, published: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """What the page rested on, each text as it stood when the page was published, and where the text cites it."""
    recorded = {(kind, address): digest for kind, address, digest in published.get("sources", ())}
    texts = Revision.objects.filter(digest__in=recorded.values()).order_by("digest", "pk").distinct("digest")
    for text in texts:
        yield f"sources/{text.digest}.json", text.content.encode("utf-8")
    yield "sources.json", _listed(edition, recorded)


def _pictures(edition: Edition, published: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """What the text shows, and those texts that its page shows whole, as it lies in the store; not what is gone."""
    recorded = {digest: kind for kind, _, digest in published.get("sources", ())}
    shown = {(recorded[text.digest], text) for text in Revision.objects.filter(digest__in=recorded)}
    for kind, text in [(edition.document.kind, edition.text), *shown]:
        for picture in pictures_of(kind, text.fields):
            if picture.body is not None:
                yield f"pictures/{picture.name}", picture.body


def _listed(edition: Edition, recorded: Mapping[tuple[str, str], str]) -> bytes:
    """The citing places in order, each with the digest of its source, "" where none was recorded."""
    cited = Citation.objects.filter(revision=edition.head).order_by("position")
    listed = [
        {
            "position": citation.position,
            "key": citation.key,
            "locator": citation.locator,
            "field": citation.field,
            "line": citation.line,
            "source": recorded.get((CITED, citation.key), ""),
        }
        for citation in cited
    ]
    return (json.dumps(listed, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def _zipped(folder: str, files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, body in sorted(files.items()):
            opened.writestr(zipfile.ZipInfo(str(PurePosixPath(folder) / name), MOMENT), body, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
