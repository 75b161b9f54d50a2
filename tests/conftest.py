"""Fixtures for all tests: the database they run on, and the browser of the journeys."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from alstrom_site import embedded_database
from tests import template_database
from tests.chromium import ARGUMENTS, chromium

# A folder of its own: no test touches what `make run` keeps.
TEST_CLUSTER = Path(__file__).resolve().parents[1] / "var" / "postgres-for-tests"
# What migrations and their signals write, and no test changes: kept when a test with real commits is cleaned up after.
KEPT_TABLES = frozenset({"django_content_type", "auth_permission", "auth_group", "auth_group_permissions"})
# Django does not know that it has them: what made them is procrastinate's own.
JOB_TABLES = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers")
pytest_plugins = ["tests.fixtures"]

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Put the tests on a cluster of their own, unless DATABASE_URL names one, and let them begin migrated."""
    database = connections["default"].settings_dict
    if settings.EMBEDDED_DATABASE:
        database.update(embedded_database.database(TEST_CLUSTER, durable=False))
        # Two runs at once in one checkout have a database each.
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:8]
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        database["TEST"]["NAME"] = f"test_{run}_{worker}"
    with django_db_blocker.unblock():
        database["TEST"]["TEMPLATE"] = template_database.made()


@pytest.fixture(scope="session", autouse=True)
def files_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep uploads out of var/ and static files as they are written, spend no time on passwords, and ask nobody."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        LINK_CHECKS=False,
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        SITE_URL="http://127.0.0.1:8000",
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={**settings.STORAGES, "staticfiles": plain},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """End what threads of the live server still hold open, so that the database of the tests can be dropped."""
    yield
    with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="session", autouse=True)
def emptying_in_spite_of_triggers() -> Iterator[None]:
    """Let the end of a transactional test empty tables whose triggers refuse that; they hold during every test."""
    plain = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, style: Any, tables: Any, **options: Any) -> list[str]:
        emptied = [*(table for table in tables if table not in KEPT_TABLES), *JOB_TABLES]
        off = [f"ALTER TABLE {self.quote_name(table)} DISABLE TRIGGER USER" for table in emptied]
        on = [f"ALTER TABLE {self.quote_name(table)} ENABLE TRIGGER USER" for table in emptied]
        return [*off, *plain(self, style, emptied, **options), *on]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        # It writes what the kept tables hold already, at a second a test.
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_, **__: None)
        yield


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver; its loop makes Django believe that everything here is asynchronous, which it is not."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        # Playwright's blocking interface keeps an event loop on this thread; the tests themselves never await.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all journeys of this process."""
    launched = playwright.chromium.launch(executable_path=str(chromium()), args=ARGUMENTS)
    yield launched
    launched.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about; a journey that expects a complaint takes it off this list."""
    return []


@pytest.fixture
def new_context(browser: Browser, complaints: list[str], live_server: LiveServer) -> Iterator["ContextMaker"]:
    """Make as many separate visitors as a story has people: `editor = new_context(); page = editor.new_page()`."""
    maker = ContextMaker(browser, live_server.url, complaints)
    yield maker
    maker.close()
    assert complaints == [], "The browser complained: " + "; ".join(complaints)


@pytest.fixture
def page(new_context: "ContextMaker") -> Page:
    """A visitor's page on a desk, addresses relative to the live server."""
    return new_context().new_page()


@pytest.fixture
def phone_page(new_context: "ContextMaker") -> Page:
    """A visitor's page on a phone with touch."""
    return new_context(viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2).new_page()


class ContextMaker:
    """Makes browser contexts that share no cookie, and notes every complaint of their pages."""

    def __init__(self, browser: Browser, base_url: str, complaints: list[str]) -> None:
        """Remember the browser; no context exists yet."""
        self._browser, self._base_url, self._complaints = browser, base_url, complaints
        self._contexts: list[BrowserContext] = []

    def __call__(self, **options: Any) -> BrowserContext:
        """Return a new context, on a desk unless the options say otherwise."""
        context = self._browser.new_context(base_url=self._base_url, **{"viewport": DESKTOP, **options})
        context.on("page", self._listen)
        self._contexts.append(context)
        return context

    def close(self) -> None:
        """Close every context made."""
        for context in self._contexts:
            context.close()

    def _listen(self, page: Page) -> None:
        page.on("console", self._note_message)
        page.on("pageerror", lambda error: self._complaints.append(f"{page.url}: {error}"))

    def _note_message(self, message: ConsoleMessage) -> None:
        # A status such as 404 or 409 is an answer a story may ask for; the story looks at it itself.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._complaints.append(f"{message.location['url']}: {message.text}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the browser, so that `-m "not browser"` is true to its word."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def pytest_report_header() -> str:
    """Say at the top which database the tests run on."""
    return "database: DATABASE_URL" if os.environ.get("DATABASE_URL") else f"database: {TEST_CLUSTER.name} (embedded)"
