"""The settings of a site as its environment makes them, each read by a new Python."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from alstrom_site.environment import EnvironmentProblem, patient_within_bounds, refuse_known_key

CHECKOUT = Path(__file__).resolve().parents[2]
READ = "import json, alstrom_site.settings as s; print(json.dumps({n: getattr(s, n) for n in %r}))"
LONG_KEY = "k" * 50
SERVER = {"SECRET_KEY": LONG_KEY, "SITE_URL": "https://site.example", "ALLOWED_HOSTS": "site.example"}


def start(*names: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Read these settings in an environment that holds nothing else."""
    return subprocess.run(
        [sys.executable, "-c", READ % (names,)],
        env={"PATH": os.environ["PATH"], **variables},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


def settings(*names: str, **variables: str) -> dict[str, Any]:
    """Return these settings."""
    read: dict[str, Any] = json.loads(start(*names, **variables).stdout)
    return read


def test_a_site_makes_no_promise_about_other_hosts_of_its_domain_by_itself() -> None:
    names = ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")

    assert settings(*names, **SERVER) == dict.fromkeys(names, False)
    asked = {"HSTS_INCLUDE_SUBDOMAINS": "yes", "HSTS_PRELOAD": "yes"}
    assert settings(*names, **SERVER, **asked) == dict.fromkeys(names, True)


def test_a_site_with_the_known_key_does_not_answer_to_other_machines() -> None:
    refused = start("DEBUG", ALLOWED_HOSTS="127.0.0.1,site.example")

    assert refused.returncode != 0
    assert "SECRET_KEY must be set before the site answers to site.example" in refused.stderr
    assert settings("ALLOWED_HOSTS", **SERVER) == {"ALLOWED_HOSTS": ["site.example"]}


@pytest.mark.parametrize("host", ["*", "0.0.0.0", ".example", "localhost.example", "10.0.0.1"])  # noqa: S104 not bound to
def test_more_than_this_machine_needs_a_key(host: str) -> None:
    with pytest.raises(EnvironmentProblem, match="SECRET_KEY must be set"):
        refuse_known_key(["localhost", host])


def test_this_machine_alone_needs_none() -> None:
    refuse_known_key(["127.0.0.1", "localhost", "[::1]", "127.8.0.1", "desk.localhost"])


def test_a_session_lasts_a_day_of_work_and_no_longer_than_the_browser() -> None:
    names = ("SESSION_COOKIE_AGE", "SESSION_EXPIRE_AT_BROWSER_CLOSE")

    assert settings(*names) == {"SESSION_COOKIE_AGE": 43_200, "SESSION_EXPIRE_AT_BROWSER_CLOSE": True}


def test_no_session_of_the_database_waits_for_ever() -> None:
    url = "postgres://site@db.example/site?options=-c%20lock_timeout%3D3s"

    options = settings("DATABASES", **SERVER, DATABASE_URL=url)["DATABASES"]["default"]["OPTIONS"]["options"]

    assert options == "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s -c jit=off -c lock_timeout=3s"


@pytest.mark.django_db
def test_the_database_takes_the_bounds_and_the_last_one_given_holds() -> None:
    entry = patient_within_bounds({"OPTIONS": {"options": "-c lock_timeout=3s"}}, lock="10s", idle="60s")
    parameters = {**connection.get_connection_params(), "options": entry["OPTIONS"]["options"]}

    with connection.get_new_connection(parameters) as raw:
        shown = [
            raw.execute(f"SHOW {name}").fetchone()[0]
            for name in ("lock_timeout", "idle_in_transaction_session_timeout")
        ]

    assert shown == ["3s", "1min"]
