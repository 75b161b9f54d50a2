"""How fast an entry is found among 100,000 made-up ones while somebody types, and resolved by its key."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from alstrom_site.editorial import actions
from alstrom_site.editorial.texts import latest_texts
from references.completion import complete, keys_near
from tests.bench.bench_references import work
from tests.cast import make_cast

ENTRIES = 100_000
AT_ONCE = 500
TIMES = 50
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def milliseconds(act: Callable[[int], object]) -> list[float]:
    """How long each of many goes took, the quickest first; no two ask for the same."""
    took = []
    for number in range(TIMES):
        begun = time.perf_counter()
        act(number * 1_997 % ENTRIES)
        took.append((time.perf_counter() - begun) * 1000)
    return sorted(took)


@pytest.mark.django_db
def test_finding_entries(capsys: pytest.CaptureFixture[str]) -> None:
    editor = make_cast().editor
    begun = time.perf_counter()
    for first in range(0, ENTRIES, AT_ONCE):
        actions.start_many("reference", [work(n) for n in range(first, first + AT_ONCE)], by=editor, at=NOW)
    filled = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

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

    with capsys.disabled():
        print(f"\nEntries found among {ENTRIES:,}; drafted in {filled:,.0f} s. Median and slowest of {TIMES}, in ms")
        for name, took in rows.items():
            print(f"  {name:26} {statistics.median(took):8,.2f} {took[-1]:8,.2f}")
