"""Compares the file of Retraction Watch with the bibliography and notes what is new."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial.workflow import ActionRefused
from references.watching.checking import check_retraction_watch, lines_of, not_noted
from references.watching.retraction_watch import NotTheFile


class Command(BaseCommand):
    """Reads row by row; exit 1 when the file cannot be read or is another one, or something could not be noted."""

    help = (
        "Compare a CSV file of Retraction Watch with the bibliography, and say what is new. With --by it is noted too: "
        "recorded, mailed, marked for readers, and every text that rests on it is put into the review queue."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the person."""
        parser.add_argument("file", metavar="FILE", help="The file retraction_watch.csv.")
        parser.add_argument("--by", metavar="EMAIL", help="Who notes it: an e-mail address or user name.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and print; CommandError with a sentence for a file that is none, and for a name that is nobody's.

        So ends what names each entry that somebody was at work on, when all others are noted.
        """
        by = _person(options["by"]) if options["by"] else None
        try:
            with Path(options["file"]).open("rb") as stream:
                report = check_retraction_watch(stream, by=by, at=timezone.now())
        except (NotTheFile, ActionRefused) as error:
            raise CommandError(str(error)) from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise CommandError(f"{options['file']} cannot be read: {reason}.") from error
        for line in lines_of(report, noted=by is not None):
            self.stdout.write(line)
        if report.not_now:
            raise CommandError("\n".join(not_noted(report)))


def _person(named: str) -> User:
    found = User.objects.filter(Q(email__iexact=named) | Q(username=named), is_active=True).first()
    if found is None:
        raise CommandError(f"Nobody here has the e-mail address or user name “{named}”. Nothing was noted.")
    return found
