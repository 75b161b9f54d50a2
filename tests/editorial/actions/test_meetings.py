"""Steps that meet on two real connections where no document keeps them apart: at an address, and at the pages."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions, projection, review_dates
from alstrom_site.editorial.actions import _record, publishing
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Document, Edition, PublishedPage
from tests.cast import NOW, Cast, make_cast
from tests.documents import (
    STEP,
    draft,
    fresh,
    made_live,
    next_edition,
    published,
    signed,
    submitted,
    term_content,
    yes_to_all,
)

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 2
A_YEAR_ON = NOW + timedelta(days=365)
FIRST, SECOND = "first", "second"


def side_by_side(first: Callable[[], Any], second: Callable[[], Any]) -> dict[str, Exception | None]:
    """Run both on a connection each, on threads that are named after their place, and return what each raised."""
    outcomes: dict[str, Exception | None] = {FIRST: None, SECOND: None}

    def run(act: Callable[[], Any]) -> None:
        try:
            act()
        except Exception as error:  # whatever it is, it is the outcome
            outcomes[threading.current_thread().name] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act], name=name) for name, act in ((FIRST, first), (SECOND, second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def is_first() -> bool:
    """Whether this is the first of the two."""
    return threading.current_thread().name == FIRST


def test_who_begins_and_who_renames_to_one_address_never_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    other = draft(cast, "term", slug="other-word")
    address_taken, chain_taken = threading.Event(), threading.Event()
    take_turn = _record.take_turn

    def take_turn_late() -> None:
        if is_first():
            address_taken.set()
            chain_taken.wait(PATIENCE)
        take_turn()
        chain_taken.set()

    monkeypatch.setattr(_record, "take_turn", take_turn_late)

    def begin() -> None:
        actions.start("term", term_content("same-word"), by=cast.editor, at=NOW)

    def rename() -> None:
        address_taken.wait(PATIENCE)
        content = {**other.text.fields, "slug": "same-word"}
        actions.save(other, content, by=cast.second_editor, at=NOW, seen=other.text.digest)

    outcomes = side_by_side(begin, rename)

    assert outcomes[FIRST] is None
    assert isinstance(outcomes[SECOND], ContentRefused)


def ready_to_publish(cast: Cast, document: Document) -> Edition:
    """Return an approved next edition of a term, with another definition."""
    edition = next_edition(cast, document, at=NOW + 10 * STEP, definition="A definition made up later.")
    return signed(cast, submitted(cast, edition, at=NOW + 11 * STEP), at=NOW + 12 * STEP)


def test_pages_made_again_while_somebody_publishes_show_what_was_published(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    published(cast, "term", slug="a-word")
    last = published(cast, "term", slug="b-word")
    edition = ready_to_publish(cast, last.document)
    begun, published_meanwhile = threading.Event(), threading.Event()
    store = projection._store

    def store_late(document: Document) -> None:
        if is_first() and not begun.is_set():
            begun.set()
            published_meanwhile.wait(PATIENCE)
        store(document)

    monkeypatch.setattr(projection, "_store", store_late)

    def publish() -> None:
        begun.wait(PATIENCE)
        made_live(cast, edition, at=NOW + 13 * STEP)
        published_meanwhile.set()

    outcomes = side_by_side(projection.rebuild, publish)

    assert outcomes == {FIRST: None, SECOND: None}
    page = PublishedPage.objects.get(document=last.document_id)
    assert page.revision_digest == fresh(edition).text.digest
    assert b"A definition made up later." in bytes(page.body)


def test_who_sets_a_policy_and_who_publishes_never_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    document = published(cast, "term", slug="a-word").document
    edition = signed(cast, submitted(cast, draft(cast, "term", slug="b-word"), at=NOW + STEP), at=NOW + 2 * STEP)
    came = {name: threading.Event() for name in (FIRST, SECOND)}

    def meet_after(take_turn: Callable[[], None]) -> Callable[[], None]:
        """Who holds the chain or the pages waits until the other holds one of them, too, or is kept away."""

        def take_turn_and_wait() -> None:
            take_turn()
            came[FIRST if is_first() else SECOND].set()
            came[SECOND if is_first() else FIRST].wait(PATIENCE)

        return take_turn_and_wait

    for module, name in ((_record, "take_turn"), (publishing, "take_turn"), (projection, "_take_turn")):
        monkeypatch.setattr(module, name, meet_after(getattr(module, name)))

    def set_policy() -> None:
        wanted, was = actions.OwnPolicy(months=6), actions.own_policy(document).digest
        actions.set_policy(document, wanted, by=cast.publisher, at=NOW + 9 * STEP, seen=was)

    outcomes = side_by_side(set_policy, lambda: made_live(cast, edition, at=NOW + 9 * STEP))

    assert outcomes == {FIRST: None, SECOND: None}


@pytest.mark.parametrize("clocks", [(0, 0), (1, 0)], ids=["one clock", "the first clock ahead"])
def test_two_reviews_that_are_recorded_crosswise_fall_due_on_two_days(
    clocks: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    lives = [published(cast, "term", slug=slug) for slug in ("a-word", "b-word")]
    written, recorded = threading.Event(), threading.Event()
    take_turn = _record.take_turn

    def take_turn_late() -> None:
        if is_first():
            written.set()
            recorded.wait(PATIENCE)
        take_turn()

    monkeypatch.setattr(_record, "take_turn", take_turn_late)
    monkeypatch.setattr(review_dates, "FALLING_DUE_TOGETHER", 1)

    def reaffirm(place: int, by: User) -> None:
        seen, said, at = (
            lives[place].text.digest,
            yes_to_all(lives[place]),
            A_YEAR_ON + timedelta(seconds=clocks[place]),
        )
        actions.reaffirm(lives[place], by=by, at=at, seen=seen, said=said)

    def second() -> None:
        written.wait(PATIENCE)
        reaffirm(1, cast.second_reviewer)
        recorded.set()

    outcomes = side_by_side(lambda: reaffirm(0, cast.reviewer), second)

    assert outcomes == {FIRST: None, SECOND: None}
    days = set(Document.objects.filter(pk__in=[live.document_id for live in lives]).values_list("review_due_on"))
    assert len(days) == 2


def test_making_pages_again_and_publishing_never_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    published(cast, "term", slug="a-word")
    last = published(cast, "term", slug="b-word", definition="Beside [a word](term:a-word).")
    edition = ready_to_publish(cast, last.document)
    stored = {name: threading.Event() for name in (FIRST, SECOND)}
    store = projection._store

    def store_and_wait(document: Document) -> None:
        store(document)
        stored[FIRST if is_first() else SECOND].set()
        stored[SECOND if is_first() else FIRST].wait(PATIENCE)

    monkeypatch.setattr(projection, "_store", store_and_wait)

    outcomes = side_by_side(projection.rebuild, lambda: made_live(cast, edition, at=NOW + 13 * STEP))

    assert outcomes == {FIRST: None, SECOND: None}
