"""Two people who write at once, on two real connections; autosave through the real view, against an approved text."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import working_copies
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.models import Edition, Event, Revision, WorkingCopy
from alstrom_site.editorial.workflow import ActionRefused
from tests.cast import NOW, Cast, make_cast
from tests.documents import STEP, draft, fresh, in_review, made_live, next_edition, published, submitted, yes_to_all
from tests.documents import signed as sign
from tests.editorial.actions.test_races import both_at_once, meet_after_the_check, one_won_and_one_was_refused
from tests.editorial.admin.desk_visits import signed_in
from tests.invariants import hold_the_laws

pytestmark = pytest.mark.django_db(transaction=True)

LATER = NOW + 40 * STEP
Act = Callable[[Cast, Edition], Any]


def _save(cast: Cast, edition: Edition) -> Any:
    content = {**edition.text.fields, "volume": "88"}
    return actions.save(edition, content, by=cast.editor, at=LATER, seen=edition.text.digest)


def _take_back(cast: Cast, edition: Edition) -> Any:
    content = {**edition.text.fields, "volume": "77"}
    return actions.save(edition, content, by=cast.editor, at=LATER, seen=edition.text.digest, take_back=True)


def _approve(cast: Cast, edition: Edition) -> Any:
    return actions.approve(edition, by=cast.reviewer, at=LATER, seen=edition.text.digest, said=yes_to_all(edition))


def _autosave(cast: Cast, edition: Edition) -> Any:
    form = {"volume": ["99"]}
    return working_copies.keep(cast.second_editor, edition, seen=edition.text.digest, form=form, at=LATER)


def _submit(cast: Cast, edition: Edition) -> Any:
    return actions.submit(edition, by=cast.editor, at=LATER, seen=edition.text.digest)


def _bring_up_to_date(cast: Cast, edition: Edition) -> Any:
    live = edition.document.live_edition
    assert live is not None
    return actions.bring_up_to_date(
        edition,
        {**edition.text.fields, "issue": "9"},
        by=cast.editor,
        at=LATER,
        seen=edition.text.digest,
        live_seen=live.text.digest,
    )


def _publish_the_fix(cast: Cast, edition: Edition) -> Any:
    urgent = edition.document.urgent_edition
    assert urgent is not None
    return actions.publish(urgent, by=cast.publisher, at=LATER, seen=urgent.text.digest)


def _begin_a_fix(cast: Cast, edition: Edition) -> Any:
    return actions.open_edition(edition.document, by=cast.second_editor, at=LATER, urgent=True)


def _behind_with_another_fix_approved(cast: Cast) -> Edition:
    slow = next_edition(cast, published(cast).document, at=NOW + 9 * STEP, volume="8")
    made_live(cast, _approved_fix(cast, slow, "2"), at=NOW + 14 * STEP)
    _approved_fix(cast, slow, "3")
    return fresh(slow)


def _approved_fix(cast: Cast, slow: Edition, issue: str) -> Edition:
    urgent = actions.open_edition(slow.document, by=cast.editor, at=NOW + 10 * STEP, urgent=True)
    content = {**urgent.text.fields, "issue": f"fix {issue}"}
    saved = actions.save(urgent, content, by=cast.editor, at=NOW + 11 * STEP, seen=urgent.text.digest).edition
    return sign(cast, submitted(cast, saved, at=NOW + 12 * STEP), at=NOW + 13 * STEP)


def test_an_approval_and_a_save_that_does_not_take_back_never_both_come_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = make_cast()
    edition = in_review(cast)
    meet_after_the_check(monkeypatch, patience=1)

    outcomes = both_at_once(cast, edition, (_approve, _save))

    now = fresh(edition)
    assert outcomes[0] is None
    assert isinstance(outcomes[1], ActionRefused)
    assert (now.status, now.text) == ("approved", edition.text)


def test_a_take_back_at_the_moment_of_an_approval_leaves_no_approved_text_that_nobody_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = make_cast()
    edition = in_review(cast)
    meet_after_the_check(monkeypatch, patience=1)

    both_at_once(cast, edition, (_take_back, _approve))

    now = fresh(edition)
    assert (now.status, now.approved_at, now.text.fields["volume"]) == ("draft", None, "77")


@pytest.mark.parametrize(("make", "other"), [(draft, _submit), (draft, _save), (in_review, _approve)])
def test_typing_stands_in_nobodys_way_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, make: Any, other: Act
) -> None:
    cast = make_cast()
    edition = make(cast)
    before = Revision.objects.count(), Event.objects.count()

    outcomes = both_at_once(cast, edition, (_autosave, other))

    assert outcomes == [None, None]
    assert Event.objects.count() == before[1] + 1
    assert Revision.objects.count() == before[0] + (other is _save)
    assert WorkingCopy.objects.get().form == {"volume": ["99"]}


def test_of_two_keeps_of_one_person_at_once_one_copy_is_left() -> None:
    cast = make_cast()
    edition = draft(cast)

    outcomes = both_at_once(cast, edition, (_autosave, _autosave))

    assert outcomes == [None, None]
    assert WorkingCopy.objects.count() == 1


def test_a_draft_is_never_brought_up_to_a_text_that_is_no_longer_live(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    edition = _behind_with_another_fix_approved(cast)
    meet_after_the_check(monkeypatch, patience=1)

    outcomes = both_at_once(cast, edition, (_bring_up_to_date, _publish_the_fix))

    now = fresh(edition)
    assert outcomes[1] is None
    assert now.document.live_edition is not None
    assert now.document.live_edition.text.fields["issue"] == "fix 3"
    # Brought up before the fix went live it is behind again; after it the merge of the older text is refused.
    assert outcomes[0] is None or isinstance(outcomes[0], ActionRefused)
    assert now.is_behind
    hold_the_laws()


def test_of_two_urgent_fixes_begun_at_once_there_is_one() -> None:
    cast = make_cast()
    slow = next_edition(cast, published(cast).document, at=NOW + 9 * STEP, volume="8")

    outcomes = both_at_once(cast, slow, (_begin_a_fix, _begin_a_fix))

    assert one_won_and_one_was_refused(outcomes), outcomes
    assert Edition.objects.filter(is_urgent=True).count() == 1


def test_typing_through_the_real_view_while_a_reviewer_approves_rewrites_nothing() -> None:
    cast = make_cast()
    edition = in_review(cast)
    address = document_url(edition.document, "typing")
    answers: list[int] = []

    def type_on() -> None:
        try:
            client = signed_in(cast.editor)
            for turn in range(10):
                form = {"edition": edition.pk, "seen": edition.text.digest, "title": f"Typed over it {turn}"}
                answers.append(client.post(f"{address}?did=type", form).status_code)
        finally:
            connection.close()

    typist = threading.Thread(target=type_on)
    typist.start()
    _approve(cast, edition)
    typist.join(timeout=60)
    made_live(cast, fresh(edition), at=LATER)

    now = fresh(edition)
    assert set(answers) == {200}
    assert (now.status, now.text, now.document.title) == ("published", edition.text, edition.document.title)
    assert approved_text_is_live(now)


def approved_text_is_live(edition: Edition) -> bool:
    """Whether the text that was approved is the one that readers see."""
    review = edition.reviews.get(verdict="approve")
    return review.revision_digest == edition.text.digest and edition.document.live_edition == edition
