"""How fast duplicates are found among 100,000 made-up entries."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from alstrom_site.accounts.models import User
from alstrom_site.editorial.canonical import canonical_json
from references.cleaning import cleaned
from references.duplicates import candidates, count, pairs
from tests.bench.bench_references import work
from tests.breaking import triggers_off
from tests.cast import make_cast

ENTRIES = 100_000
NOW = datetime(2026, 3, 2, tzinfo=UTC)
_DOCUMENTS = """
    INSERT INTO editorial_document (kind, address, title, sort_title, owner_id, created_at, moved_to)
    SELECT 'reference', 'work' || n, 'Work ' || n, 'work ' || n, %(editor)s, %(at)s, ''
    FROM generate_series(1, %(most)s) n
"""
_TEXTS = """
    WITH edition AS (
        INSERT INTO editorial_edition (document_id, number, status, round, created_at, created_by_id, is_urgent, policy,
            change, change_note, withdrawal_reason, failure, emergency_reason)
        SELECT id, 1, 'draft', 0, %(at)s, %(editor)s, false, '[]', '', '', '', '', ''
        FROM editorial_document RETURNING id
    )
    INSERT INTO editorial_revision (edition_id, number, content, digest, author_id, author_name, created_at)
    SELECT id, 1, %(content)s, encode(sha256(convert_to(%(content)s, 'UTF8')), 'hex'), %(editor)s, '', %(at)s
    FROM edition
"""
_HEADS = """
    UPDATE editorial_edition e SET head_id = r.id FROM editorial_revision r WHERE r.edition_id = e.id
"""
# As references.duplicates.likeness has them of `work(n)`; that they are found shows that they still are.
_TRAITS = """
    WITH numbered AS (
        SELECT id, substr(address, 5)::int AS own FROM editorial_document
    ), entry AS (
        SELECT id, own, CASE WHEN own % 100 = 1 AND own > 1 THEN own - 1 ELSE own END AS n FROM numbered
    ), named AS (
        SELECT *, 'atitlemadeupformeasuringnumber' || n AS title, 'family' || n * 5 AS author, 1970 + n % 50 AS year
        FROM entry
    )
    INSERT INTO editorial_trait (document_id, scheme, value, is_own)
    SELECT id, 'DOI', '10.1000/work.' || n, true FROM named WHERE own = n
    UNION ALL SELECT id, 'PMID', (n + 1)::text, true FROM named WHERE own = n
    UNION ALL SELECT id, 'alike', title || ' ' || author || ' ' || year, false FROM named
    UNION ALL SELECT id, 'alike', title || ' ' || author || ' ' || year + 1, false FROM named
    UNION ALL SELECT id, 'title', title, false FROM named
    UNION ALL SELECT id, 'place', author || ' ' || year || ' ' || n % 90 || ' ' || n, false FROM named
"""


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _known(number: int) -> dict[str, Any]:
    """A content that an entry of the same number already has, but for its identifiers and case."""
    content = work(number)
    return cleaned({**content, "key": f"again{number}", "DOI": "", "PMID": "", "title": content["title"].upper()})


@triggers_off("editorial_edition")
def _fill(editor: User) -> None:
    """Write drafts of `work(number)` by the database alone, and for every hundredth a twin without identifiers."""
    with connection.cursor() as cursor:
        cursor.execute(_DOCUMENTS, {"editor": editor.pk, "at": NOW, "most": ENTRIES})
        cursor.execute(_TEXTS, {"editor": editor.pk, "at": NOW, "content": canonical_json(work(1))})
        cursor.execute(_HEADS)
        cursor.execute(_TRAITS)
        cursor.execute("ANALYZE")


@pytest.mark.breaks_the_record
@pytest.mark.django_db
def test_finding_duplicates(capsys: pytest.CaptureFixture[str]) -> None:
    _fill(make_cast().editor)
    one, fifty = [_known(4_000)], [_known(n) for n in range(4_010, 4_060)]
    many = [_known(n) for n in range(10_000)]

    rows = {
        "candidates of one": _seconds(lambda: candidates(one)),
        "candidates of fifty": _seconds(lambda: candidates(fifty)),
        "candidates of 10,000": _seconds(lambda: candidates(many)),
        "first page of pairs": _seconds(lambda: pairs(most=25)),
        "how many pairs": _seconds(count),
    }

    with capsys.disabled():
        print(f"\nDuplicates among {ENTRIES:,} entries")
        for name, seconds in rows.items():
            print(f"  {name:22} {seconds * 1000:10,.1f} ms")
    assert all(candidates(fifty))
    assert len(pairs()) == ENTRIES // 100 - 1
