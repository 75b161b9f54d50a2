"""How long it takes to compare a file of 72,000 notices with 100,000 entries, and how much memory.

All rows and entries are made up. `ROWS` and `ENTRIES` take other numbers of them.
"""

import os
import resource
import time
from pathlib import Path

import pytest

from alstrom_site.editorial.models import Document, Trait
from references.watching.checking import check_retraction_watch
from tests.cast import NOW, Cast
from tests.documents import draft
from tests.references.watching.test_retraction_watch import HEADER, row

ROWS = int(os.environ.get("ROWS", "72000"))
ENTRIES = int(os.environ.get("ENTRIES", "100000"))
OURS = 20

pytestmark = pytest.mark.django_db


def made_up_entries(cast: Cast) -> None:
    """Write entries that no row is about: their documents and the identifiers by which they are found."""
    documents = Document.objects.bulk_create(
        Document(kind="reference", address=f"made-up{number}", title="Made up", owner=cast.editor, created_at=NOW)
        for number in range(ENTRIES)
    )
    Trait.objects.bulk_create(
        Trait(document=document, scheme=scheme, value=f"{begins}{number}", is_own=True)
        for number, document in enumerate(documents)
        for scheme, begins in (("DOI", "10.5555/ours."), ("PMID", "3"))
    )


def test_comparing(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made_up_entries(cast)
    for number in range(OURS):
        draft(cast, key=f"ours{number}", DOI=f"10.1000/made-up.{number}")
    file = tmp_path / "retraction_watch.csv"
    rows = (row(n=number, doi=f"10.1000/made-up.{number}", pmid=str(10_000_000 + number)) for number in range(ROWS))
    file.write_text("\n".join([HEADER, *rows]))

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = (time.perf_counter(), time.process_time())
    with file.open("rb") as stream:
        report = check_retraction_watch(stream, by=cast.publisher, at=NOW)
    wall, cpu = time.perf_counter() - begun[0], time.process_time() - begun[1]
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024

    assert (report.rows, len(report.told)) == (ROWS, OURS)
    with capsys.disabled():
        print(f"\n{ROWS:,} notices against {ENTRIES:,} entries, {OURS} of them new, seconds (of this process):")
        print(f"  {wall:6.1f} ({cpu:.1f}), memory grown by {grown:.0f} MB")
