"""The first part of `make run`, before anything is installed."""

import os
import sys

from alstrom_site.run.checks import port_number, refuse_port_in_use, refuse_unreachable_database
from alstrom_site.run.installing import CHECKOUT, install
from alstrom_site.run.running import refuse_second_start
from alstrom_site.run.speaking import CannotStart, complain


def main() -> int:
    """Check, install, and become the second part; return 1 after one line when that cannot be."""
    try:
        port = port_number()
        refuse_second_start()
        refuse_port_in_use(port)
        refuse_unreachable_database()
        python = install("runtime")
        os.chdir(CHECKOUT)
        # The same program goes on, so that signals reach the one that serves.
        os.execv(python, [str(python), "-m", "alstrom_site.run.site", str(port)])  # noqa: S606 - a fixed list, no shell
    except CannotStart as problem:
        complain(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
