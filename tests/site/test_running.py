"""One site per checkout, and commands beside it that know its address."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from alstrom_site.embedded_database import USUAL_SITE_URL, keep_site_url, kept_site_url
from alstrom_site.run.running import hold, refuse_second_start
from alstrom_site.run.speaking import CannotStart


def test_a_second_start_is_refused_with_the_address_and_number_of_the_first(tmp_path: Path) -> None:
    held = hold("http://127.0.0.1:8123/", tmp_path / "running")

    with pytest.raises(CannotStart, match=rf"runs already, at http://127.0.0.1:8123/; .* kill {os.getpid()}$"):
        refuse_second_start(tmp_path / "running")

    os.close(held)
    refuse_second_start(tmp_path / "running")


def test_a_server_left_behind_goes_on_holding_the_checkout(tmp_path: Path) -> None:
    held = hold("http://127.0.0.1:8123/", tmp_path / "running")
    server = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[held])
    os.close(held)

    with pytest.raises(CannotStart, match="runs already"):
        refuse_second_start(tmp_path / "running")

    server.communicate(b"\n")
    refuse_second_start(tmp_path / "running")


def test_the_address_of_the_last_start_is_kept_beside_the_database(tmp_path: Path) -> None:
    assert kept_site_url(tmp_path / "postgres") == USUAL_SITE_URL

    keep_site_url("http://127.0.0.1:8123", tmp_path / "postgres")

    assert kept_site_url(tmp_path / "postgres") == "http://127.0.0.1:8123"
