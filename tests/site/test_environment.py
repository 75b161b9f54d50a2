"""The readers of the environment accept what is expected and say clearly what is not."""

from pathlib import Path

import pytest

from alstrom_site.environment import (
    EnvironmentProblem,
    database,
    env_bool,
    env_int,
    env_list,
    env_secret,
    env_text,
)

LONG_SECRET = "s" * 50


@pytest.mark.parametrize(
    ("written", "meant"), [("1", True), ("Yes", True), ("on", True), ("FALSE", False), ("0", False)]
)
def test_usual_words_for_true_and_false_are_understood(
    monkeypatch: pytest.MonkeyPatch, written: str, meant: bool
) -> None:
    monkeypatch.setenv("SWITCH", written)
    assert env_bool("SWITCH", default=not meant) is meant


def test_a_word_that_is_neither_true_nor_false_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWITCH", "maybe")
    with pytest.raises(EnvironmentProblem, match='SWITCH must be "true" or "false", not "maybe"'):
        env_bool("SWITCH", default=False)


@pytest.mark.parametrize("written", ["", "   "])
def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("NAME", written)
    assert env_bool("NAME", default=True) is True
    assert env_int("NAME", 7) == 7
    assert env_list("NAME", ["a"]) == ["a"]
    assert env_text("NAME", "default") == "default"


@pytest.mark.parametrize(
    ("written", "reason"), [("ten", "whole number"), ("1.5", "whole number"), ("70000", "from 1 to 65535")]
)
def test_a_number_out_of_reason_is_refused(monkeypatch: pytest.MonkeyPatch, written: str, reason: str) -> None:
    monkeypatch.setenv("NUMBER", written)
    with pytest.raises(EnvironmentProblem, match=reason):
        env_int("NUMBER", 1, minimum=1, maximum=65535)


def test_a_list_loses_the_space_around_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", " a.example , b.example")
    assert env_list("HOSTS", []) == ["a.example", "b.example"]


def test_a_list_with_an_empty_place_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", "a.example,,b.example")
    with pytest.raises(EnvironmentProblem, match="empty place"):
        env_list("HOSTS", [])


def test_changing_a_returned_default_list_leaves_the_default_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOSTS", raising=False)
    default = ["a.example"]
    env_list("HOSTS", default).append("b.example")
    assert default == ["a.example"]


def test_a_missing_variable_without_default_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET", raising=False)
    with pytest.raises(EnvironmentProblem, match="SECRET is not set"):
        env_secret("SECRET")


def test_a_short_secret_is_refused_without_being_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "hunter2")
    with pytest.raises(EnvironmentProblem, match="at least 50 characters; it has 7") as refusal:
        env_secret("SECRET")
    assert "hunter2" not in str(refusal.value)


def test_a_secret_is_read_from_the_file_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{LONG_SECRET}\n")
    monkeypatch.delenv("SECRET", raising=False)
    monkeypatch.setenv("SECRET_FILE", str(tmp_path / "key"))
    assert env_secret("SECRET") == LONG_SECRET


def test_a_secret_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET", raising=False)
    monkeypatch.setenv("SECRET_FILE", str(tmp_path / "nothing"))
    with pytest.raises(EnvironmentProblem, match="SECRET_FILE names a file that cannot be read"):
        env_secret("SECRET")


def test_a_whole_database_address_is_read_part_by_part() -> None:
    entry = database("postgresql://ann:p%40ss%2Fword@db.example:6543/alstrom?sslmode=require")
    assert entry == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "alstrom",
        "USER": "ann",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example",
        "PORT": "6543",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_on_a_socket_is_named_by_its_folder() -> None:
    entry = database("postgres:///alstrom?host=/run/postgresql")
    assert (entry["HOST"], entry["PORT"], entry["NAME"], entry["OPTIONS"]) == ("/run/postgresql", "", "alstrom", {})


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("sqlite:///db.sqlite3", 'starts with "sqlite://"'),
        ("mysql://ann@db/alstrom", 'starts with "mysql://"'),
        ("alstrom", "no scheme"),
        ("postgres://db.example:5432", "name of the database"),
        ("postgres://db.example/one/two", "name of the database"),
        ("postgres://ann:secret@db.example:port/alstrom", "port is not a number"),
        ("postgres://ann:sec/ret@db.example/alstrom", "port is not a number"),
        ("postgres://[::1/alstrom", "host is not a valid address"),
        ("postgres://db.example/alstrom?sslmod=require", "not known here: sslmod"),
        ("postgres://db.example/alstrom?sslmode", "not name=value pairs"),
    ],
)
def test_a_broken_database_address_is_refused_with_its_reason(address: str, reason: str) -> None:
    with pytest.raises(EnvironmentProblem, match=reason) as refusal:
        database(address)
    assert str(refusal.value).startswith("DATABASE_URL ")
    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)
