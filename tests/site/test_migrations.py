"""Every migration can be taken back and made again, and stands on nothing that changes after it."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from alstrom_site.accounts.roles import ROLES
from alstrom_site.editorial.verification import faults

ROOT = Path(__file__).resolve().parents[2]
LIVE_CODE = re.compile(r"^(?:from|import) (?:alstrom_site|pages|references)\b", re.MULTILINE)


def migrate(app: str, *names: str) -> None:
    """Migrate one app as the command does."""
    call_command("migrate", app, *names, verbosity=0, interactive=False)


def migrate_all() -> None:
    """Migrate every app as the command does."""
    call_command("migrate", verbosity=0, interactive=False)
    ContentType.objects.clear_cache()


def functions_of_ours() -> set[str]:
    """The trigger functions in the database, those of pgtrigger and procrastinate aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prorettype = 'trigger'::regtype"
            " AND pronamespace = current_schema()::regnamespace"
            " AND proname NOT LIKE 'pgtrigger%%' AND proname NOT LIKE 'procrastinate%%'"
        )
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_every_migration_can_be_taken_back_and_one_app_made_alone_and_all_made_again() -> None:
    before = functions_of_ours()

    migrate("editorial", "zero")
    left_of_editorial = functions_of_ours()
    migrate("accounts", "zero")
    left = functions_of_ours()
    migrate("auth", "zero")
    migrate("contenttypes", "zero")
    migrate("contenttypes")
    tables_of_one_app = connection.introspection.table_names()
    migrate_all()

    assert left_of_editorial == {"refuse_change_of_the_record"}
    assert left == set()
    assert "django_content_type" in tables_of_one_app
    assert "auth_group" not in tables_of_one_app
    assert functions_of_ours() == before
    assert list(faults()) == []
    assert set(Group.objects.values_list("name", flat=True)) == {role.name for role in ROLES}
    assert all(group.permissions.exists() for group in Group.objects.all())


@pytest.mark.parametrize(
    "path",
    sorted(ROOT.glob("*/migrations/0*.py")) + sorted(ROOT.glob("alstrom_site/*/migrations/0*.py")),
    ids=lambda path: path.stem,
)
def test_no_migration_imports_code_that_changes(path: Path) -> None:
    assert not LIVE_CODE.search(path.read_text(encoding="utf-8"))
