"""What is due, met by others: two workers, a person at the desk, and a worker that is killed half way."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import _transitions
from alstrom_site.editorial.actions.scheduling import Outcome, Result
from alstrom_site.editorial.management.commands.publish_due import LEFT_FOR_THE_NEXT_RUN
from alstrom_site.editorial.models import Document, Edition, Event, PublishedPage
from alstrom_site.editorial.workflow import ActionRefused, Status
from tests.cast import Cast, make_cast
from tests.documents import STEP, changes_requested, fresh
from tests.editorial.actions.scheduled import LATE, SET_AT, TIME, scheduled
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db(transaction=True)
CHECKOUT = Path(__file__).resolve().parents[3]
Act = Callable[[Cast, Edition], object]

DIES_HALF_WAY = """
import sys, time, django
from datetime import datetime
django.setup()
from alstrom_site.editorial import actions, projection
def hang(document, **_):
    print("half way", flush=True)
    time.sleep(60)
projection.refresh = hang
actions.publish_due(datetime.fromisoformat(sys.argv[1]))
"""


def in_a_thread(act: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    """Start an act on a connection of its own; what it returns or raises is put into the list."""
    came_of_it: list[object] = []

    def run() -> None:
        try:
            came_of_it.append(act())
        except Exception as error:  # whatever it is, it is the outcome
            came_of_it.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, came_of_it


def address_of_the_database() -> str:
    """Return DATABASE_URL for the database of the tests."""
    used = connection.settings_dict
    return f"postgres://{quote(used['USER'])}@/{quote(used['NAME'])}?host={quote(str(used['HOST']), safe='')}"


def test_two_workers_publish_each_text_once() -> None:
    cast = make_cast()
    for number in range(1, 5):
        scheduled(cast, key=f"sample200{number}")

    workers = [in_a_thread(lambda: actions.publish_due(TIME)) for _ in range(2)]
    for thread, _ in workers:
        thread.join(timeout=60)

    outcomes = [outcome for _, (came,) in workers if isinstance(came, list) for outcome in came]
    # Who finds a text in the other's hands leaves it; what both left, the next run does.
    outcomes += actions.publish_due(LATE)
    assert [outcome.result for outcome in outcomes] == [Result.PUBLISHED] * 4
    assert Event.objects.filter(verb="publish").count() == 4
    assert Edition.objects.filter(status=Status.PUBLISHED).count() == 4


def test_a_second_worker_leaves_a_text_that_the_first_has_in_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = scheduled(make_cast())
    hold = first_to_come_waits(monkeypatch)
    first, came_of_it = in_a_thread(lambda: actions.publish_due(TIME))
    assert hold.reached.wait(timeout=30)

    assert actions.publish_due(TIME) == []

    hold.go_on.set()
    first.join(timeout=30)
    assert [outcome.result for outcome in _outcomes(came_of_it)] == [Result.PUBLISHED]
    assert fresh(edition).state is Status.PUBLISHED


def test_a_text_that_something_holds_for_over_an_hour_is_named_by_each_run_and_mailed_once() -> None:
    edition = scheduled(make_cast())
    reached, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Document.objects.select_for_update().get(pk=edition.document_id)
            reached.set()
            go_on.wait(timeout=60)

    holder, _ = in_a_thread(hold)
    assert reached.wait(timeout=30)
    forget_mails()

    within_an_hour, later = actions.publish_due(TIME + STEP), actions.publish_due(LATE)
    with pytest.raises(CommandError, match="left for the next run") as ended:
        call_command("publish_due", stdout=StringIO())
    go_on.set()
    holder.join(timeout=30)

    assert (within_an_hour, [outcome.result for outcome in later]) == ([], [Result.LEFT])
    assert ended.value.returncode == LEFT_FOR_THE_NEXT_RUN
    assert {mail.to: mail.subject for mail in queued_mails()} == dict.fromkeys(
        ("editor", "publisher", "everything"), f"Still not published: {edition.document.title}"
    )
    assert len(queued_mails()) == 3
    assert [outcome.result for outcome in actions.publish_due(LATE)] == [Result.PUBLISHED]


def _outcomes(came_of_it: list[object]) -> list[Outcome]:
    (came,) = came_of_it
    assert isinstance(came, list), came
    return came


def discard(cast: Cast, edition: Edition) -> object:
    seen = edition.text.digest
    return actions.discard(edition, by=cast.editor, at=SET_AT + STEP, seen=seen, comment="Not needed.")


def take_back(cast: Cast, edition: Edition) -> object:
    content, seen = {**edition.text.fields, "title": "Another"}, edition.text.digest
    return actions.save(edition, content, by=cast.editor, at=SET_AT + STEP, seen=seen, take_back=True)


def ask_for_changes(cast: Cast, edition: Edition) -> object:
    return changes_requested(cast.second_reviewer, edition, at=SET_AT + STEP)


def cancel(cast: Cast, edition: Edition) -> object:
    return actions.cancel_schedule(edition, by=cast.publisher, at=SET_AT + STEP, seen=edition.text.digest)


class Hold:
    """A place in the middle of a step at which whoever comes first waits, the locks in their hands."""

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()

    def wait(self) -> None:
        """Wait, if nobody came before."""
        if not self.reached.is_set():
            self.reached.set()
            self.go_on.wait(timeout=30)


def first_to_come_waits(monkeypatch: pytest.MonkeyPatch) -> Hold:
    """Have the first step that is taken from now on wait between its checks and its writes."""
    hold, check = Hold(), _transitions.check

    def check_and_wait(*arguments: object, **options: object) -> None:
        check(*arguments, **options)  # type: ignore[arg-type]  # passed on as they come
        hold.wait()

    monkeypatch.setattr(_transitions, "check", check_and_wait)
    return hold


OTHERS: dict[Act, Status] = {
    ask_for_changes: Status.CHANGES_REQUESTED,
    cancel: Status.APPROVED,
    discard: Status.DISCARDED,
    take_back: Status.DRAFT,
}


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: other.__name__)
@pytest.mark.parametrize("fires_first", [True, False])
def test_of_a_schedule_that_fires_and_a_step_at_the_desk_one_is_taken(
    other: Act, fires_first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    edition = scheduled(cast)
    hold = first_to_come_waits(monkeypatch)
    acts: list[Callable[[], object]] = [lambda: actions.publish_due(TIME), lambda: other(cast, fresh(edition))]
    first, second = acts if fires_first else reversed(acts)
    one, came_of_one = in_a_thread(first)
    assert hold.reached.wait(timeout=30)
    two, came_of_two = in_a_thread(second)
    # It waits for the lock, or has left the text to who holds it.
    two.join(timeout=1)
    hold.go_on.set()
    for thread in (one, two):
        thread.join(timeout=60)

    state = fresh(edition).state
    assert state in {Status.PUBLISHED, OTHERS[other]}, (came_of_one, came_of_two)
    assert Event.objects.filter(verb="publish").count() == (state is Status.PUBLISHED)
    assert PublishedPage.objects.count() == (state is Status.PUBLISHED)
    assert (state is Status.PUBLISHED) == fires_first
    desk = came_of_two[0] if fires_first else came_of_one[0]
    assert isinstance(desk, ActionRefused) == (state is Status.PUBLISHED), desk


def test_a_worker_that_is_killed_half_way_leaves_nothing_half_done_and_the_next_run_does_it() -> None:
    edition = scheduled(make_cast())
    events = Event.objects.count()
    worker = subprocess.Popen(
        [sys.executable, "-c", DIES_HALF_WAY, TIME.isoformat()],
        cwd=CHECKOUT,
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": address_of_the_database(),
            "SECRET_KEY": "k" * 50,
            "DJANGO_SETTINGS_MODULE": "alstrom_site.settings",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    with worker.stdout:
        assert worker.stdout.readline() == "half way\n"
        worker.kill()
        worker.wait(timeout=30)

    assert fresh(edition).state is Status.SCHEDULED
    assert Event.objects.count() == events
    assert not PublishedPage.objects.exists()
    assert [outcome.result for outcome in _until_the_lock_is_gone()] == [Result.PUBLISHED]
    assert fresh(edition).state is Status.PUBLISHED
    assert PublishedPage.objects.filter(document=edition.document).exists()


def _until_the_lock_is_gone() -> list[Outcome]:
    """The database notices within a moment that the killed worker is gone; the next runs come each minute."""
    for _ in range(100):
        outcomes = actions.publish_due(LATE)
        if outcomes and outcomes[0].result is not Result.LEFT:
            return outcomes
        threading.Event().wait(0.1)
    return []
