"""Notices are compared with the events that recorded them; those of before events carried them, from then on."""

import pytest

from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.verification.one_document import faults_of
from references.models import ObservedNotice
from references.watching import Notice, observe, take_back
from tests.breaking import is_sentence, refused_by, run, triggers_off
from tests.cast import NOW, Cast
from tests.documents import STEP, draft

pytestmark = [pytest.mark.django_db, pytest.mark.breaks_the_record]

LATER = NOW + 40 * STEP
RETRACTED = Notice("RetractionIn", "2010")


def of_before(cast: Cast) -> ObservedNotice:
    """A notice as the site wrote it before its events carried any: with a row alone."""
    said = {"type": "RetractionIn", "date": "2010", "source": "Test list", "seen_at": LATER, "seen_by": cast.editor}
    entry = draft(cast).document
    with triggers_off("references_observednotice"):
        return ObservedNotice.objects.create(document=entry, **said)


def named(notice: ObservedNotice) -> list[str]:
    """The faults of the whole record and those on the page of the entry, which must be the same."""
    found = [str(fault) for fault in faults()]
    assert found == [str(fault) for fault in faults_of(notice.document)]
    return found


def test_an_altered_notice_is_named_with_what_its_event_says(cast: Cast) -> None:
    observe(draft(cast).document, [RETRACTED], source="Test list", by=cast.editor, at=LATER)
    notice = ObservedNotice.objects.get()
    assert named(notice) == []

    with triggers_off("references_observednotice"):
        ObservedNotice.objects.update(type="ErratumIn")

    assert named(notice) == [
        f"Observed notice {notice.pk}: its “type” is “ErratumIn”, and its events say “RetractionIn”."
    ]


@pytest.mark.parametrize(
    "forging",
    [
        "UPDATE references_observednotice SET type = 'ErratumIn'",
        "UPDATE references_observednotice SET seen_at = now()",
        "UPDATE references_observednotice SET again_because = 'Forged.'",
    ],
)
def test_the_database_lets_nothing_of_a_notice_change_but_that_it_is_taken_back(forging: str, cast: Cast) -> None:
    of_before(cast)

    rule, sentence = refused_by(forging)

    assert (rule, is_sentence(sentence)) == ("references_notice_is_taken_back_once", True)


def test_the_database_lets_a_notice_be_taken_back_once_and_for_good(cast: Cast) -> None:
    notice = of_before(cast)
    take_back(notice, because="Of another work.", by=cast.editor, at=LATER)

    for value in (None, cast.editor.pk):
        rule, _ = refused_by("UPDATE references_observednotice SET taken_back_by_id = %s", value)
        assert rule == "references_notice_is_taken_back_once"


@pytest.mark.parametrize(
    "forging",
    [
        "UPDATE references_observednotice SET taken_back_at = now(), taken_back_because = '-', taken_back_by_id = %s",
        "INSERT INTO references_observednotice SELECT (jsonb_populate_record(n, jsonb_build_object("
        "'id', 0, 'type', 'ErratumIn', 'seen_by_id', %s))).* FROM references_observednotice n",
    ],
)
def test_the_database_lets_no_notice_be_noted_or_taken_back_without_an_event(forging: str, cast: Cast) -> None:
    of_before(cast)

    rule, sentence = refused_by(forging, cast.editor.pk)

    assert (rule, is_sentence(sentence)) == ("references_notice_is_recorded", True)


def test_a_notice_that_was_deleted_past_the_guards_is_named(cast: Cast) -> None:
    observe(draft(cast).document, [RETRACTED], source="Test list", by=cast.editor, at=LATER)
    notice = ObservedNotice.objects.get()

    with triggers_off("references_observednotice"):
        run("DELETE FROM references_observednotice")

    assert named(notice) == [f"Observed notice {notice.pk}: it was recorded, and is no longer there."]


def test_notices_of_before_events_carried_them_are_no_fault_and_are_known_from_their_next_event_on(cast: Cast) -> None:
    notice = of_before(cast)
    assert named(notice) == []
    take_back(notice, because="Of another work.", by=cast.editor, at=LATER)
    observe(notice.document, [Notice("ErratumIn", "2011")], source="Test list", by=cast.editor, at=LATER)
    assert named(notice) == []

    with triggers_off("references_observednotice"):
        ObservedNotice.objects.filter(pk=notice.pk).update(taken_back_because="Something else.")

    (fault,) = named(notice)
    assert fault.startswith(f"Observed notice {notice.pk}: its “taken back because” is “Something else.”")


def test_a_notice_that_was_added_after_events_carried_them_is_named(cast: Cast) -> None:
    observe(draft(cast, key="other").document, [RETRACTED], source="Test list", by=cast.editor, at=LATER)

    forged = of_before(cast)

    assert [str(fault) for fault in faults()] == [f"Observed notice {forged.pk}: no event records it."]
