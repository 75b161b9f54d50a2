"""The played servers, and no waiting between tries."""

from collections.abc import Iterator
from typing import Any

import pytest

from references.lookup import asking
from tests.references.lookup.played import Played, played


@pytest.fixture
def servers(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Played]:
    """NCBI and Crossref, played on this machine."""
    monkeypatch.setattr(asking, "PAUSES", (0.0, 0.0))
    monkeypatch.setattr(asking.Pace, "wait", lambda *_: None)
    with played() as script:
        for name, value in script.settings().items():
            setattr(settings, name, value)
        yield script
