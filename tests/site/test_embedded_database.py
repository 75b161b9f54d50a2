"""The embedded PostgreSQL starts for the first program, stays for the others and survives rough treatment."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from alstrom_site.embedded_database import database, postmaster
from alstrom_site.embedded_database.postmaster import EmbeddedDatabaseProblem, running
from alstrom_site.embedded_database.server import Server
from alstrom_site.embedded_database.sockets import private_folder, socket_folder

CHECKOUT = Path(__file__).resolve().parents[2]
# A program that joins, says so, and leaves when its input ends.
OTHER_PROGRAM = """
import sys
from pathlib import Path
from alstrom_site.embedded_database.server import Server
Server.join(Path(sys.argv[1]), durable=False)
print("joined", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server in a folder whose name has a space; nothing of it is left running."""
    with tempfile.TemporaryDirectory(prefix="a server ", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        one = Server(Path(folder) / "postgres", durable=False)
        yield one
        one.leave()
        left = running(one.place)
        if left is not None:
            postmaster.stop(left)


def other_program(folder: Path) -> "subprocess.Popen[str]":
    started = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROGRAM, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "joined\n"
    return started


def ask(server: Server, question: str) -> object:
    with postmaster.connect(server.place, user="alstrom", name="alstrom") as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def write_a_word(server: Server) -> None:
    with postmaster.connect(server.place, user="alstrom", name="alstrom") as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'still here' AS word")


def test_a_new_server_knows_accents_and_is_not_used_as_superuser(server: Server) -> None:
    server.enter()
    with postmaster.connect(server.place, user="alstrom", name="alstrom") as connection:
        connection.execute("CREATE EXTENSION unaccent")
        connection.execute("CREATE EXTENSION pg_trgm")
    assert ask(server, "SELECT unaccent(lower('ALSTRÖM'))") == "alstrom"
    assert ask(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_what_was_written_is_there_after_leaving_and_coming_back(server: Server) -> None:
    server.enter()
    write_a_word(server)
    server.leave()
    assert running(server.place) is None
    server.enter()
    assert ask(server, "SELECT word FROM kept") == "still here"


def test_the_server_stays_until_the_last_of_two_programs_leaves(server: Server) -> None:
    server.enter()
    with other_program(server.folder) as other:
        server.leave()
        assert ask(server, "SELECT 1") == 1
        other.communicate("")
    assert running(server.place) is None


def test_a_killed_program_does_not_keep_the_server_alive(server: Server) -> None:
    with other_program(server.folder) as other:
        other.send_signal(signal.SIGKILL)
    assert running(server.place) is not None
    server.enter()
    server.leave()
    assert running(server.place) is None


def test_a_killed_server_starts_again_on_the_same_content(server: Server) -> None:
    server.durable = True
    server.enter()
    write_a_word(server)
    found = running(server.place)
    assert found is not None
    found.kill()
    found.wait(10)
    server.leave()
    server.enter()
    assert ask(server, "SELECT word FROM kept") == "still here"


def test_a_pid_file_that_names_another_program_is_no_obstacle(server: Server) -> None:
    server.enter()
    server.leave()
    pid_file = server.place.cluster / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{server.place.cluster}\n")
    assert running(server.place) is None
    server.enter()
    assert ask(server, "SELECT 1") == 1
    assert psutil.pid_exists(os.getpid())


def test_an_interrupted_first_start_leaves_nothing_that_a_second_trips_over(server: Server) -> None:
    (server.folder / "data.unfinished").mkdir(parents=True)
    (server.folder / "data.unfinished" / "PG_VERSION").write_text("18\n")
    server.enter()
    assert ask(server, "SELECT 1") == 1


def test_nobody_else_on_the_machine_may_reach_the_server(server: Server) -> None:
    server.enter()
    assert server.place.sockets.stat().st_mode & 0o077 == 0
    assert ask(server, "SHOW listen_addresses") == ""


def test_what_another_release_wrote_is_refused_in_one_sentence(server: Server) -> None:
    server.place.cluster.mkdir(parents=True)
    (server.place.cluster / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedDatabaseProblem, match="is of PostgreSQL 17; this is PostgreSQL 18"):
        server.enter()
    assert (server.place.cluster / "PG_VERSION").read_text() == "17\n"


def test_a_server_that_cannot_start_says_why(server: Server) -> None:
    server.enter()
    server.leave()
    (server.place.cluster / "postgresql.auto.conf").write_text("shared_buffers = 'much'\n")
    with pytest.raises(EmbeddedDatabaseProblem, match=r"does not start: .*postgresql\.auto\.conf"):
        server.enter()


def test_the_socket_moves_to_a_short_place_when_the_checkout_lies_deep() -> None:
    deep = Path("/srv") / ("d" * 120) / "postgres"
    assert socket_folder(Path("/srv/postgres")) == Path("/srv/postgres/socket")
    assert socket_folder(deep).parent == Path("/tmp")
    assert socket_folder(deep) == socket_folder(deep)
    assert socket_folder(Path("/srv/a,b/postgres")).parent == Path("/tmp")


def test_a_server_in_a_deep_folder_is_reached(server: Server) -> None:
    deep = Server(server.folder.parent / ("d" * 120) / "postgres", durable=False)
    deep.enter()
    try:
        assert ask(deep, "SELECT 1") == 1
    finally:
        deep.leave()


def test_a_socket_folder_of_another_account_is_not_used(tmp_path: Path) -> None:
    link = tmp_path / "planted"
    link.symlink_to(tmp_path)
    with pytest.raises(PermissionError):
        private_folder(link, os.getuid(), os.getgid())


def test_settings_are_read_without_starting_anything(tmp_path: Path) -> None:
    entry = database(tmp_path / "postgres")
    assert entry["HOST"]
    assert list(tmp_path.iterdir()) == []


def test_a_connection_that_fails_is_no_answer(tmp_path: Path) -> None:
    nowhere = Server(tmp_path / "postgres").place
    assert not postmaster.answers(nowhere)
    with pytest.raises(psycopg.OperationalError):
        postmaster.connect(nowhere, user="alstrom", name="alstrom")
