"""verify_record: recompute the whole record and name each fault."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from alstrom_site.editorial.verification import chain_head, faults


class Command(BaseCommand):
    """Exits 0 when the record is whole and 1 after naming each fault."""

    help = "Recompute every digest, check every live text against its approvals and the chain of events."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the digest that an auditor noted earlier."""
        parser.add_argument("--noted", metavar="DIGEST", help="a digest of the newest event noted at an earlier check")

    def handle(self, *args: Any, noted: str | None = None, **options: Any) -> None:
        """Print each fault, then the newest event to be noted."""
        found = 0
        with _one_moment():
            for fault in faults(noted=noted):
                self.stderr.write(str(fault))
                found += 1
            position, digest = chain_head()
        self.stdout.write(f"Newest event: {position}, digest {digest}")
        if found:
            raise CommandError(f"The record is not whole: {found} fault{'s' if found > 1 else ''}.", returncode=1)
        self.stdout.write("The record is whole.")


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it was at one moment, so that what is published meanwhile looks like no fault; write nothing.

    A transaction that is open already keeps its own way of reading.
    """
    is_ours = not connection.in_atomic_block
    with transaction.atomic():
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
