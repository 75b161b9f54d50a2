"""What a person took back is not noted again by itself; a person notes it again, once, and everybody is told."""

import io
import threading
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from psycopg.errors import LockNotAvailable

from alstrom_site.accounts.models import User
from alstrom_site.editorial.actions import _record, observing
from alstrom_site.editorial.models import Document, Event
from alstrom_site.editorial.workflow import VERBS_OF_NOTICES, Busy, WrongState
from references.admin import sources
from references.importing import Brought
from references.lookup import LookedUp
from references.models import ObservedNotice
from references.provenance import TakenFrom
from references.watching import Notice, note_again, observe, taking_back
from references.watching.checking import Report, check_retraction_watch
from references.watching.observing import foresee
from references.watching.retraction_watch import SOURCE
from tests.cast import NOW, Cast, make_cast
from tests.documents import STEP, draft, published
from tests.editorial.actions.test_busy import begin_with, called
from tests.editorial.actions.test_due_at_once import in_a_thread
from tests.editorial.admin.desk_visits import page, signed_in
from tests.outbox import forget_mails, queued_mails
from tests.references.watching.test_retraction_watch import HEADER, row

LATER = NOW + 40 * STEP
RETRACTED = Notice("RetractionIn", "2010-02-06", doi="10.1000/notice1", text="Retraction Watch, record 1")
OLDER = Notice("RetractionIn", "2009", doi="10.1000/NOTICE1")
ANOTHER = Notice("RetractionIn", "2011", doi="10.1000/another-notice")


def file_compared(cast: Cast, *rows: str, noted: bool = True) -> Report:
    """Compare a file of Retraction Watch, by itself with the one row about the work."""
    stream = io.BytesIO("\n".join([HEADER, *(rows or [row()])]).encode())
    return check_retraction_watch(stream, by=cast.publisher if noted else None, at=LATER)


def by_file(cast: Cast, document: Document) -> str:
    return "; ".join(each.why for each in file_compared(cast).left_out)


def by_hand(cast: Cast, document: Document) -> str:
    left_out = foresee(document, [RETRACTED], source=SOURCE).left_out
    observe(document, [RETRACTED], source=SOURCE, by=cast.second_editor, at=LATER)
    return "; ".join(taken.taken_back_because for taken in left_out)


def at_the_desk(person: User, name: str, number: int, because: str = "It named another work.") -> str:
    """Send the form of a step and return why it was not taken, or the status of what is not there."""
    entry = ObservedNotice.objects.filter(pk=number).values_list("document", flat=True).first() or number
    response = signed_in(person).post(reverse(f"admin:references_{name}", args=[entry, number]), {"because": because})
    if response.status_code != 409:
        return "" if response.status_code == 302 else str(response.status_code)
    alert = response.content.decode().partition('role="alert"')[2]
    return unescape(alert.partition("<p>")[2].partition("</p>")[0])


def step_of(name: str) -> Callable[[Cast, Document], str]:
    def step(cast: Cast, document: Document) -> str:
        return at_the_desk(cast.editor, name, newest(document) or 0)

    return step


def newest(document: Document) -> int | None:
    return document.observed_notices.order_by("-pk").values_list("pk", flat=True).first()


def state(document: Document) -> str:
    notice = document.observed_notices.order_by("-pk").first()
    if notice is None:
        return "not noted"
    return "taken back" if notice.taken_back_at else "noted again" if notice.again else "noted"


back, again = step_of("take_back"), step_of("note_again")
STEPS = {"file": by_file, "by hand": by_hand, "take back": back, "note again": again}
STATES: dict[str, list[Callable[[Cast, Document], str]]] = {
    "not noted": [],
    "noted": [by_hand],
    "taken back": [by_hand, back],
    "noted again": [by_hand, back, again],
}
LEFT_OUT = (
    "Retracted 2010, says Retraction Watch: not noted, because Test editor took that back on {day} (“It named another "
    "work.”). If it is about this work after all, note it again on the page of the entry."
)
TABLE: dict[tuple[str, str], tuple[str, list[str], str]] = {
    ("not noted", "file"): ("noted", ["observe"], ""),
    ("not noted", "by hand"): ("noted", ["observe"], ""),
    ("not noted", "take back"): ("not noted", [], "404"),
    ("not noted", "note again"): ("not noted", [], "404"),
    ("noted", "file"): ("noted", [], ""),
    ("noted", "by hand"): ("noted", [], ""),
    ("noted", "take back"): ("taken back", ["take notice back"], ""),
    ("noted", "note again"): ("noted", [], taking_back.NOT_TAKEN_BACK),
    ("taken back", "file"): ("taken back", [], LEFT_OUT),
    ("taken back", "by hand"): ("taken back", [], "It named another work."),
    ("taken back", "take back"): ("taken back", [], taking_back.TAKEN_BACK),
    ("taken back", "note again"): ("noted again", ["note again"], ""),
    ("noted again", "file"): ("noted again", [], ""),
    ("noted again", "by hand"): ("noted again", [], ""),
    ("noted again", "take back"): ("taken back", ["take notice back"], ""),
    ("noted again", "note again"): ("noted again", [], taking_back.NOT_TAKEN_BACK),
}


