"""What `verify_record` costs: time of each check, queries, and how memory grows with the record.

`make bench` runs it. The record is made up row by row, with true digests and a true chain, so that no
fault is found.
"""

import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alstrom_site.accounts.models import User
from alstrom_site.editorial import verification
from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition, Event, Revision
from alstrom_site.editorial.models.event import FIRST
from alstrom_site.folding import fold
from tests.cast import NOW, Cast
from tests.documents import term_content

DOCUMENTS = int(os.environ.get("DOCUMENTS", "100000"))
"""With ten events each: a million."""
EVENTS_EACH = 10
AT_ONCE = 2000
TABLES = ("document", "edition", "revision", "event")

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_the_record]


class Chain:
    """Makes events that follow each other."""

    def __init__(self) -> None:
        self.previous, self.positions = FIRST, count(1)

    def event(self, edition: Edition, verb: str, by: User, **details: Any) -> Event:
        """Return the next event, not yet written."""
        position = next(self.positions)
        text = edition.text
        made = Event(
            position=position,
            document_id=edition.document_id,
            edition=edition,
            revision=text,
            verb=verb,
            source="" if verb == "start" else "draft",
            target="draft",
            by=by,
            by_name=str(by),
            at=NOW + timedelta(seconds=position),
            details=canonical_json(details),
            revision_digest=text.digest,
            previous=self.previous,
        )
        self.previous = made.digest = sha256(canonical_json(made.as_chained()))
        return made


def fill(cast: Cast, documents: int) -> None:
    """Write so many drafts, each begun once and handed over again and again."""
    chain = Chain()
    for first in range(0, documents, AT_ONCE):
        _write(cast, chain, range(first, min(first + AT_ONCE, documents)))


def _write(cast: Cast, chain: Chain, numbers: range) -> None:
    drafts = list(_drafts(cast, numbers))
    events = [event for document, edition, text in drafts for event in _events(cast, chain, document, edition, text)]
    Document.objects.bulk_create(document for document, _, _ in drafts)
    Edition.objects.bulk_create(edition for _, edition, _ in drafts)
    Revision.objects.bulk_create(text for _, _, text in drafts)
    Event.objects.bulk_create(events)


def _drafts(cast: Cast, numbers: range) -> Iterator[tuple[Document, Edition, Revision]]:
    kind = kind_named("term")
    for number in numbers:
        content = kind.clean(term_content(f"made-up-{number}"))
        written, title, pk = canonical_json(content), kind.title(content), number + 1_000_000
        names = {"address": kind.address(content), "title": title, "sort_title": fold(title)}
        document = Document(pk=pk, kind="term", owner=cast.editor, **names)
        begun = {"number": 1, "created_by": cast.editor}
        edition = Edition(pk=pk, document=document, status="draft", head_id=pk, **begun)
        text = Revision(pk=pk, edition=edition, number=1, content=written, digest=sha256(written))
        text.author, text.author_name = cast.editor, str(cast.editor)
        yield document, edition, text


def _events(cast: Cast, chain: Chain, document: Document, edition: Edition, text: Revision) -> Iterator[Event]:
    edition.head = text
    begun = chain.event(edition, "start", cast.editor, kind="term", urgent=False, based_on=None)
    document.created_at = edition.created_at = text.created_at = begun.at
    yield begun
    for turn in range(1, EVENTS_EACH):
        to = cast.second_editor if turn % 2 else cast.editor
        event = chain.event(edition, "hand over", cast.administrator, to=str(to), to_id=to.pk)
        document.owner, document.changed_at = to, event.at
        yield event


def measured(check: Callable[[], Iterator[Any]]) -> tuple[float, int, float]:
    """Return seconds, queries and by how much memory grew, in MB, for one check that finds nothing."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with CaptureQueriesContext(connection) as queries:
        begun = time.perf_counter()
        assert list(check()) == []
        taken = time.perf_counter() - begun
    return taken, len(queries), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


@contextmanager
def unguarded() -> Iterator[None]:
    """Leave the triggers of the tables off meanwhile; foreign keys are checked at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE editorial_{table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE editorial_{table} ENABLE TRIGGER USER")
        cursor.execute("ANALYZE")


def test_verifying_the_record(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with unguarded():
        fill(cast, DOCUMENTS)
    rows = {check.__name__: measured(check) for check in verification.CHECKS}
    with capsys.disabled():
        print(f"\nverify_record, {Document.objects.count()} documents, {Event.objects.count()} events")
        for name, (taken, queries, peak) in rows.items():
            print(f"  {name:18} {taken:8.1f} s   {queries:5} queries   {peak:6.1f} MB")
        print(f"  {'all of it':18} {sum(taken for taken, _, _ in rows.values()):8.1f} s")
