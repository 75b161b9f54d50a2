"""Lines for the person at the keyboard."""

import sys


class CannotStart(Exception):
    """The site cannot start; the text is one sentence that says why and what to do."""


def say(line: str) -> None:
    """Show one line of progress at once, also when the output is a file."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(line: str) -> None:
    """Show why the work ends here."""
    sys.stdout.flush()
    sys.stderr.write(f"{line}\n")
