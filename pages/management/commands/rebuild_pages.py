"""Makes every published page anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alstrom_site.editorial import projection


class Command(BaseCommand):
    """Makes the same bytes from the same live texts; needed after templates or style sheets change."""

    help = "Make every published page anew from the live texts."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many pages there are; raise CommandError, when all others are made, if one cannot be."""
        try:
            count = projection.rebuild()
        except projection.PagesNotMade as pages:
            raise CommandError(f"{pages} All others are.") from pages
        self.stdout.write(f"{count} page{'' if count == 1 else 's'} built.")
