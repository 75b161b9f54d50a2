"""Prints what readers would see of a Markdown file."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alstrom_site.text_files import read_text
from pages import live


class Command(BaseCommand):
    """Renders by the one pipeline of the site, with the sources and terms that are known now."""

    help = "Print the HTML of a Markdown file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and --json for what was found in it."""
        parser.add_argument("file", metavar="FILE", help="A Markdown file in UTF-8, or - for standard input.")
        parser.add_argument(
            "--json", action="store_true", help="Print an object with html, citations (in order) and problems."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Render the file; a file that cannot be read ends in one line."""
        text = read_text(options["file"])
        rendered = live.renderer_for([text]).render(text)
        if options["json"]:
            found = {
                "html": rendered.html,
                "citations": [asdict(citation) for citation in rendered.citations],
                "problems": [asdict(problem) for problem in rendered.problems],
            }
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(rendered.html, ending="")
