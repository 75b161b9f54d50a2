"""Every column of the record is kept as the table says: whoever alters it past every guard is found out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from alstrom_site.editorial import verification
from alstrom_site.editorial.models import Event, ListPlace, PublishedPage
from alstrom_site.editorial.verification.fault import to_the_end
from alstrom_site.editorial.verification.kept import KEPT, Kept, replayed
from alstrom_site.editorial.verification.replay import EFFECTS, WITHOUT_EFFECT
from alstrom_site.editorial.workflow import REMARKS, START, TRANSITIONS
from tests.cast import Cast
from tests.editorial.eventful import eventful

WITHOUT_GUARDS = """
SET CONSTRAINTS ALL IMMEDIATE;
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
    WHERE contype <> 'p' AND contype <> 'n' AND contype <> 't' AND conrelid::regclass::text ~ '^(editorial|references)_'
    ORDER BY contype <> 'f'
  LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.name, found.conname); END LOOP;
  FOR found IN SELECT indexrelid::regclass AS name FROM pg_index
    WHERE indisunique AND NOT indisprimary AND indrelid::regclass::text ~ '^(editorial|references)_'
  LOOP EXECUTE format('DROP INDEX %s', found.name); END LOOP;
  FOR found IN SELECT DISTINCT tgrelid::regclass AS name FROM pg_trigger
    WHERE NOT tgisinternal AND tgrelid::regclass::text ~ '^(editorial|references)_'
  LOOP EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', found.name); END LOOP;
END $$"""
"""What the owner of the database can do, until the test is over."""
SEEN = frozenset(Kept) - {Kept.GUARD, Kept.NOT}
MODELS = sorted((model for model, columns in KEPT.items() if SEEN & set(columns.values())), key=lambda m: m.__name__)


PAGES = verification.live.published_pages


def found(*, pages: bool = True) -> Iterator[str]:
    """The faults of the rows; that the guards are gone is known. Making all pages again takes longest."""
    left_out = () if pages else (PAGES,)
    of_rows = [each for each in verification.CHECKS if not each.__module__.endswith(("guards", "constraints"))]
    checks = [each for each in of_rows if each not in left_out]
    return (str(fault) for check in checks for fault in to_the_end(check))


def other(column: "models.Field[Any, Any]", value: Any) -> str:
    """Return, as SQL, another value that fits the column."""
    if isinstance(column, models.ForeignKey):
        target = column.related_model._meta.db_table
        return f"(SELECT id FROM {target} WHERE id IS DISTINCT FROM {value or 0} ORDER BY id LIMIT 1)"  # noqa: S608 own names
    if isinstance(column, models.BooleanField):
        return f"NOT coalesce({column.column}, false)"
    if isinstance(column, models.DateTimeField | models.DateField):
        return f"coalesce({column.column}, date '2026-01-01') + interval '1 day'"
    if isinstance(column, models.IntegerField):
        return f"coalesce({column.column}, 0) + 7"
    return OTHERS.get(type(column), "'x'")


OTHERS: "dict[type[models.Field[Any, Any]], str]" = {
    models.JSONField: """'[{"place": 2, "role": "medical reviewer", "needed": 2}]'""",
    models.BinaryField: "'forged'::bytea",
    ArrayField: "'{1}'",
}


def alterations(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Every column of the model that is kept by more than a guard, with the statement that alters one row of it."""
    table = model._meta.db_table
    for column in model._meta.concrete_fields:
        if KEPT[model].get(column.name) in SEEN:
            row = model._default_manager.order_by("pk").values("pk", column.attname).first()
            assert row is not None, f"nothing of {model.__name__} happened"
            value = other(column, row[column.attname])
            yield column.name, f'UPDATE {table} SET "{column.column}" = {value} WHERE id = {row["pk"]}'  # noqa: S608 own names


@contextmanager
def undone() -> Iterator[CursorWrapper]:
    """Give a cursor, and take back what it did."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.breaks_the_record
@pytest.mark.parametrize("part", range(3))
def test_whoever_alters_a_column_past_every_guard_is_found_out(cast: Cast, part: int) -> None:
    eventful(cast)
    assert list(found()) == []
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_GUARDS)

    unseen = []
    for model in MODELS[part::3]:
        for name, statement in alterations(model):
            with undone() as cursor:
                cursor.execute(statement)
                if not next(found(pages=model in {PublishedPage, ListPlace}), ""):
                    unseen.append(f"{model.__name__}.{name}")

    assert unseen == []


@pytest.mark.django_db
@pytest.mark.breaks_the_record
def test_whoever_takes_a_row_away_or_adds_one_is_found_out(cast: Cast) -> None:
    eventful(cast)
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_GUARDS)

    unseen = []
    for model in [each for each in MODELS if Kept.EVENTS in KEPT[each].values()]:
        table = model._meta.db_table
        columns = ", ".join(str(column.column) for column in model._meta.concrete_fields if not column.primary_key)
        for statement in (
            f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})",  # noqa: S608 own names
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} ORDER BY id LIMIT 1",  # noqa: S608 own names
        ):
            with undone() as cursor:
                cursor.execute(statement)
                if not next(found(pages=False), ""):
                    unseen.append(statement)

    assert unseen == []


@pytest.mark.django_db
@pytest.mark.breaks_the_record
def test_a_forged_page_is_found_though_it_is_marked_to_be_made_anew(cast: Cast) -> None:
    eventful(cast)
    page = PublishedPage.objects.order_by("pk")[0]

    PublishedPage.objects.filter(pk=page.pk).update(body=b"forged", is_stale=True)

    (fault,) = found()
    assert fault.startswith(f"Page {page.path}: it is marked to be made anew, and until then")
    assert "(body)" in fault


def test_the_table_says_of_every_column_how_it_is_kept() -> None:
    rooms = [apps.get_app_config(name) for name in ("editorial", "references", "pages")]
    assert set(KEPT) == {model for room in rooms for model in room.get_models() if not model._meta.proxy}
    for model, columns in KEPT.items():
        assert set(columns) == {column.name for column in model._meta.concrete_fields if not column.primary_key}


def test_it_is_said_of_every_verb_what_it_makes_of_the_rows() -> None:
    verbs = {START, *REMARKS, *(step.verb for step in TRANSITIONS)}

    assert set(EFFECTS) | WITHOUT_EFFECT == verbs
    assert not set(EFFECTS) & WITHOUT_EFFECT


@pytest.mark.django_db
def test_something_of_every_sort_happens_in_the_story_of_these_tests(cast: Cast) -> None:
    eventful(cast)

    elsewhere = {"revise", "take back", "bring up to date", "recommend", "request changes", "cancel schedule", "claim"}
    elsewhere |= {"fail to publish", "reaffirm", "void proposal"}
    assert set(EFFECTS) - elsewhere <= set(Event.objects.values_list("verb", flat=True))
    assert all(replayed(model) for model in KEPT if Kept.EVENTS in KEPT[model].values())
