"""How fast duplicates are found among 100,000 made-up entries."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document
from references.cleaning import cleaned
from references.duplicates import candidates, count, pairs
from tests.bench.bench_references import work
from tests.cast import make_cast

ENTRIES = 100_000
AT_ONCE = 500
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _known(number: int) -> dict[str, Any]:
    """A content that an entry of the same number already has, but for its identifiers and case."""
    content = work(number)
    return cleaned({**content, "key": f"again{number}", "DOI": "", "PMID": "", "title": content["title"].upper()})


@pytest.mark.django_db
def test_finding_duplicates(capsys: pytest.CaptureFixture[str]) -> None:
    editor = make_cast().editor
    begun = time.perf_counter()
    for first in range(0, ENTRIES, AT_ONCE):
        # Every hundredth has a twin with another key and no identifier.
        contents = [_known(n - 1) if n % 100 == 1 and n > 1 else work(n) for n in range(first, first + AT_ONCE)]
        actions.start_many("reference", contents, by=editor, at=NOW)
    filled = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    one, fifty = [_known(4_000)], [_known(n) for n in range(4_000, 4_050)]

    rows = {
        "candidates of one": _seconds(lambda: candidates(one)),
        "candidates of fifty": _seconds(lambda: candidates(fifty)),
        "candidates of 10,000": _seconds(lambda: candidates([_known(n) for n in range(10_000)])),
        "first page of pairs": _seconds(lambda: pairs(most=25)),
        "how many pairs": _seconds(count),
    }

    assert Document.objects.count() == ENTRIES
    assert all(candidates(fifty))
    with capsys.disabled():
        print(f"\nDuplicates among {ENTRIES:,} entries, {count():,} pairs; drafted in {filled:,.0f} s")
        for name, seconds in rows.items():
            print(f"  {name:22} {seconds * 1000:10,.1f} ms")
