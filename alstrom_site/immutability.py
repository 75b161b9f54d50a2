"""Triggers by which the database itself refuses to change or remove rows of the record."""

import pgtrigger
from django.db import models

# Created by the first migration of `accounts`. Not the function that pgtrigger writes by itself: that one lets a
# session switch the trigger off with a setting (`pgtrigger.ignore`), which must not be possible for the record.
REFUSE_FUNCTION = "refuse_change_of_the_record"

CREATE_REFUSE_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {REFUSE_FUNCTION}() RETURNS TRIGGER AS $$
BEGIN
    RAISE EXCEPTION 'The record is kept: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
"""
DROP_REFUSE_FUNCTION = f"DROP FUNCTION IF EXISTS {REFUSE_FUNCTION}();"


class Refuse(pgtrigger.Trigger):
    """A trigger that refuses its operation, for every role and every way into the database."""

    when = pgtrigger.Before
    func = "RETURN NULL;"

    def render_execute(self, model: models.Model) -> str:
        """Return the call of the function that raises."""
        return f"{REFUSE_FUNCTION}()"


def kept_for_good() -> list[pgtrigger.Trigger]:
    """Return the triggers of a table whose rows are written once: no UPDATE, no DELETE, no TRUNCATE."""
    return [
        Refuse(name="refuse_update", operation=pgtrigger.Update),
        *never_removed(),
    ]


def never_removed() -> list[pgtrigger.Trigger]:
    """Return the triggers of a table whose rows may change but never go: no DELETE, no TRUNCATE."""
    return [
        Refuse(name="refuse_delete", operation=pgtrigger.Delete),
        Refuse(name="refuse_truncate", operation=pgtrigger.Truncate, level=pgtrigger.Statement),
    ]
