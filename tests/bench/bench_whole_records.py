"""How many kinds of damaged and odd files each reader takes in whole: ours, and the best library tried for the format.

A file is right when every record in it that is not cut is read just as it is read from the plain file.
"""

import codecs
import io
from collections.abc import Callable
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from references.formats.reading import READERS, read_references
from references.formats.records import Record
from tests.references.formats.samples import SAMPLES

Make = Callable[[str], bytes]
KINDS: dict[str, Make] = {
    "plain": str.encode,
    "with a byte order mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "in UTF-16": lambda text: text.encode("utf-16"),
    "in Latin-1": lambda text: text.replace("made up", "made üp").encode("latin-1", "replace"),
    "with Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "with old Mac line ends": lambda text: text.replace("\n", "\r").encode(),
    "without a last line end": lambda text: text.rstrip().encode(),
    "behind empty lines": lambda text: b"\n\n\n" + text.encode(),
    "behind a line of something else": lambda text: b"Saved from a site\n\n" + text.encode(),
    "before one that is cut off": lambda text: (text.strip() + "\n\n" + text.strip()[: len(text) // 3]).encode(),
}
IN_ONE_FILE = {"csl-json"}
"""A list in brackets: what stands before or behind it makes another file of it, so these kinds are none of it."""


def ours(name: str) -> Callable[[bytes], list[Any]]:
    """Return our reader: the records of a file."""

    def read(source: bytes) -> list[Any]:
        return [one.item for one in read_references(io.BytesIO(source), format=name) if isinstance(one, Record)]

    return read


def by_rispy(source: bytes) -> list[Any]:
    """Return what rispy reads."""
    return list(rispy.loads(source.decode()))


def by_bibtexparser(source: bytes) -> list[Any]:
    """Return what bibtexparser reads."""
    entries = parse_string(source.decode()).entries
    return [(entry.entry_type, entry.key, {field.key: field.value for field in entry.fields}) for entry in entries]


LIBRARIES = {"ris": ("rispy", by_rispy), "bibtex": ("bibtexparser", by_bibtexparser)}


def is_whole(read: Callable[[bytes], list[Any]], sample: str, make: Make) -> bool:
    """Whether the records of a file are read as those of the plain one; a reader that raises reads nothing."""
    source = make(sample)
    expected = read((sample.replace("made up", "made üp") if "üp".encode("latin-1") in source else sample).encode())
    try:
        return read(source)[: len(expected)] == expected
    except Exception:  # whatever it is: the file is not read
        return False


def test_whole_records(capsys: pytest.CaptureFixture[str]) -> None:
    lines, wrong = [], []
    for name in READERS:
        kinds = {kind: make for kind, make in KINDS.items() if name not in IN_ONE_FILE or "behind" not in kind}
        readers = {"ours": ours(name)} | dict([LIBRARIES[name]] if name in LIBRARIES else [])
        figures = []
        for who, read in readers.items():
            failed = [kind for kind, make in kinds.items() if not is_whole(read, SAMPLES[name], make)]
            figures.append(f"{who} {len(kinds) - len(failed)} of {len(kinds)}")
            wrong += [f"{name}, {kind}" for kind in failed if who == "ours"]
        lines.append(f"  {name:12} {', '.join(figures)}")
    with capsys.disabled():
        print("\nKinds of files read whole", *lines, *(f"  not by ours: {each}" for each in wrong), sep="\n")
