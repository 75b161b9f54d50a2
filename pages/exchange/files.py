"""The files of an import: which they are, and their text."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pages.exchange.report import Report

LONGEST_TEXT = 1_000_000
LONGEST_BIBLIOGRAPHY = 10_000_000
TEXTS = frozenset({".md", ".txt"})
BIBLIOGRAPHIES = frozenset({".json"})
# A plain text is the copy of a source: it is named one by one and never taken along with a folder.
FROM_FOLDERS = frozenset({".md", ".json"})
BYTE_ORDER_MARK = "\ufeff"


def files_in(paths: Iterable[Path], report: Report) -> Iterator[Path]:
    """Give the files that are named and those of the named folders, each once, in a fixed order."""
    seen: set[Path] = set()
    for path in paths:
        for file in _files(path, report):
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def read_text(path: Path, report: Report) -> str | None:
    """The text of a file with line ends as "\\n"; None when it cannot be read, which the report then says."""
    try:
        content = _read_bytes(path)
        text = content.decode("utf-8")
    except OSError as error:
        report.problem(str(path), f"The file cannot be read: {error.strerror}.", code="unreadable")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        report.problem(str(path), "The file is not UTF-8 text. Save it as UTF-8.", line=line, code="not-utf-8")
    except _TooLong as error:
        report.problem(str(path), str(error), code="too-long")
    else:
        return _plain(text, path, report)
    return None


class _TooLong(ValueError):
    pass


def _files(path: Path, report: Report) -> Iterator[Path]:
    if path.is_dir():
        yield from _files_of_folder(path, report)
    elif not path.exists():
        report.problem(str(path), "There is no such file or folder.", code="missing")
    elif path.suffix not in TEXTS | BIBLIOGRAPHIES:
        report.problem(str(path), "Only .md, .json and .txt files can be imported.", code="unknown-file")
    else:
        yield path


def _files_of_folder(folder: Path, report: Report) -> Iterator[Path]:
    visible = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    for path in visible:
        if path.suffix in FROM_FOLDERS:
            yield path
        else:
            report.note(str(path), "Left alone: a folder gives its .md and .json files only.", code="left-alone")
    if not visible:
        report.problem(str(folder), "The folder holds no files.", code="missing")


def _read_bytes(path: Path) -> bytes:
    longest = LONGEST_BIBLIOGRAPHY if path.suffix in BIBLIOGRAPHIES else LONGEST_TEXT
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        content = file.read(longest + 1)
    if len(content) > longest:
        raise _TooLong(f"The file has {max(size, len(content)):,} bytes. At most {longest:,} are read.")
    return content


def _plain(text: str, path: Path, report: Report) -> str:
    if text.startswith(BYTE_ORDER_MARK):
        report.note(str(path), "The file begins with a byte order mark. It was left out.", code="byte-order-mark")
        text = text.removeprefix(BYTE_ORDER_MARK)
    if "\r" in text:
        report.note(str(path), "The lines end as on Windows or an old Mac. They were read as usual.", code="line-ends")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text
