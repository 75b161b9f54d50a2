"""Publishes what is due, as the worker does each minute; for cron, or by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.actions.scheduling import Outcome, Result


class Command(BaseCommand):
    """Names each text and what came of it; ends with 1 when one of them or a page failed."""

    help = "Publish the texts whose time has come, and make the pages anew that show them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise CommandError when a text failed to publish or a page could not be made."""
        outcomes = actions.publish_due(timezone.now())
        for outcome in outcomes:
            self.stdout.write(_line(outcome))
        failed = [_line(outcome) for outcome in outcomes if outcome.result is Result.FAILED]
        try:
            projection.refresh_stale()
        except projection.PagesNotMade as pages:
            failed.append(str(pages))
        if failed:
            raise CommandError("\n".join(failed))


def _line(outcome: Outcome) -> str:
    said = f"{outcome.edition}: {outcome.result.value}"
    return f"{said}. {outcome.reason}" if outcome.reason else f"{said}."
