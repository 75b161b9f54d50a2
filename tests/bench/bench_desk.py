"""What the desk costs with 100,000 documents and 1,000,000 events: medians of one run, and the queries of each page.

`make bench` runs it. The content is copied from a few real documents, row by row in the database, past its guards.
"""

import os
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER, PUBLISHER
from alstrom_site.editorial.admin.addresses import document_url, list_url
from alstrom_site.editorial.models import Document, Edition, Event, Review, Revision
from tests.cast import Cast, person
from tests.documents import STEP, draft, in_review, next_edition, published

DOCUMENTS = int(os.environ.get("DOCUMENTS", "100000"))
EVENTS_EACH = 10
OWNERS = 20
TIMES = 5
FIRST = 1_000_000
"""The number of the first copy; what the factories made lies below it."""
COPY = (
    "INSERT INTO {table} ({columns})"
    " SELECT {values} FROM {table} AS source, ({numbers}) AS numbers WHERE source.id = {source}"
)
NUMBERS = "SELECT n FROM generate_series({first}, {last}) AS n WHERE {condition}"
EACH = "SELECT d.n, k FROM ({numbers}) AS d, generate_series(0, {last}) AS k"
UNGUARDED = """
SET CONSTRAINTS ALL IMMEDIATE;
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
    WHERE contype = 'f' AND conrelid::regclass::text LIKE 'editorial_%'
  LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.name, found.conname); END LOOP;
  FOR found IN SELECT DISTINCT tgrelid::regclass AS name FROM pg_trigger
    WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'editorial_%'
  LOOP EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', found.name); END LOOP;
END $$"""
"""Takes guards and foreign keys away, for the transaction of the test, which is never committed."""

GOAL = 0.5
"""In seconds, on a quiet machine: for every page of the desk without a goal of its own."""
GOALS = {"document page": 0.3}

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_the_record]


def copy(source: Any, numbers: str, changes: Mapping[str, str]) -> None:
    """Insert a copy of a row for each `n` of a query, with these columns given as SQL over `n`."""
    opts = type(source)._meta
    columns = [field.column for field in opts.local_concrete_fields]
    values = ", ".join(changes.get(column, f"source.{column}") for column in columns)
    parts = {
        "table": opts.db_table,
        "source": source.pk,
        "columns": ", ".join(columns),
        "values": values,
        "numbers": numbers,
    }
    with connection.cursor() as cursor:
        cursor.execute(COPY.format(**parts))


def every(condition: str = "true") -> str:
    """Return the query of the numbers of copies for which a condition on `n` holds."""
    return NUMBERS.format(first=FIRST, last=FIRST + DOCUMENTS - 1, condition=condition)


LAST_EVENT = "(interval '3 days' + n % 86400 * interval '1 second')"
LIVE, DRAFT, IN_REVIEW = "n % 10 < 8", "n % 10 = 8", "n % 10 = 9"
SECOND = f"{LIVE} AND n % 20 = 3"
"""Live, with a draft of the next edition beside."""


def copies_of(edition: Edition, which: str, owners: str, *, is_live: bool) -> None:
    """Fill in documents whose one edition is a copy of this one."""
    document, text = edition.document, edition.text
    due = "current_date + (n * 7 % 1095)::int - 60"
    copy(
        document,
        every(which),
        {
            "id": "n",
            "address": "'address-' || n",
            "title": "'Test term ' || n",
            "sort_title": "'test term ' || n",
            "owner_id": owners,
            "live_edition_id": "n" if is_live else "NULL",
            "review_due_on": due if is_live else "NULL",
            "last_published_at": "now() - n % 1000 * interval '1 day'" if is_live else "NULL",
            "changed_at": f"now() - {LAST_EVENT}",
        },
    )
    wanted = {"review_due_on": "current_date + (n % 40)::int - 10"} if edition.status == "in review" else {}
    copy(edition, every(which), {"id": "n", "document_id": "n", "head_id": "n", **wanted})
    copy(text, every(which), {"id": "n", "edition_id": "n", "author_id": owners})
    if is_live:
        review = Review.objects.get(edition=edition)
        copy(review, every(which), {"id": "n", "edition_id": "n", "revision_id": "n", "digest": "md5(n::text)"})


def second_editions(edition: Edition, owners: str) -> None:
    """Fill in drafts beside live texts."""
    other = f"n + {DOCUMENTS}"
    changes = {"id": other, "document_id": "n", "head_id": other, "based_on_id": "n"}
    copy(edition, every(SECOND), changes)
    copy(edition.text, every(SECOND), {"id": other, "edition_id": other, "author_id": owners, "parent_id": "n"})


