"""The database refuses to change the record, whatever the way in."""

import pytest
from django.db import DatabaseError, connection, transaction

from alstrom_site.editorial.models import Document, Edition, Event, Review, Revision
from tests.cast import Cast
from tests.documents import approved

pytestmark = pytest.mark.django_db

KEPT = {Revision: "content", Review: "comment", Event: "by_name"}
EVERY_KEPT = pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
NEVER_REMOVED = (Document, Edition, *KEPT)


def refused(statement: str) -> bool:
    """Whether the database refuses the statement because of the record."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(statement)
    except DatabaseError as error:
        return "The record is kept" in str(error)
    return False


@EVERY_KEPT
def test_sql_cannot_update_the_record(cast: Cast, model: type[Revision]) -> None:
    approved(cast)

    assert refused(f"UPDATE {model._meta.db_table} SET {KEPT[model]} = 'something else'")  # noqa: S608 own names


@pytest.mark.parametrize("model", NEVER_REMOVED, ids=lambda model: model.__name__)
def test_sql_cannot_delete_or_empty_the_record(cast: Cast, model: type[Revision]) -> None:
    approved(cast)

    assert refused(f"DELETE FROM {model._meta.db_table}")  # noqa: S608 own names
    assert refused(f"TRUNCATE {model._meta.db_table} CASCADE")


@EVERY_KEPT
def test_the_orm_cannot_change_the_record(cast: Cast, model: type[Revision]) -> None:
    approved(cast)
    row = model.objects.first()
    assert row is not None

    with pytest.raises(DatabaseError, match="The record is kept"), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError, match="The record is kept"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_no_setting_of_the_session_switches_the_triggers_off(cast: Cast) -> None:
    approved(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(tgname, ',') FROM pg_trigger WHERE tgname LIKE 'pgtrigger_%'")
        names = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{names}}}"])

    assert refused("UPDATE editorial_event SET by_name = 'somebody else'")


def test_a_text_cannot_be_stored_with_a_digest_of_another(cast: Cast) -> None:
    edition = approved(cast)

    with pytest.raises(DatabaseError, match="digest_is_of_its_content"), transaction.atomic():
        Revision.objects.create(
            edition=edition,
            number=99,
            content='{"a":"b"}',
            digest=edition.text.digest,
            author=cast.editor,
            author_name="Test",
            created_at=edition.created_at,
        )


def test_a_person_cannot_be_deleted(cast: Cast) -> None:
    assert refused(f"DELETE FROM accounts_user WHERE id = {cast.stranger.pk}")  # noqa: S608 a number
