"""Triggers by which the database itself refuses what must never be in the record, and the functions they call.

The functions are our own and are created by migrations. Not those that pgtrigger writes by itself: they let a session
switch the trigger off with a setting (`pgtrigger.ignore`), which must not be possible for the record.
"""

from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import models


@dataclass(frozen=True)
class Function:
    """A trigger function as a migration creates it: `body` is, byte for byte, what the database keeps of it.

    `pinned` says that the migration sets its search path, so that no temporary table stands in for a real one.
    """

    name: str
    body: str
    pinned: bool = True


# Created by the first migration of `accounts`, before any table that calls it.
REFUSE = Function(
    "refuse_change_of_the_record",
    """
BEGIN
    RAISE EXCEPTION 'The record is kept: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END;
""",
    pinned=False,
)


class Guard(pgtrigger.Trigger):
    """A trigger that calls one of our functions, for every role and every way into the database."""

    when = pgtrigger.Before
    # What pgtrigger would put into a function of its own, which no trigger calls.
    func = "RETURN NULL;"

    def __init__(self, function: Function, **options: Any) -> None:
        self.function = function
        super().__init__(**options)

    def render_execute(self, model: models.Model) -> str:
        """Return the call of the function."""
        return f"{self.function.name}()"

    def definition(self, model: models.Model) -> str:
        """Return the definition as PostgreSQL writes it (`pg_get_triggerdef` in its short form)."""
        kind = "CONSTRAINT TRIGGER" if self.timing else "TRIGGER"
        timing = f" DEFERRABLE INITIALLY {self.timing}" if self.timing else ""
        event = f"{self.when} {self.operation} ON {model._meta.db_table}{timing}"
        call = f"EXECUTE FUNCTION {self.render_execute(model)}"
        return f"CREATE {kind} {self.get_pgid(model)} {event} FOR EACH {self.level} {call}"


def kept_for_good() -> list[pgtrigger.Trigger]:
    """Return the triggers of a table whose rows are written once: no UPDATE, no DELETE, no TRUNCATE."""
    return [
        Guard(REFUSE, name="refuse_update", operation=pgtrigger.Update),
        *never_removed(),
    ]


def never_removed() -> list[pgtrigger.Trigger]:
    """Return the triggers of a table whose rows may change but never go: no DELETE, no TRUNCATE."""
    return [
        Guard(REFUSE, name="refuse_delete", operation=pgtrigger.Delete),
        Guard(REFUSE, name="refuse_truncate", operation=pgtrigger.Truncate, level=pgtrigger.Statement),
    ]


def at_commit(function: Function, *, name: str) -> pgtrigger.Trigger:
    """Return a trigger that looks at a written row when its transaction ends, all of it being there."""
    return Guard(
        function,
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
    )
