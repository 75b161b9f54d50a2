"""Publishes what is due, as the worker does each minute; for cron, or by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alstrom_site.editorial import actions, projection
from alstrom_site.editorial.actions.scheduling import Outcome, Result

LEFT_FOR_THE_NEXT_RUN = 75
"""The exit code when nothing failed for good: EX_TEMPFAIL of sysexits.h."""


class Command(BaseCommand):
    """Names each text and what came of it.

    Ends with 1 when one of them or a page failed, else with 75 when one was left for the next run.
    """

    help = "Publish the texts whose time has come, and make the pages anew that show them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise CommandError when a text failed to publish or was left, or a page could not be made."""
        outcomes = actions.publish_due(timezone.now(), clock=timezone.now)
        for outcome in outcomes:
            self.stdout.write(_line(outcome))
        failed = [_line(outcome) for outcome in outcomes if outcome.result is Result.FAILED]
        left = [_line(outcome) for outcome in outcomes if outcome.result is Result.LEFT]
        try:
            projection.refresh_stale()
        except projection.PagesNotMade as pages:
            failed.append(str(pages))
        if failed or left:
            raise CommandError("\n".join([*failed, *left]), returncode=1 if failed else LEFT_FOR_THE_NEXT_RUN)


def _line(outcome: Outcome) -> str:
    said = f"{outcome.edition}: {outcome.result.value}"
    return f"{said}. {outcome.reason}" if outcome.reason else f"{said}."
