"""Asks for the addresses of published sources now, and says which do not lead to their works."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from references.models import LinkCheck
from references.models.link_check import TO_BE_SEEN
from references.watching.fetching import Fetcher
from references.watching.links import check_due

NOTHING_REACHED = "Not one of the sites that were asked gave an answer: this machine seems to be without a network."


class Command(BaseCommand):
    """Asks each host once a second; what is found stands on the report of the desk. No text changes by it."""

    help = (
        "Ask for the addresses of published sources that were not asked for in LINK_CHECK_DAYS days: whether the "
        "identifier resolves, the web page is still there, and where an archived copy is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many entries."""
        parser.add_argument("--most", type=int, default=100, metavar="N", help="At most so many entries.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and print; CommandError where checks are switched off, or nothing was reached."""
        if not settings.LINK_CHECKS:
            raise CommandError("LINK_CHECKS is off: this site asks no other one. Switch it on, and run this again.")
        fetcher = Fetcher()
        try:
            counted = check_due(fetcher, at=timezone.now(), most=max(options["most"], 0))
        finally:
            fetcher.close()
        if counted.nothing_was_reached:
            raise CommandError(f"{NOTHING_REACHED} Nothing was noted. Run this again when it is connected.")
        self.stdout.write(f"The addresses of {counted.entries:,} entries were asked for.")
        for row in LinkCheck.objects.filter(outcome__in=TO_BE_SEEN).select_related("document"):
            self.stdout.write(f"{row.document.address}: {row.name}: {row.get_outcome_display()}. {row.url}")
