"""Prints the references of a CSL-JSON file as NLM prints them."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alstrom_site.text_files import read_text
from references.formats.listing import printed_records
from references.formatting import IDENTIFIERS


class Command(BaseCommand):
    """One line for each record; a record that cannot be printed costs no other."""

    help = "Print one NLM citation for each record of a CSL-JSON file."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and which identifiers are printed."""
        parser.add_argument("file", metavar="FILE", help="A CSL-JSON file in UTF-8, or - for standard input.")
        parser.add_argument(
            "--identifiers",
            default="DOI",
            metavar="NAMES",
            help="Which of DOI, PMID and PMCID are printed, joined by commas; “none” for none. Without it: DOI.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print; exit 1 when a record could not be printed, which one line on standard error says of each.

        There stands too what was left out of a citation because it could not be read.
        """
        identifiers = _identifiers(options["identifiers"])
        problems = 0
        try:
            for printed in printed_records(read_text(options["file"]), identifiers=identifiers):
                problems += bool(printed.problem)
                for said in filter(None, (*printed.remarks, printed.problem)):
                    self.stderr.write(f"Record {printed.number}: {said}")
                if printed.citation:
                    self.stdout.write(printed.citation)
        except ValueError as error:
            raise CommandError(str(error)) from error
        if problems:
            sys.exit(1)


def _identifiers(text: str) -> tuple[str, ...]:
    if text.lower() == "none":
        return ()
    names = tuple(name.strip().upper() for name in text.split(",") if name.strip())
    unknown = [name for name in names if name not in IDENTIFIERS]
    if unknown:
        raise CommandError(f"There is no identifier “{unknown[0]}” here. Choose among {', '.join(IDENTIFIERS)}.")
    return names
