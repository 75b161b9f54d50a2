"""A retraction is noted at the moment at which a text that cites the work goes live, on two real connections."""

import threading
from typing import Any

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import _record, observing
from alstrom_site.editorial.models import Edition, Flag
from alstrom_site.editorial.workflow import NotReady
from references.watching import Notice, observe
from tests.cast import NOW, Cast, make_cast
from tests.documents import STEP, approved, fresh, next_edition, published, signed, submitted
from tests.editorial.actions.test_due_at_once import first_to_come_waits, in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + 20 * STEP
RETRACTION = Notice("RetractionIn", "2010-02-06", doi="10.1000/notice")


def _publish(cast: Cast, edition: Edition) -> Edition:
    return actions.publish(fresh(edition), by=cast.publisher, at=LATER, seen=edition.text.digest)


def _observe(cast: Cast, source: Edition) -> bool:
    return observe(source.document, [RETRACTION], source="Test list", by=cast.editor, at=LATER)


def test_a_text_does_not_go_live_that_cites_what_was_found_retracted_since_it_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = make_cast()
    source = published(cast, key="bad2001")
    article = approved(cast, "article", body="One [@bad2001].")
    recorded, go_on = threading.Event(), threading.Event()

    def record_and_wait(*arguments: Any, **options: Any) -> Any:
        event = _record.remark(*arguments, **options)
        recorded.set()
        go_on.wait(timeout=30)
        return event

    monkeypatch.setattr(observing, "remark", record_and_wait)
    watcher, observed = in_a_thread(lambda: _observe(cast, source))
    assert recorded.wait(timeout=30)
    publisher, came_of_it = in_a_thread(lambda: _publish(cast, article))
    # It passes its checks, and waits for the chain.
    publisher.join(timeout=2)
    go_on.set()
    for thread in (watcher, publisher):
        thread.join(timeout=60)

    assert observed == [True]
    [refused] = came_of_it
    assert isinstance(refused, NotReady), refused
    assert [issue.code for issue in refused.issues] == ["retracted", "grounds-changed"]
    assert fresh(article).status == "approved"


def test_a_text_that_goes_live_before_the_retraction_is_noted_is_flagged_and_neither_waits_crosswise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = make_cast()
    source = published(cast, key="bad2001")
    live = published(cast, "article", body="One [@bad2001].")
    following = next_edition(cast, live.document, at=LATER, body="Another one [@bad2001].")
    following = signed(cast, submitted(cast, following, at=LATER), at=LATER)
    hold = first_to_come_waits(monkeypatch)
    publisher, came_of_it = in_a_thread(lambda: _publish(cast, following))
    assert hold.reached.wait(timeout=30)
    watcher, observed = in_a_thread(lambda: _observe(cast, source))
    # It waits for the article, which it would flag.
    watcher.join(timeout=1)
    hold.go_on.set()
    for thread in (publisher, watcher):
        thread.join(timeout=60)

    assert observed == [True]
    assert isinstance(came_of_it[0], Edition), came_of_it
    assert fresh(following).status == "published"
    assert Flag.objects.standing().get().document == live.document
