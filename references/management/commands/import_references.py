"""Reads a file of references and begins a draft for each, or only says what it holds."""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial.workflow import ActionRefused
from references.adding import add, summary
from references.formats.reading import READERS, read_references
from references.formats.records import Problem, Record
from references.formats.reports import progress_of, write_json, write_summary


class Command(BaseCommand):
    """Reads record by record, so that a file may be longer than the memory; exit 1 when nothing could be read."""

    help = (
        "Read references from a file: MEDLINE (nbib), PubMed XML, RIS, BibTeX, CSL-JSON, or citations as NLM prints "
        "them. The format is recognised by the content. With --by each becomes a draft, unless it is there already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and how to report."""
        parser.add_argument("file", metavar="FILE", help="The file, or - for the standard input.")
        parser.add_argument("--format", choices=sorted(READERS), help="Read it as this format, whatever it looks like.")
        parser.add_argument("--dry-run", action="store_true", help="Say what was read and add nothing.")
        parser.add_argument(
            "--json", action="store_true", help="Print an object with records (CSL-JSON) and problems, and add nothing."
        )
        parser.add_argument("--by", metavar="EMAIL", help="Whose drafts they become: an e-mail address or user name.")
        parser.add_argument(
            "--also-alike",
            action="store_true",
            help="Add also what looks like an entry that is there by title, author and year; never what has its DOI, "
            "PMID or PMCID.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and add or report; CommandError when the file cannot be opened, holds no reference, or names nobody."""
        only_read = options["json"] or options["dry_run"]
        by = None if only_read else _person(options["by"])
        with _opened(options["file"]) as stream:
            found = progress_of(_found(stream, options), stream, self.stderr.write)
            count = self._read_only(found, options) if by is None else self._add(found, options, by)
        if not count:
            raise CommandError(f"No reference could be read from {_named(options['file'])}.")

    def _read_only(self, found: Iterator[Record | Problem], options: dict[str, Any]) -> int:
        return write_json(found, self.stdout.write) if options["json"] else write_summary(found, self.stdout.write)

    def _add(self, found: Iterator[Record | Problem], options: dict[str, Any], by: User) -> int:
        file = Path(_named(options["file"])).name
        also, write = options["also_alike"], self.stdout.write
        try:
            counts = add(found, file=file, also_alike=also, by=by, at=timezone.now(), write=write)
        except ActionRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(summary(counts))
        return counts.read


def _person(named: str | None) -> User:
    if not named:
        raise CommandError("Say with --by whose drafts they become, or read only with --dry-run or --json.")
    found = User.objects.filter(Q(email__iexact=named) | Q(username=named), is_active=True).first()
    if found is None:
        raise CommandError(f"Nobody here has the e-mail address or user name “{named}”. Nothing was added.")
    return found


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
