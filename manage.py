#!/usr/bin/env python
"""Django's commands for this site."""

import os
import sys


def main() -> int:
    """Run one command; a problem of the environment is one line, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alstrom_site.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from alstrom_site.environment import EnvironmentProblem

    try:
        # Read the settings here: Django's own reader would go on without them for some commands.
        _ = settings.DEBUG
        execute_from_command_line(sys.argv)
    except EnvironmentProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