def test_the_table_is_whole() -> None:
    assert set(TABLE) == {(before, step) for before in STATES for step in STEPS}


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "step"), TABLE)
def test_each_step_with_a_notice_does_what_the_table_says(before: str, step: str, cast: Cast) -> None:
    document = draft(cast, DOI="10.1000/work").document
    for each in STATES[before]:
        assert each(cast, document) == ""
    assert state(document) == before
    position = Event.objects.count()

    said = STEPS[step](cast, document)

    after, verbs, sentence = TABLE[before, step]
    taken = document.observed_notices.exclude(taken_back_at=None).order_by("-pk").first()
    day = f"{taken.taken_back_at:%-d %B %Y}" if taken and taken.taken_back_at else ""
    assert (state(document), said) == (after, sentence.format(day=day))
    assert list(Event.objects.filter(position__gt=position).values_list("verb", flat=True)) == verbs


def taken_back(cast: Cast, document: Document) -> ObservedNotice:
    observe(document, [RETRACTED], source=SOURCE, by=cast.editor, at=LATER)
    notice = document.observed_notices.get()
    taking_back.take_back(notice, because="It names another work.", by=cast.editor, at=LATER)
    notice.refresh_from_db()
    return notice


@pytest.mark.django_db
def test_what_was_taken_back_is_named_by_the_dry_run_and_by_the_real_one(
    cast: Cast, tmp_path: Any, capsys: Any
) -> None:
    document = draft(cast, DOI="10.1000/work").document
    taken_back(cast, document)
    file = tmp_path / "retraction_watch.csv"
    file.write_text("\n".join([HEADER, row(date="2/7/2010 0:00")]))

    said = []
    for options in ({}, {"by": "editor"}):
        call_command("check_retractions", str(file), **options)
        said.append(capsys.readouterr().out)

    assert said[0] == said[1]
    assert "Nothing in it is new.\nLeft out: sample2001: Retracted 2010, says Retraction Watch: not noted" in said[0]
    with file.open("rb") as opened:
        html = signed_in(cast.editor).post(reverse("admin:references_watched"), {"file": opened}).content.decode()
    assert "Left out, because somebody took it back:" in html
    assert not ObservedNotice.objects.holding().exists()


@pytest.mark.django_db
def test_the_same_notice_with_another_date_is_left_out_and_another_notice_is_not(cast: Cast) -> None:
    document = draft(cast, DOI="10.1000/work").document
    notice = taken_back(cast, document)

    found = foresee(document, [OLDER, ANOTHER], source=SOURCE)

    assert (found.now, found.left_out) == ("Retracted 2011", (notice,))
    assert foresee(document, [OLDER], source="PubMed").now == "Retracted 2009"


@pytest.mark.django_db
def test_a_look_up_names_what_was_taken_back_and_does_not_note_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    document = published(cast, DOI="10.1000/work").document
    linked = {"type": "RetractionIn", "pmid": "", "doi": "10.1000/notice1", "text": "Retraction 2010"}
    item = {"type": "article-journal", "title": "A work", "DOI": "10.1000/work", "custom": {"notices": [linked]}}
    found = LookedUp([Brought(1, 1, item, TakenFrom("Looked up", "Crossref", "10.1000/work", ""))], [])
    monkeypatch.setattr(sources, "look_up", lambda asked: found)
    client, address = signed_in(cast.editor), reverse("admin:references_sources", args=[document.pk])
    told = client.post(address, {"look_up": "1"}, follow=True).content.decode()
    assert sources.NEWS.format("Retracted 2010.") in told
    at_the_desk(cast.editor, "take_back", document.observed_notices.get().pk)

    html = client.post(address, {"look_up": "1"}, follow=True).content.decode()

    assert "Retracted 2010, says Crossref: not noted, because Test editor took that back" in html
    assert "Noted of this work" not in html
    assert document.observed_notices.count() == 1