def events(edition: Edition) -> None:
    """Fill in the record: so many events of each document, in the order in which they would have come."""
    event = Event.objects.filter(edition=edition).earliest("position")
    numbers = EACH.format(numbers=every(), last=EVENTS_EACH - 1)
    place = f"({FIRST} + k::bigint * {DOCUMENTS} + n)"
    copy(
        event,
        numbers,
        {
            "id": place,
            "position": place,
            "document_id": "n",
            "edition_id": "n",
            "revision_id": "n",
            "review_id": "NULL",
            "at": f"now() - ({EVENTS_EACH - 1} - k) * interval '3 days' - {LAST_EVENT}",
            "previous": f"md5(({place} - 1)::text)",
            "digest": f"md5({place}::text)",
        },
    )


@pytest.fixture
def filled(cast: Cast) -> User:
    """A site of that size, and somebody with every role at the desk, who owns a share of it."""
    at = timezone.now() - 100 * STEP
    owners = [person(f"owner_{n}", EDITOR, MEDICAL_REVIEWER, PUBLISHER) for n in range(OWNERS)]
    numbers = f"(ARRAY{[owner.pk for owner in owners]})[n % {OWNERS} + 1]"
    live = published(cast, "term", at=at)
    beside = next_edition(cast, live.document, at=at + 9 * STEP, definition="Another word for tests.")
    with connection.cursor() as cursor:
        cursor.execute(UNGUARDED)
        copies_of(live, LIVE, numbers, is_live=True)
        copies_of(draft(cast, "term", at=at, slug="drafted"), DRAFT, numbers, is_live=False)
        copies_of(in_review(cast, "term", at=at, slug="submitted"), IN_REVIEW, numbers, is_live=False)
        second_editions(beside, numbers)
        events(live)
        cursor.execute("ANALYZE")
    return owners[3]


def pages(person: User) -> dict[str, str]:
    """Return the pages to measure, by name."""
    document = Document.objects.get(pk=FIRST + 3)
    month = timezone.now().strftime("%Y-%m")
    return {
        "dashboard": "/admin/",
        "list of all": list_url(),
        "list of one kind": list_url("term"),
        "its last page": list_url("term", p=str(DOCUMENTS // 25)),
        "waiting for me": list_url(tab="waiting"),
        "mine": list_url(tab="mine"),
        "in review": list_url(state="in-review"),
        "published": list_url(state="published"),
        "overdue": list_url(due="overdue"),
        "due this month": list_url(due=month),
        "due in a year": list_url(due="year"),
        "flagged": list_url(mark="flagged"),
        "behind": list_url(mark="behind"),
        "of one owner": list_url(owner=str(person.pk)),
        "search": list_url(q="term 1012345"),
        "by due date": list_url(o="4"),
        "by due date, last page": list_url(o="4", p=str(DOCUMENTS // 25)),
        "by last change": list_url(o="-5"),
        "by last change, last page": list_url(o="-5", p=str(DOCUMENTS // 25)),
        "by owner": list_url(o="3"),
        "by owner, last page": list_url(o="3", p=str(DOCUMENTS // 25)),
        "document page": document_url(document),
        "record": document_url(document, "record"),
    }


def measured(act: Callable[[], Any]) -> tuple[float, int]:
    """Return the median of some runs after one that is not counted, in seconds, and the queries of one run."""
    with CaptureQueriesContext(connection) as queries:
        response = act()
    assert response.status_code == 200
    asked = len(queries)
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken), asked


def links_that_lie(client: Client) -> list[str]:
    """Return the links of the front page whose list holds another number of documents than the page says."""
    dashboard = client.get("/admin/").context["dashboard"]
    said = {panel.url: panel.total for panel in dashboard.panels.values()}
    said |= {each.url: each.number for each in (*dashboard.counts, *dashboard.picture.months)}
    return [url for url, number in said.items() if client.get(url).context["cl"].result_count != number]


def exported(client: Client) -> tuple[float, int, float]:
    """Return how long the list of one kind as a table takes, its lines, and by how much memory grew for it, in MB."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    sent: Iterable[bytes] = getattr(client.get("/admin/pages/term/csv/"), "streaming_content", ())
    lines = sum(part.count(b"\r\n") for part in sent)
    spent = time.perf_counter() - begun
    return spent, lines, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def test_the_desk(filled: User, capsys: pytest.CaptureFixture[str]) -> None:
    client = Client()
    client.force_login(filled)
    rows = {name: measured(partial(client.get, url)) for name, url in pages(filled).items()}
    wrong = links_that_lie(client)
    spent, lines, memory = exported(client)
    with capsys.disabled():
        print(f"\nThe desk, {Document.objects.count()} documents, {Revision.objects.count()} texts,"
              f" {Event.objects.count()} events; medians of {TIMES}")  # fmt: skip
        for name, (taken, queries) in rows.items():
            goal = GOALS.get(name, GOAL)
            print(f"  {name:26} {taken:7.3f} s   {queries:3} queries   {'' if taken <= goal else f'over {goal} s'}")
        print(f"  {'CSV of one kind':26} {spent:7.1f} s   {lines} lines, memory grew by {memory:.0f} MB")
        print(f"  links of the front page that lead to another number: {len(wrong)}")
    assert wrong == []
