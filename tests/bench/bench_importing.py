"""How long it takes to bring 10,000 records of PubMed from a file to drafts, duplicates looked for.

The works are made up and say so. `RECORDS` takes another number of them.
"""

import io
import os
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from alstrom_site.editorial.models import Document, Event
from tests.cast import Cast
from tests.references.formats.samples import NBIB

RECORDS = int(os.environ.get("RECORDS", "10000"))

# The laws are checked row by row after a test, which takes minutes for so many.
pytestmark = [pytest.mark.django_db, pytest.mark.breaks_the_record]


def record(number: int) -> str:
    """One made-up record: no two of them share an identifier, a title or a place in the journal."""
    return (
        f"\nPMID- {10_000_000 + number}\nOWN - NLM\nSTAT- MEDLINE\nVI  - {number // 40 + 1}\nIP  - {number % 12 + 1}\n"
        f"DP  - {1990 + number % 30} Mar\nTI  - A record made up for measuring, number {number}.\n"
        f"PG  - {number}-{number + 8}\n"
        f"LID - 10.1000/made-up.{number} [doi]\nAB  - {'An abstract made up for measuring. ' * 30}\n"
        f"FAU - Sample{number % 977}, Anna B\nAU  - Sample{number % 977} AB\nFAU - Test, Ben C\n"
        "AU  - Test BC\nLA  - eng\n"
        "PT  - Journal Article\nTA  - J Test Fixt\nJT  - Journal of test fixtures\n"
    )


def test_importing(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "made-up.nbib", io.StringIO()
    file.write_text("".join(record(number) for number in range(RECORDS)) + NBIB)

    took = []
    for _ in range(2):
        begun = (time.perf_counter(), time.process_time())
        call_command("import_references", str(file), "--by", cast.editor.email, stdout=out)
        took.append((time.perf_counter() - begun[0], time.process_time() - begun[1]))

    assert Document.objects.of_kind("reference").count() == RECORDS + 1
    assert Event.objects.filter(verb="start").count() == RECORDS + 1
    with capsys.disabled():
        print(f"\nImport of {RECORDS:,} nbib records, seconds (of this process): {out.getvalue().splitlines()[-1]}")
        for name, (wall, cpu) in zip(("all are new", "all are there"), took, strict=True):
            print(f"  {name:14} {wall:6.1f} ({cpu:.1f})")
