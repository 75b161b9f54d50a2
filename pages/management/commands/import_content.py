"""Brings content in from files: as drafts, or as starter content that demonstration accounts sign and publish."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import policies
from pages.exchange.bringing import bring_in_files, bring_in_starter
from pages.exchange.report import Report
from pages.exchange.starting import NoDemonstration, demonstration_signers

STARTER = Path(__file__).resolve().parents[2] / "starter_content"


class Command(BaseCommand):
    """Prints what became of each document, every problem with its file and line, and a summary; exit 1 on problems."""

    help = (
        "Import documents: Markdown files with front matter, CSL-JSON bibliographies (.json), folders of both, or "
        "copied texts (.txt). They become drafts by --author."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files and folders, or --starter; who writes; and how to report."""
        parser.add_argument("paths", nargs="*", type=Path, metavar="FOLDER|FILE", help="What to import.")
        parser.add_argument("--author", metavar="USERNAME", help="The editor who writes the drafts.")
        parser.add_argument(
            "--starter",
            action="store_true",
            help="Bring in the starter content, signed and published by demonstration accounts, where it is missing.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Show the report and write nothing.")
        parser.add_argument("--json", action="store_true", help="Print the report as one JSON object.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report; CommandError, which is exit 1, when there was a problem."""
        report = _starter(options) if options["starter"] else _files(options)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(report.as_text())
        if report.problems:
            raise CommandError("Not everything could be imported. The problems are named above.")


def _starter(options: dict[str, Any]) -> Report:
    if options["paths"] or options["author"] or options["dry_run"]:
        raise CommandError("--starter brings in the site's own starter content. Nothing else goes with it but --json.")
    if not settings.EMBEDDED_DATABASE:
        raise CommandError(
            "The starter content is signed by demonstration accounts, so it enters the embedded database only. "
            "DATABASE_URL names another one."
        )
    try:
        return bring_in_starter(STARTER, signers=demonstration_signers(), at=timezone.now())
    except NoDemonstration as missing:
        raise CommandError(str(missing)) from missing


def _files(options: dict[str, Any]) -> Report:
    if not options["paths"]:
        raise CommandError("Name the files or folders to import, or say --starter.")
    author = None if options["dry_run"] else _author(options["author"])
    return bring_in_files(options["paths"], by=author, at=timezone.now())


def _author(username: str | None) -> User:
    if not username:
        raise CommandError("Say who writes the drafts: --author USERNAME. (--dry-run needs nobody.)")
    author = User.objects.filter(username=username).first()
    if author is None:
        raise CommandError(f"There is no account “{username}”.")
    refused = policies.may_open_edition(author)
    if refused is not None:
        raise CommandError(f"“{username}” cannot write: {refused}")
    return author
