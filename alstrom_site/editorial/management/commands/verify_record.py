"""verify_record: recompute the whole record and name each fault."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alstrom_site.editorial.verification import chain_head, faults
from alstrom_site.editorial.verification.moment import one_moment

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Command(BaseCommand):
    """Exits 0 when the record is whole, 1 after naming each fault, and 2 for a noted digest that is none."""

    help = "Recompute every digest, check every live text against its approvals and the chain of events."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the digest that an auditor noted earlier."""
        parser.add_argument("--noted", metavar="DIGEST", help="a digest of the newest event noted at an earlier check")

    def handle(self, *args: Any, noted: str | None = None, **options: Any) -> None:
        """Print each fault, then the newest event to be noted."""
        found = 0
        if noted is not None and not _DIGEST.fullmatch(noted := noted.strip().lower()):
            raise CommandError(
                "Give the digest whole as it was noted: 64 digits and letters from a to f.", returncode=2
            )
        with one_moment():
            for fault in faults(noted=noted):
                self.stderr.write(str(fault))
                found += 1
            position, digest = chain_head()
        self.stdout.write(f"Newest event: {position}, digest {digest}")
        if found:
            raise CommandError(f"The record is not whole: {found} fault{'s' if found > 1 else ''}.", returncode=1)
        self.stdout.write("The record is whole.")
