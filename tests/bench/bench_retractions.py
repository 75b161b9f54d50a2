"""How long it takes to compare a file of 72,000 notices with 20,000 entries, and how much memory.

All rows and entries are made up. `ROWS` and `ENTRIES` take other numbers of them.
"""

import os
import resource
import time
from pathlib import Path

import pytest

from alstrom_site.editorial import actions
from references.watching.checking import check_retraction_watch
from tests.cast import NOW, Cast
from tests.documents import draft, reference_content
from tests.references.watching.test_retraction_watch import HEADER, row

ROWS = int(os.environ.get("ROWS", "72000"))
ENTRIES = int(os.environ.get("ENTRIES", "20000"))
OURS = 20
AT_ONCE = 500

pytestmark = pytest.mark.django_db


def made_up_entries(cast: Cast) -> None:
    """Begin entries that no row is about, each with a DOI and a PubMed number."""
    for first in range(0, ENTRIES, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, ENTRIES))
        contents = [
            reference_content(f"made-up{number}", DOI=f"10.5555/ours.{number}", PMID=f"3{number}") for number in numbers
        ]
        actions.start_many("reference", contents, by=cast.editor, at=NOW)


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
