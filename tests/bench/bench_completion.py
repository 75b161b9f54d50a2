"""How fast an entry is found among 100,000 made-up ones while somebody types, and resolved by its key.

The entries are copies of one, row by row in the database, past its guards; what they are found by differs.
"""

import statistics
import time
from collections.abc import Callable

import pytest
from django.db import connection

from alstrom_site.editorial.models import Trait
from alstrom_site.editorial.models.trait import FOUND_BY
from alstrom_site.editorial.texts import latest_texts
from references.completion import complete, keys_near
from tests.bench.bench_desk import FIRST, NUMBERS, UNGUARDED, copy
from tests.cast import Cast
from tests.documents import draft

ENTRIES = 100_000
TIMES = 50
EVERY = NUMBERS.format(first=FIRST, last=FIRST + ENTRIES - 1, condition="true")
WORDS = "' work' || n || ' family' || n * 5 || ' ' || 1970 + n % 50 || ' ' || n + 1 || ' a title made up for measuring'"

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_the_record]


def milliseconds(act: Callable[[int], object]) -> list[float]:
    """How long each of many goes took, the quickest first; no two ask for the same."""
    took = []
    for number in range(TIMES):
        begun = time.perf_counter()
        act(FIRST + number * 1_997 % ENTRIES)
        took.append((time.perf_counter() - begun) * 1000)
    return sorted(took)


def fill(cast: Cast) -> None:
    """Fill in drafts of entries, as many as were asked for."""
    entry = draft(cast, key="first2001")
    words = Trait.objects.get(document=entry.document, scheme=FOUND_BY)
    with connection.cursor() as cursor:
        cursor.execute(UNGUARDED)
    copy(entry.document, EVERY, {"id": "n", "address": "'work' || n", "sort_title": "'work' || n"})
    copy(entry, EVERY, {"id": "n", "document_id": "n", "head_id": "n"})
    copy(entry.text, EVERY, {"id": "n", "edition_id": "n"})
    copy(words, EVERY, {"id": "n", "document_id": "n", "value": WORDS})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_finding_entries(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    fill(cast)

    rows = {
        "a key, resolved": milliseconds(lambda n: latest_texts("reference", [f"work{n}"])),
        "a key, typed in full": milliseconds(lambda n: complete(f"work{n}")),
        "the beginning of a key": milliseconds(lambda n: complete(f"work{n // 100}")),
        "an author": milliseconds(lambda n: complete(f"Family{n * 5}")),
        "a PMID": milliseconds(lambda n: complete(str(n + 1))),
        "author and year": milliseconds(lambda n: complete(f"family{n * 5} {1970 + n % 50}")),
        "a word of every title": milliseconds(lambda n: complete("measuring")),
        "a year alone": milliseconds(lambda n: complete(str(1970 + n % 50))),
        "two letters": milliseconds(lambda n: complete("fa")),
        "keys near an unknown one": milliseconds(lambda n: keys_near([f"wrok{n}", f"work{n}x"])),
    }

    assert complete(f"work{FIRST + 5}")
    with capsys.disabled():
        print(f"\nEntries found among {ENTRIES:,}. Quickest, median and slowest of {TIMES}, in ms")
        for name, took in rows.items():
            print(f"  {name:26} {took[0]:8,.2f} {statistics.median(took):8,.2f} {took[-1]:8,.2f}")
