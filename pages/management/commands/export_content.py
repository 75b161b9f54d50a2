"""Writes all live content to files that import_content reads."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pages.exchange.exporting import FolderRefused, export


class Command(BaseCommand):
    """Writes articles/, questions/, glossary/ and bibliography.json; the same content gives the same bytes."""

    help = "Write all live content to a folder, as Markdown with front matter and one CSL-JSON bibliography."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, and --over to write into one that is not empty."""
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="A missing or empty folder.")
        parser.add_argument("--over", action="store_true", help="Write over the files of a folder that is not empty.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export and say what was written; nothing is deleted, but what is left over is named."""
        try:
            exported = export(options["folder"], over=options["over"])
        except FolderRefused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"{error.filename or options['folder']} cannot be written: {error.strerror}.") from error
        for name in exported.left_over:
            self.stdout.write(f"{options['folder'] / name} is not live and was left as it was.")
        count = len(exported.written)
        self.stdout.write(f"{count} file{'' if count == 1 else 's'} written to {options['folder']}.")