@pytest.mark.django_db
def test_a_notice_that_was_taken_back_is_noted_again_at_the_desk_and_told_as_a_new_one(cast: Cast) -> None:
    article = published(cast, "article", body="A claim [@sample2001].")
    source = Document.objects.addressed("reference", ["sample2001"]).get()
    notice = taken_back(cast, source)
    edition = source.latest_edition
    assert "Note it again" in page(cast.editor, edition)
    assert "Note it again" not in page(cast.reviewer, edition)
    forget_mails()

    address = reverse("admin:references_note_again", args=[source.pk, notice.pk])
    assert signed_in(cast.reviewer).post(address, {"because": "No."}).status_code == 403
    person = cast.second_editor
    assert at_the_desk(person, "note_again", notice.pk, " ") == taking_back.NO_REASON_AGAIN
    assert "cannot be stored (NUL" in at_the_desk(person, "note_again", notice.pk, "It is\0 this work.")
    assert at_the_desk(person, "note_again", notice.pk, "It is this work.") == ""
    assert at_the_desk(person, "note_again", notice.pk, "It is this work.") == taking_back.HOLDS_AGAIN

    new = ObservedNotice.objects.holding().get()
    assert (new.again, new.again_because, new.seen_by) == (notice, "It is this work.", cast.second_editor)
    event = Event.objects.filter(verb__in=VERBS_OF_NOTICES).order_by("-position")[0]
    assert (event.verb, event.by) == ("note again", cast.second_editor)
    assert event.fields["comment"] == "Retraction Watch, noted again (“It is this work.”): Retracted 2010."
    assert "noted again (“It is this work.”): Retracted 2010." in article.document.flags.standing().get().statement
    assert {mail.to for mail in queued_mails()} == {"editor", "publisher", "everything"}
    html = page(cast.editor, edition)
    assert "noted again by Test second editor: “It is this work.”" in html
    assert "Note it again" not in html


@pytest.mark.django_db
def test_a_later_retraction_under_the_number_of_the_work_itself_is_another_notice(cast: Cast) -> None:
    document = published(cast, DOI="10.1000/Work").document
    in_place = row().replace("10.1000/Notice1", "10.1000/work")
    file_compared(cast, in_place)
    taking_back.take_back(document.observed_notices.get(), because="A mistake.", by=cast.editor, at=LATER)

    later = file_compared(cast, in_place, in_place.replace("2/6/2010", "3/3/2026"))

    assert [each.now for each in later.told] == ["Retracted 2026"]
    assert [each.document for each in later.left_out] == [document]
    assert document.observed_notices.holding().get().date == "2026-03-03"


@pytest.mark.django_db
def test_a_notice_that_is_taken_back_is_told_to_the_owner_and_to_the_publishers(cast: Cast) -> None:
    document = published(cast).document
    observe(document, [RETRACTED], source=SOURCE, by=cast.editor, at=LATER)
    forget_mails()

    taking_back.take_back(document.observed_notices.get(), because="A mistake.", by=cast.second_editor, at=LATER)

    assert {mail.to for mail in queued_mails()} == {"editor", "publisher", "everything"}
    assert all("taken back (“A mistake.”): nothing is known against it" in mail.text for mail in queued_mails())
    assert not any("says so to readers" in mail.text for mail in queued_mails())


@pytest.mark.parametrize("act", [observe, taking_back.take_back, note_again])
def test_who_waits_too_long_for_the_entry_is_told_so(act: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    begin_with(LockNotAvailable(), monkeypatch)

    with pytest.raises(Busy):
        called(act)


@pytest.mark.django_db(transaction=True)
def test_two_who_note_it_again_at_once_note_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    notice = taken_back(cast, published(cast).document)
    recorded, go_on = threading.Event(), threading.Event()

    def record_and_wait(*arguments: Any, **options: Any) -> Any:
        event = _record.remark(*arguments, **options)
        recorded.set()
        go_on.wait(timeout=30)
        return event

    monkeypatch.setattr(observing, "remark", record_and_wait)
    first, told = in_a_thread(lambda: note_again(notice, because="It is this.", by=cast.editor, at=LATER))
    assert recorded.wait(timeout=30)
    second, refused = in_a_thread(lambda: note_again(notice, because="So it is.", by=cast.second_editor, at=LATER))
    # It waits for the entry.
    second.join(timeout=1)
    assert second.is_alive()
    go_on.set()
    for thread in (first, second):
        thread.join(timeout=60)

    assert told == [True]
    assert [(type(each), str(each)) for each in refused] == [(WrongState, taking_back.HOLDS_AGAIN)]
    assert ObservedNotice.objects.holding().get().again_because == "It is this."
