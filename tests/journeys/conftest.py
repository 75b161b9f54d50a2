"""Fixtures of the journeys about writing."""

import pytest
from django.core.cache import cache
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from pages import live
from tests.cast import Cast
from tests.conftest import ContextMaker
from tests.journeys.writing_page import signed_in


@pytest.fixture
def known_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the preview know two sources and one term, and nobody be over a limit yet."""
    cache.clear()
    monkeypatch.setattr(
        live, "reference_labels", lambda texts: {"joy2007": "Joy and others 2007", "marshall2007": "Marshall"}
    )
    monkeypatch.setattr(live, "term_names", lambda texts: {"cilia": "cilia"})


@pytest.fixture
def desk(new_context: ContextMaker, cast: Cast, live_server: LiveServer, known_names: None) -> Page:
    """The writing page, opened by an editor."""
    page = signed_in(new_context(), cast.editor, live_server).new_page()
    page.goto("/admin/writing/")
    return page
