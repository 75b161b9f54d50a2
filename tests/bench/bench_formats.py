"""How many references a second each reader takes, and how much memory a long file needs.

Run with pytest like the other benches; machines differ and are shared, so the ratios between formats say more.
"""

import io
import time
import tracemalloc
from collections.abc import Iterator
from typing import BinaryIO, cast

import pytest

from references.formats.reading import READERS, read_references
from references.formats.records import Record
from tests.references.formats.samples import CSL_JSON, SAMPLES

RECORDS = 3000


class Repeated(io.RawIOBase):
    """Gives a block so many times, so that a long file needs no disk."""

    def __init__(self, block: bytes, times: int) -> None:
        super().__init__()
        self.block = block
        self.left = times

    def read(self, size: int = -1) -> bytes:
        self.left -= 1
        return self.block if self.left >= 0 else b""


def block(name: str) -> bytes:
    """Return one record of the format, as it stands in a file of many."""
    if name == "csl-json":
        return CSL_JSON.strip().strip("[]").encode() + b",\n"
    return SAMPLES[name].strip().encode() + b"\n\n"


def records(name: str, count: int) -> Iterator[Record]:
    """Give that many records of the format as they are read."""
    stream = cast("BinaryIO", Repeated(block(name) * 30, count // 30))
    yield from (one for one in read_references(stream, format=name) if isinstance(one, Record))


def test_readers(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\nReading {RECORDS:,} references of each format")
        for name in READERS:
            begun = time.perf_counter()
            count = sum(1 for _ in records(name, RECORDS))
            taken = time.perf_counter() - begun
            tracemalloc.start()
            assert sum(1 for _ in records(name, RECORDS // 10)) == RECORDS // 10
            peak = tracemalloc.get_traced_memory()[1] / 1_000_000
            tracemalloc.stop()
            size = len(block(name)) * count / 1_000_000
            print(f"  {name:12} {count / taken:8,.0f} a second   {size / taken:6.1f} MB/s   peak {peak:4.1f} MB")
