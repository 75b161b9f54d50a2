"""Fixtures of the journeys."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from alstrom_site.editorial.texts import Text
from pages import live
from tests.cast import Cast
from tests.conftest import ContextMaker
from tests.journeys.writing_page import signed_in


@pytest.fixture
def starter_content(db: None, settings: Any) -> None:
    """All starter content, live. The commands make demonstration accounts on the embedded database only."""
    settings.EMBEDDED_DATABASE = True
    call_command("create_demonstration_accounts", verbosity=0)
    call_command("import_content", "--starter", verbosity=0)


@pytest.fixture
def known_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the preview know two sources and one term, and nobody be over a limit yet."""
    cache.clear()
    authors = {"joy2007": "Joy and others", "marshall2007": "Marshall"}
    sources = {
        key: Text(1, key, key, {"author": [{"literal": name}], "issued": key[-4:]}) for key, name in authors.items()
    }
    monkeypatch.setattr(live, "known_sources", lambda texts: sources)
    monkeypatch.setattr(live, "term_names", lambda texts: {"cilia": "cilia"})


@pytest.fixture
def desk(new_context: ContextMaker, cast: Cast, live_server: LiveServer, known_names: None) -> Page:
    """The writing page, opened by an editor."""
    page = signed_in(new_context(), cast.editor, live_server).new_page()
    page.goto("/admin/writing/")
    return page
