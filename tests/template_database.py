"""A migrated and empty database that those of the tests are copied from: migrating is what a short run waits for most.

It is made once for each state of the migrations and kept in the cluster, so that the next run finds it.
"""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.backends.utils import CursorWrapper

from alstrom_site.accounts import roles

LOCK = 7_205_001
"""Of PostgreSQL's advisory locks, the one that keeps two runs from making the same template."""
PREFIX = "template_of_tests_"
KEPT = 3
"""How many templates stay: of this state of the migrations and of those before it."""


def made() -> str:
    """Return the name of the template for the migrations as they are, made now where there is none."""
    name = PREFIX + _digest()
    with connections["default"]._nodb_cursor() as cursor:
        # To migrate takes longer than a session of the site waits for a lock.
        cursor.execute("SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if name not in _templates(cursor):
            _make(name, cursor)
            for old in _templates(cursor)[KEPT:]:
                cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
    return name


def _make(name: str, cursor: CursorWrapper) -> None:
    """Migrate under another name first: what bears the template's name is whole."""
    connection = connections["default"]
    usual, tests = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    own, tests["NAME"] = tests["NAME"], f"unfinished_{name}"
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = usual
        tests["NAME"] = own
    cursor.execute(f'ALTER DATABASE "unfinished_{name}" RENAME TO "{name}"')


def _templates(cursor: CursorWrapper) -> list[str]:
    """Return their names, the newest first."""
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC", [PREFIX])
    return [name for (name,) in cursor.fetchall()]


def _digest() -> str:
    """Return what stands for every migration of every app, and for the roles that follow them."""
    texts = hashlib.sha256(Path(str(roles.__file__)).read_bytes())
    for app in apps.get_app_configs():
        found = find_spec(f"{app.name}.migrations")
        for folder in found.submodule_search_locations or [] if found else []:
            for path in sorted(Path(folder).glob("*.py")):
                texts.update(path.name.encode() + path.read_bytes())
    return texts.hexdigest()[:16]
