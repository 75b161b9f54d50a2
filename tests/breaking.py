"""Ways past the guards of the database, as its owner has them, and how a guard refuses whoever is not."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.errors import IntegrityError as Refusal


@contextmanager
def triggers_off(*tables: str) -> Iterator[None]:
    """Work on tables with their triggers disabled."""
    with connection.cursor() as cursor:
        # What waits for the end of the transaction would stand in the way of ALTER TABLE.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def drop_constraint(table: str, name: str) -> None:
    """Take a constraint away until the test is over."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def run(statement: str, *parameters: str | int | datetime) -> None:
    """Execute one statement that must touch a row."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        assert cursor.rowcount > 0


def refused_by(statement: str, *parameters: str | int | None) -> tuple[str, str]:
    """Return the name of the rule by which the database refuses the statement, and its sentence."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        _execute_to_the_end(statement, parameters)
    cause = refused.value.__cause__
    assert isinstance(cause, Refusal)
    return cause.diag.constraint_name or "", cause.diag.message_primary or ""


def is_sentence(message: str) -> bool:
    """Whether a person can read it."""
    return bool(re.fullmatch(r"[A-Z].*[a-z”]\.", message))


def _execute_to_the_end(statement: str, parameters: tuple[str | int | None, ...]) -> None:
    """Execute it, and all that waits for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
