"""Fixtures about the site itself: the cast, and the laws that hold after every test."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from alstrom_site.accounts.interests import interests_are_due
from alstrom_site.editorial.actions import signing
from alstrom_site.editorial.models import Event
from tests.cast import DECLARED_ON, Cast, make_cast
from tests.invariants import hold_the_laws

DATABASE_FIXTURES = frozenset({"db", "transactional_db", "live_server", "cast"})


@pytest.fixture(autouse=True)
def laws_hold_afterwards(request: pytest.FixtureRequest) -> Iterator[None]:
    """Check the laws of the record after every test that changed it; a test that breaks them on purpose says so."""
    on_database = request.node.get_closest_marker("django_db") or DATABASE_FIXTURES & set(request.fixturenames)
    if on_database:
        # Set up before this fixture, so that the rows are still there when the laws are checked.
        request.getfixturevalue("_django_db_helper")
        # Attempts are counted there; what one test with real commits counted is nothing to the next.
        cache.clear()
    yield
    if on_database and not request.node.get_closest_marker("breaks_the_record") and Event.objects.exists():
        hold_the_laws()


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of a story."""
    return make_cast()


@pytest.fixture(autouse=True)
def interests_are_confirmed_whenever_a_test_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the cast sign at moments long before the day on which they were made; other declarations count as ever."""
    monkeypatch.setattr(
        signing,
        "interests_are_due",
        lambda person, day: person.interests_declared_on != DECLARED_ON and interests_are_due(person, day),
    )
