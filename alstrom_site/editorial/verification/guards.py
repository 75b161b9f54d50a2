"""Checks that the database still refuses what it must: its triggers, and their functions."""

from collections.abc import Iterator
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, models

from alstrom_site.editorial.verification.fault import Fault
from alstrom_site.immutability import Function, Guard

# In the schema that the site's tables are in. "O" and "A" are the two ways of being enabled for every session.
TRIGGERS = """
    SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid, true), t.tgenabled IN ('O', 'A')
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""
FUNCTIONS = """
    SELECT p.proname, p.prosrc, l.lanname = 'plpgsql',
        p.proconfig IS NOT DISTINCT FROM ARRAY[format('search_path=%%I, pg_temp', current_schema())]
    FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
    WHERE p.pronargs = 0 AND p.pronamespace = current_schema()::regnamespace AND p.proname = ANY(%s)
"""


def triggers() -> Iterator[Fault]:
    """Yield every declared trigger that is not there, is switched off, or is another one, and those not declared."""
    found = {(table, name): (definition, enabled) for table, name, definition, enabled in _rows(TRIGGERS)}
    for model, guard in _guards():
        definition, enabled = found.pop((model._meta.db_table, guard.get_pgid(model)), ("", False))
        place = f"Trigger {guard.name} of {model._meta.db_table}"
        if not definition:
            yield Fault(place, "it is not there. The database no longer refuses what it refused.")
        elif definition != guard.definition(model):
            yield Fault(place, "it is not the one that was declared.")
        elif not enabled:
            yield Fault(place, "it is switched off. The database no longer refuses what it refused.")
    # What makes its tables without migrations, as procrastinate does, has triggers of its own.
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    for table, name in sorted(found):
        if table in ours:
            yield Fault(f"Trigger {name} of {table}", "nobody declared it.")


def functions() -> Iterator[Fault]:
    """Yield every function of a guard that is not there or does something else than was declared."""
    declared: dict[str, Function] = {guard.function.name: guard.function for _, guard in _guards()}
    found = {name: rest for name, *rest in _rows(FUNCTIONS, list(declared))}
    for name, function in declared.items():
        if name not in found:
            yield Fault(f"Function {name}", "it is not there.")
        else:
            body, in_its_language, pinned = found[name]
            if body != function.body or not in_its_language or (function.pinned and not pinned):
                yield Fault(f"Function {name}", "it is not the one that was declared.")


def _guards() -> Iterator[tuple[models.Model, Guard]]:
    return ((model, guard) for model, guard in pgtrigger.registered() if isinstance(guard, Guard))


def _rows(statement: str, *parameters: list[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
