"""Writes the published references in a form that other programs read."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from references.exports import FORMS
from references.publication import published_contents


class Command(BaseCommand):
    """One, some or all of them."""

    help = "Write published references as RIS, BibTeX, nbib or CSL-JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the keys, the form and the file."""
        parser.add_argument("keys", nargs="*", metavar="KEY", help="Which references; without any, all.")
        parser.add_argument("--format", choices=list(FORMS), default="csl-json", help="The form; without it: csl-json.")
        parser.add_argument("--output", type=Path, metavar="FILE", help="Where to; without it, standard output.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write; CommandError, which is exit 1, when a key is of no published reference."""
        keys = list(dict.fromkeys(options["keys"]))
        contents = published_contents(keys)
        unknown = [key for key in keys if key not in contents]
        if unknown:
            raise CommandError(f"No published reference has the key “{unknown[0]}”. Nothing was written.")
        # Two keys may lead to one entry.
        asked = [contents[key] for key in keys] if keys else contents.values()
        chosen = list({content["key"]: content for content in asked}.values())
        pieces = FORMS[options["format"]].write(chosen)
        if options["output"] is None:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        try:
            with options["output"].open("w", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error.strerror}.") from error
