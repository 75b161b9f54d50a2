"""The second part of `make run`, inside the virtual environment: prepares the database and serves the site."""

import os
import signal
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import FrameType

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.utils import DatabaseError, NotSupportedError

from alstrom_site.embedded_database import keep_site_url
from alstrom_site.environment import EnvironmentProblem
from alstrom_site.run.checks import LOOPBACK
from alstrom_site.run.local_secret import local_secret
from alstrom_site.run.running import hold
from alstrom_site.run.serving import serve
from alstrom_site.run.speaking import CannotStart, complain, say
from alstrom_site.run.static_files import collect_when_changed

OLDEST_POSTGRESQL = 15
CHECKOUT = Path(__file__).resolve().parents[2]


class Stopped(BaseException):
    """Somebody asked the site to stop."""


def main(port: int) -> int:
    """Prepare, serve until stopped, and leave the database as the last one out; return the exit status."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        held = hold(f"http://{LOOPBACK}:{port}/")
        _read_settings(port)
        accounts = prepare()
        connections.close_all()
        serve(port, held=held, when_ready=lambda: _announce(port, accounts))
    except (CannotStart, EnvironmentProblem, CommandError) as problem:
        complain(str(problem))
        return 1
    except Stopped:
        say("\nStopped.")
    return 0


def prepare() -> str:
    """Bring the database, the static files and the published pages to what the code expects.

    Returns what there is to say about the demonstration accounts: nothing, outside the embedded database.
    """
    _reach_database()
    _step("Applying migrations …", lambda: call_command("migrate", verbosity=0, interactive=False))
    _step("Collecting static files …", collect_when_changed)
    accounts = ""
    if settings.EMBEDDED_DATABASE:
        accounts = _demonstration_accounts()
        _starter_content(Path(settings.DATABASES["default"]["FOLDER"]) / "starter-content")
    _step("Building the published pages …", _build_pages)
    return accounts


def _read_settings(port: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alstrom_site.settings")
    if os.environ.setdefault("SITE_URL", f"http://{LOOPBACK}:{port}"):
        # The pages hold it, so commands beside the site must know it too.
        keep_site_url(os.environ["SITE_URL"])
    if not os.environ.get("SECRET_KEY") and not os.environ.get("SECRET_KEY_FILE"):
        os.environ["SECRET_KEY"] = local_secret(CHECKOUT / "var" / "secret-key")
    django.setup()


def _reach_database() -> None:
    say("Starting the embedded PostgreSQL …" if settings.EMBEDDED_DATABASE else "Connecting to the database …")
    try:
        connection.ensure_connection()
        major = connection.cursor().connection.info.server_version // 10000
    except NotSupportedError as problem:
        raise CannotStart(f"The database is too old: {problem}") from problem
    except DatabaseError as problem:
        reason = " ".join(str(problem).split())
        raise CannotStart(f"The database of DATABASE_URL cannot be used: {reason}") from problem
    if major < OLDEST_POSTGRESQL:
        raise CannotStart(f"PostgreSQL {OLDEST_POSTGRESQL} or newer is needed; the database is PostgreSQL {major}.")


def _starter_content(stamp: Path) -> None:
    """Bring in the starter content once; the stamp lies with the database and goes away with it."""
    if not stamp.exists():
        _step(
            "Bringing in the starter content …", lambda: call_command("import_content", "--starter", stdout=StringIO())
        )
        stamp.touch()


def _build_pages() -> None:
    """Make what can be made: a page that cannot be is served as it stands, and says that it is not up to date."""
    try:
        call_command("rebuild_pages", stdout=StringIO())
    except CommandError as problem:
        complain(str(problem))


def _demonstration_accounts() -> str:
    """Make them where they are missing; return what the command prints: who may sign in and how."""
    printed = StringIO()
    _step("Making the demonstration accounts …", lambda: call_command("create_demonstration_accounts", stdout=printed))
    return printed.getvalue().strip()


def _step(line: str, work: Callable[[], object]) -> None:
    say(line)
    work()


def _announce(port: int, accounts: str) -> None:
    say(f"\nThe site:  http://{LOOPBACK}:{port}/")
    say(f"The desk:  http://{LOOPBACK}:{port}/admin/")
    if accounts:
        say(f"\n{accounts}")
    say("\nCtrl-C stops it.")


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
