"""Checks that tables of the record have every key and constraint that the models declare, and as they declare it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import CheckConstraint, ForeignKey, Model, Q, UniqueConstraint
from django.db.models.constraints import BaseConstraint
from django.db.models.sql import Query

from alstrom_site.editorial.verification.fault import Fault
from alstrom_site.editorial.verification.kept import KEPT

# All in the schema that the site's tables are in. One that was added without looking at the rows there holds nothing.
CHECKS = """
    SELECT t.relname, c.conname, pg_get_expr(c.conbin, c.conrelid)
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
    WHERE c.contype = 'c' AND c.convalidated AND t.relnamespace = current_schema()::regnamespace
"""
UNIQUE = """
    SELECT t.relname, i.relname, format('ROW(%s, (%s), %s)', (
        SELECT string_agg(pg_get_indexdef(i.oid, n, true), ', ' ORDER BY n) FROM generate_series(1, x.indnkeyatts) n
    ), coalesce(pg_get_expr(x.indpred, x.indrelid), 'true'), (NOT x.indnullsnotdistinct)::text)
    FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
    WHERE x.indisunique AND x.indisvalid AND x.indimmediate AND t.relnamespace = current_schema()::regnamespace
"""
FOREIGN_KEYS = """
    SELECT t.relname, a.attname, f.relname, b.attname
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = c.conkey[1]
        JOIN pg_attribute b ON b.attrelid = f.oid AND b.attnum = c.confkey[1]
    WHERE c.contype = 'f' AND c.convalidated AND (c.confupdtype, c.confdeltype) = ('a', 'a')
        AND cardinality(c.conkey) = 1 AND t.relnamespace = current_schema()::regnamespace
        AND f.relnamespace = t.relnamespace
        AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgconstraint = c.oid AND g.tgenabled NOT IN ('O', 'A'))
"""
Stored = Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class _Declared:
    """A rule of one table in SQL; without a name it may stand under any."""

    place: str
    rule: str
    name: str = ""


def constraints() -> Iterator[Fault]:
    """Yield every constraint of the record that is not there, or is another one than was declared."""
    stored: Stored = [*_rows(CHECKS), *_rows(UNIQUE)]
    for model in _models():
        table = model._meta.db_table
        yield from _compared(model, [(name, rule) for of, name, rule in stored if of == table])


def foreign_keys() -> Iterator[Fault]:
    """Yield every foreign key of the record that is not there, is switched off, or takes rows away with others."""
    found = set(_rows(FOREIGN_KEYS))
    for model in _models():
        for column in model._meta.local_fields:
            if isinstance(column, ForeignKey):
                table, other = model._meta.db_table, column.target_field
                if (table, column.column, other.model._meta.db_table, other.column) not in found:
                    yield Fault(f"Foreign key {column.column} of {table}", "it is not there, or does not hold.")


def _compared(model: type[Model], stored: Sequence[tuple[str, str]]) -> Iterator[Fault]:
    declared = _declared(model)
    said = _as_the_database_says(model, {*(each.rule for each in declared), *(rule for _, rule in stored)})
    for each in declared:
        there = [said[rule] for name, rule in stored if each.name in ("", name)]
        if said[each.rule] not in there:
            is_other = bool(each.name and there)
            yield Fault(each.place, "it is not the one that was declared." if is_other else "it is not there.")


@cache
def _declared(model: type[Model]) -> Sequence[_Declared]:
    return [*_named(model), *_of_columns(model)]


def _named(model: type[Model]) -> Iterator[_Declared]:
    for constraint in model._meta.constraints:
        yield _Declared(f"Constraint {constraint.name}", _rule(model, constraint), constraint.name)


def _of_columns(model: type[Model]) -> Iterator[_Declared]:
    for column in model._meta.local_fields:
        place = f"Constraint of {column.column} in {model._meta.db_table}"
        if column.unique:
            yield _Declared(place, _unique([_quoted(column)]))
        if check := column.db_check(connection):
            yield _Declared(place, str(check))


def _rule(model: type[Model], constraint: BaseConstraint) -> str:
    """What a constraint asks of rows, in SQL."""
    if isinstance(constraint, CheckConstraint):
        return _sql(model, constraint.condition)
    if not isinstance(constraint, UniqueConstraint):
        raise LookupError(f"{constraint.name} is of a kind that nobody compares.")
    columns = [_quoted(model._meta.get_field(name)) for name in constraint.fields]
    columns += [_sql(model, expression) for expression in constraint.expressions]
    condition = _sql(model, constraint.condition) if constraint.condition else "true"
    return _unique(columns, condition, nulls_distinct=constraint.nulls_distinct is not False)


def _unique(columns: Sequence[str], condition: str = "true", *, nulls_distinct: bool = True) -> str:
    return f"ROW({', '.join(columns)}, ({condition}), {str(nulls_distinct).lower()})"


def _quoted(column: Any) -> str:
    return connection.ops.quote_name(column.column)


def _sql(model: type[Model], rule: Any) -> str:
    query = Query(model, alias_cols=False)
    resolved = query.build_where(rule) if isinstance(rule, Q) else rule.resolve_expression(query)
    sql, parameters = query.get_compiler(connection=connection).compile(resolved)
    return str(sql % tuple(connection.schema_editor(collect_sql=True).quote_value(each) for each in parameters))


def _as_the_database_says(model: type[Model], rules: set[str]) -> dict[str, str]:
    """Return each rule in the words of PostgreSQL, by which two that ask the same are the same; nothing is read."""
    asked = sorted(rules)
    table = connection.ops.quote_name(model._meta.db_table)
    plans = f"EXPLAIN (VERBOSE, FORMAT JSON) SELECT {', '.join(asked)} FROM {table}"  # noqa: S608 own names and rules
    ((plan,),) = _rows(plans)
    return dict(zip(asked, plan[0]["Plan"]["Output"], strict=True))


def _models() -> Iterator[type[Model]]:
    return chain(apps.get_app_config("accounts").get_models(), KEPT)


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
