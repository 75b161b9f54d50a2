"""What people type and have not saved: kept by itself, bounded, theirs alone, and no part of the record."""

from datetime import timedelta

import pytest

from alstrom_site.editorial.actions import working_copies
from alstrom_site.editorial.models import Event, Revision, WorkingCopy
from alstrom_site.editorial.workflow import NotPermitted, NotReady
from tests.cast import NOW, Cast
from tests.documents import approved, draft, fresh, in_review

pytestmark = pytest.mark.django_db

FORM = {"definition": ["Half a senten"]}


@pytest.mark.parametrize("make", [draft, in_review, approved])
def test_what_is_kept_makes_no_text_and_no_event_and_touches_no_edition(cast: Cast, make: object) -> None:
    assert callable(make)
    edition = make(cast, "term")
    before = (Revision.objects.count(), Event.objects.count(), edition.status, edition.text.digest)

    working_copies.keep(cast.editor, edition, seen=edition.text.digest, form=FORM, at=NOW)

    now = fresh(edition)
    assert (Revision.objects.count(), Event.objects.count(), now.status, now.text.digest) == before
    kept = WorkingCopy.objects.get()
    assert (kept.form, kept.typed_at) == (FORM, NOW)


def test_what_is_kept_later_takes_the_place_of_what_was_kept_before(cast: Cast) -> None:
    edition = draft(cast, "term")
    for turn, words in enumerate(("One", "One two")):
        at = NOW + timedelta(seconds=turn)
        working_copies.keep(cast.editor, edition, seen=edition.text.digest, form={"definition": [words]}, at=at)

    kept = WorkingCopy.objects.get()

    assert kept.form == {"definition": ["One two"]}
    assert kept.typed_at == NOW + timedelta(seconds=1)


def test_two_people_keep_theirs_apart_and_a_begun_document_has_its_own(cast: Cast) -> None:
    edition = draft(cast, "term")
    working_copies.keep(cast.editor, edition, seen="", form=FORM, at=NOW)
    working_copies.keep(cast.editor, "term", seen="", form={"term": ["New"]}, at=NOW)
    working_copies.keep(cast.second_editor, edition, seen="", form={"definition": ["Theirs"]}, at=NOW)

    working_copies.drop(cast.second_editor, edition)

    assert working_copies.copies_of(cast.second_editor, edition.document) == []
    assert [copy.form for copy in working_copies.copies_of(cast.editor, edition.document)] == [FORM]
    assert [copy.form for copy in working_copies.copies_anew(cast.editor, "term")] == [{"term": ["New"]}]


def test_a_form_that_was_closed_without_a_word_leaves_no_row_behind(cast: Cast) -> None:
    edition = draft(cast, "term")
    working_copies.keep(cast.editor, edition, seen="", form=FORM, at=NOW, tab="typed")
    working_copies.touch(cast.editor, edition, at=NOW, tab="closed")

    working_copies.touch(cast.editor, edition, at=NOW + timedelta(minutes=1), tab="open")

    assert set(WorkingCopy.objects.values_list("tab", flat=True)) == {"typed", "open"}


def test_a_beat_says_that_somebody_is_there_and_leaves_what_they_typed(cast: Cast) -> None:
    edition = draft(cast, "term")
    working_copies.keep(cast.editor, edition, seen="", form=FORM, at=NOW)

    later = NOW + timedelta(minutes=5)
    working_copies.touch(cast.editor, edition, at=later)

    kept = WorkingCopy.objects.get()
    assert (kept.form, kept.typed_at, kept.touched_at) == (FORM, NOW, later)


@pytest.mark.parametrize(("seconds", "seen"), [(0, True), (45, True), (46, False)])
def test_somebody_counts_as_present_for_three_quarters_of_a_minute(cast: Cast, seconds: int, seen: bool) -> None:
    edition = draft(cast, "term")
    working_copies.touch(cast.second_editor, edition, at=NOW)

    others = working_copies.others_in(edition.document, than=cast.editor, at=NOW + timedelta(seconds=seconds))

    assert [copy.person for copy in others] == ([cast.second_editor] if seen else [])


def test_nobody_is_shown_to_themselves_nor_after_they_left(cast: Cast) -> None:
    edition = draft(cast, "term")
    for person in (cast.editor, cast.second_editor):
        working_copies.keep(person, edition, seen="", form=FORM, at=NOW)

    working_copies.leave(cast.second_editor, edition)

    assert working_copies.others_in(edition.document, than=cast.editor, at=NOW) == []
    assert WorkingCopy.objects.filter(person=cast.second_editor).exists()


def test_who_leaves_without_having_typed_leaves_nothing(cast: Cast) -> None:
    edition = draft(cast, "term")
    working_copies.touch(cast.editor, edition, at=NOW)

    working_copies.leave(cast.editor, edition)

    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize(
    "form",
    [
        {"definition": ["x" * (working_copies.MOST_BYTES + 1)]},
        {"definition": ["ü" * (working_copies.MOST_BYTES // 2)]},
        {f"author-{number}": [""] for number in range(working_copies.MOST_FIELDS)},
        {"definition": ["a\x00b"]},
        {"definition": ["a\ud800b"]},
        {"a\x00": ["b"]},
    ],
    ids=["long", "long in bytes", "many", "NUL", "surrogate", "NUL in a name"],
)
def test_what_cannot_be_kept_is_refused_and_what_was_kept_stays(cast: Cast, form: dict[str, list[str]]) -> None:
    edition = draft(cast, "term")
    working_copies.keep(cast.editor, edition, seen="", form=FORM, at=NOW)

    with pytest.raises(NotReady, match="What you typed"):
        working_copies.keep(cast.editor, edition, seen="", form=form, at=NOW)

    assert WorkingCopy.objects.get().form == FORM


@pytest.mark.parametrize("name", ["reviewer", "publisher", "administrator", "stranger"])
def test_only_who_may_write_keeps_anything(cast: Cast, name: str) -> None:
    edition = draft(cast, "term")

    with pytest.raises(NotPermitted):
        working_copies.keep(getattr(cast, name), edition, seen="", form=FORM, at=NOW)
    with pytest.raises(NotPermitted):
        working_copies.touch(getattr(cast, name), edition, at=NOW)

    assert not WorkingCopy.objects.exists()
