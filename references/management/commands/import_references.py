"""Reads a file of references and says what it holds."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from references.formats.reading import READERS, read_references
from references.formats.records import Problem, Record
from references.formats.reports import progress_of, write_json, write_summary


class Command(BaseCommand):
    """Reads record by record, so that a file may be longer than the memory; exit 1 when nothing could be read."""

    help = (
        "Read references from a file: MEDLINE (nbib), PubMed XML, RIS, BibTeX, CSL-JSON, or citations as NLM prints "
        "them. The format is recognised by the content."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and how to report."""
        parser.add_argument("file", metavar="FILE", help="The file, or - for the standard input.")
        parser.add_argument("--format", choices=sorted(READERS), help="Read it as this format, whatever it looks like.")
        parser.add_argument("--dry-run", action="store_true", help="Say what was read and add nothing.")
        parser.add_argument(
            "--json", action="store_true", help="Print an object with records (CSL-JSON) and problems, and add nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and report; CommandError when the file cannot be opened or holds no reference."""
        with _opened(options["file"]) as stream:
            found = progress_of(_found(stream, options), stream, self.stderr.write)
            count = write_json(found, self.stdout.write) if options["json"] else write_summary(found, self.stdout.write)
        if not count:
            raise CommandError(f"No reference could be read from {_named(options['file'])}.")


def _found(stream: BinaryIO, options: dict[str, Any]) -> Iterator[Record | Problem]:
    try:
        yield from read_references(stream, format=options["format"])
    except OSError as error:
        yield Problem(None, 1, f"The file cannot be read any further: {error.strerror}.")


def _opened(file: str) -> AbstractContextManager[BinaryIO]:
    if file == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(file).open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"{file} cannot be read: {reason}.") from error


def _named(file: str) -> str:
    return "the standard input" if file == "-" else file
