"""What the public bibliography costs with 100,000 entries: seconds of the database for each order, choice and search.

`make bench` runs it. The entries are copied from one, row by row in the database, past its guards.
"""

import os
import statistics
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alstrom_site.editorial import projection
from alstrom_site.editorial.models import PublishedPage
from tests.bench.bench_desk import NUMBERS, UNGUARDED, copy
from tests.cast import Cast
from tests.documents import published

ENTRIES = int(os.environ.get("ENTRIES", "100000"))
CITING = 2000
FIRST = 1_000_000
TIMES = 3
GOAL = 0.3
"""In seconds of the database, on a quiet machine."""
NAME = "'family' || n::bigint * 7919 % 30000"
TITLE = "'a made-up source of syndrome' || n % 7 || ', word' || n % 997"
CITED_ON = """jsonb_build_array(jsonb_build_object(
    'path', '/questions/why-' || n % {pages} || '/', 'title', 'Why ' || n % {pages} || ' so?'))"""
CARD = f"""source.listing || jsonb_build_object('card', source.listing -> 'card' || jsonb_build_object(
    'order', {NAME} || E'\\t' || {TITLE} || E'\\twork' || n, 'year', (1950 + n % 70)::text,
    'type', (ARRAY['article-journal', 'article-journal', 'book', 'report'])[1 + n / 3 % 4],
    'identifiers', jsonb_build_array(jsonb_build_array('DOI', '10.1000/work.' || n, '')),
    'topics', CASE n % 3 WHEN 0 THEN '[]' WHEN 1 THEN {CITED_ON.format(pages=CITING)}
        ELSE {CITED_ON.format(pages=CITING)} || {CITED_ON.format(pages=37)} END))"""
ADDRESSES = {
    "by author": "",
    "its last page": f"?page={ENTRIES // 100}",
    "by year, far down": f"?by=year&page={ENTRIES // 250}",
    "by type, far down": f"?by=type&page={ENTRIES // 120}",
    "by page that cites it": "?by=topic",
    "far down": f"?by=topic&page={ENTRIES // 110}",
    "of one page": "?topic=/questions/why-5/",
    "of a year": "?year=1999",
    "of a year and type": "?year=1999&type=book",
    "a name": "?q=family777",
    "a name, mistyped": "?q=familly777",
    "a word of each seventh": "?q=syndrome3",
    "a word of every one": "?q=made-up&page=50",
    "an identifier": f"?q=10.1000/work.{FIRST + 777}",
}

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_the_record]


def _numbers(count: int) -> str:
    return NUMBERS.format(first=FIRST, last=FIRST + count - 1, condition="true")


@pytest.fixture
def shelves(cast: Cast) -> None:
    """Entries and pages that cite them, as many as that."""
    entry = PublishedPage.objects.get(document=published(cast).document)
    question = PublishedPage.objects.get(document=published(cast, "faq", answer="So [@sample2001].").document)
    projection.refresh_stale()
    step = import_module("references.migrations.0011_places_in_the_list")
    own = {"id": "n", "document_id": "n", "made_from": "ARRAY[n]"}
    words = {"title": TITLE, "sort_title": TITLE, "search_title": f"{TITLE} || ' ' || {NAME}"}
    vector = {"search_vector": f"to_tsvector('english', {TITLE} || ' ' || {NAME})"}
    asking = {"id": "n + 10000000", "document_id": "n + 10000000", "path": f"'/questions/why-' || n - {FIRST} || '/'"}
    with connection.cursor() as cursor:
        cursor.execute(UNGUARDED)
        copy(question, _numbers(CITING), asking)
        path = {"path": "'/bibliography/work' || n || '/'"}
        copy(entry, _numbers(ENTRIES), {**own, **words, **vector, **path, "listing": CARD})
        cursor.execute(step.EMPTY)
        cursor.execute(step.FILL)
        cursor.execute("ANALYZE editorial_publishedpage")
        cursor.execute("ANALYZE editorial_listplace")


def measured(client: Client, address: str) -> tuple[float, int]:
    """Return the median of the seconds that the database takes, and the number of queries."""
    taken = []
    for _ in range(TIMES):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/bibliography/{address}")
        assert response.status_code == 200
        assert b"bibliography__item" in response.content, address
        taken.append(sum(float(query["time"]) for query in queries.captured_queries))
    return statistics.median(taken), len(queries)


@pytest.mark.usefixtures("shelves")
def test_the_bibliography(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    rows = {name: measured(client, address) for name, address in ADDRESSES.items()}
    with capsys.disabled():
        print(f"\nThe bibliography, {ENTRIES:,} entries; seconds of the database, medians of {TIMES}")
        for name, (taken, queries) in rows.items():
            print(f"  {name:26} {taken:7.3f} s   {queries} queries   {'' if taken <= GOAL else f'over {GOAL} s'}")
