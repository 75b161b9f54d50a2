"""An urgent fix goes through beside an open draft, which then has to take it over before it is approved."""

import pytest

from alstrom_site.editorial import actions, policies
from alstrom_site.editorial.actions import drafting
from alstrom_site.editorial.models import Edition, Event
from alstrom_site.editorial.workflow import SUBMIT, ActionRefused, NotReady, OutOfDate, WrongState
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, draft, fresh, in_review, made_live, next_edition, published, signed
from tests.documents import submitted as submit_by_editor
from tests.invariants import hold_the_laws

pytestmark = pytest.mark.django_db

LATER = NOW + 40 * STEP


def fix(cast: Cast, edition: Edition, **changes: object) -> Edition:
    """Return an urgent fix with these changes, by the second editor, beside the edition."""
    urgent = actions.open_edition(edition.document, by=cast.second_editor, at=NOW + 12 * STEP, urgent=True)
    content = {**urgent.text.fields, **changes}
    return actions.save(urgent, content, by=cast.second_editor, at=NOW + 13 * STEP, seen=urgent.text.digest).edition


def live_fix(cast: Cast, edition: Edition, **changes: object) -> Edition:
    """Return an urgent fix that went live beside the edition."""
    urgent = submit_by_editor(cast, fix(cast, edition, **changes), at=NOW + 14 * STEP)
    return made_live(cast, signed(cast, urgent, at=NOW + 15 * STEP), at=NOW + 16 * STEP)


def beside_a_draft(cast: Cast) -> Edition:
    """Return a draft of a live document, its volume changed."""
    return next_edition(cast, published(cast).document, at=NOW + 10 * STEP, volume="8")


def brought(cast: Cast, edition: Edition, **changes: object) -> Edition:
    """Bring the edition up to date with this content and return it as it is then."""
    live = fresh(edition).document.live_edition
    assert live is not None
    actions.bring_up_to_date(
        edition,
        {**edition.text.fields, **changes},
        by=cast.editor,
        at=LATER,
        seen=edition.text.digest,
        live_seen=live.text.digest,
    )
    return fresh(edition)


def test_it_begins_with_the_live_text_while_the_draft_stays_open(cast: Cast) -> None:
    edition = beside_a_draft(cast)

    urgent = actions.open_edition(edition.document, by=cast.editor, at=LATER, urgent=True)

    live = edition.document.live_edition
    assert live is not None
    assert (urgent.is_urgent, urgent.number, urgent.based_on) == (True, 3, live.text)
    assert urgent.text.fields == live.text.fields
    assert fresh(edition).status == "draft"
    assert not urgent.is_behind


def test_it_goes_live_and_the_draft_is_behind(cast: Cast) -> None:
    edition = beside_a_draft(cast)
    assert not edition.is_behind

    live = live_fix(cast, edition, issue="9")

    now = fresh(edition)
    assert (now.status, now.is_behind) == ("draft", True)
    assert live.document.live_edition == live


@pytest.mark.parametrize("kind_of_refusal", ["nothing live", "nothing else open", "a fix already"])
def test_it_is_refused_where_there_is_no_need_for_it(cast: Cast, kind_of_refusal: str) -> None:
    if kind_of_refusal == "nothing live":
        edition = draft(cast)
    elif kind_of_refusal == "nothing else open":
        edition = published(cast)
    else:
        edition = beside_a_draft(cast)
        fix(cast, edition)
    before = Edition.objects.count()

    with pytest.raises(WrongState):
        actions.open_edition(edition.document, by=cast.editor, at=LATER, urgent=True)

    assert Edition.objects.count() == before


def test_an_edition_that_is_behind_is_neither_submitted_nor_approved_nor_published(cast: Cast) -> None:
    edition = beside_a_draft(cast)
    edition = submit_by_editor(cast, edition, at=NOW + 11 * STEP)
    live_fix(cast, edition, issue="9")

    with pytest.raises(NotReady, match="Bring this one up to date first"):
        signed(cast, fresh(edition), at=LATER)


def test_an_approved_edition_that_fell_behind_is_not_published(cast: Cast) -> None:
    edition = submit_by_editor(cast, beside_a_draft(cast), at=NOW + 11 * STEP)
    edition = signed(cast, edition, at=NOW + 12 * STEP)
    live_fix(cast, edition, issue="9")

    with pytest.raises(NotReady, match="Bring this one up to date first"):
        made_live(cast, fresh(edition), at=LATER)


def test_brought_up_to_date_it_stands_on_the_live_text_as_a_draft_without_approvals(cast: Cast) -> None:
    edition = submit_by_editor(cast, beside_a_draft(cast), at=NOW + 11 * STEP)
    edition = signed(cast, edition, at=NOW + 12 * STEP)
    live = live_fix(cast, edition, issue="9")

    now = brought(cast, fresh(edition), issue="9")

    assert (now.status, now.approved_at, now.is_behind, now.based_on) == ("draft", None, False, live.text)
    assert (now.text.fields["volume"], now.text.fields["issue"]) == ("8", "9")
    assert Event.objects.latest("position").verb == "bring up to date"
    assert policies.refusal(SUBMIT, now, cast.editor) is None


def test_brought_up_to_date_it_goes_the_whole_way_to_readers(cast: Cast) -> None:
    edition = beside_a_draft(cast)
    live_fix(cast, edition, issue="9")

    now = submit_by_editor(cast, brought(cast, fresh(edition), issue="9"), at=LATER)
    live = made_live(cast, signed(cast, now, at=LATER + STEP), at=LATER + 2 * STEP)

    assert (live.text.fields["volume"], live.text.fields["issue"]) == ("8", "9")
    hold_the_laws()


def test_a_merged_text_that_is_the_old_one_still_takes_note_of_the_live_one(cast: Cast) -> None:
    edition = beside_a_draft(cast)
    live_fix(cast, edition, issue="9")

    now = brought(cast, fresh(edition))

    assert not now.is_behind
    assert now.text.digest == edition.text.digest
    assert now.text != edition.text


@pytest.mark.parametrize("who", ["reviewer", "publisher", "stranger"])
def test_only_who_may_write_brings_it_up_to_date(cast: Cast, who: str) -> None:
    edition = beside_a_draft(cast)
    live = live_fix(cast, edition, issue="9")

    with pytest.raises(ActionRefused):
        actions.bring_up_to_date(
            fresh(edition),
            edition.text.fields,
            by=getattr(cast, who),
            at=LATER,
            seen=edition.text.digest,
            live_seen=live.text.digest,
        )

    assert fresh(edition).is_behind


@pytest.mark.parametrize("seen", ["seen", "live_seen"])
def test_a_merge_of_texts_that_are_no_longer_those_is_refused(cast: Cast, seen: str) -> None:
    edition = beside_a_draft(cast)
    live = live_fix(cast, edition, issue="9")
    given = {"seen": edition.text.digest, "live_seen": live.text.digest, seen: "0" * 64}

    with pytest.raises(OutOfDate):
        actions.bring_up_to_date(fresh(edition), edition.text.fields, by=cast.editor, at=LATER, **given)

    assert fresh(edition).text == edition.text


def test_what_is_not_behind_has_nothing_to_take_over(cast: Cast) -> None:
    edition = beside_a_draft(cast)

    with pytest.raises(WrongState, match="nothing to take over"):
        brought(cast, edition)


def test_nothing_is_written_when_the_last_part_fails(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = beside_a_draft(cast)
    live_fix(cast, edition, issue="9")
    before = Event.objects.count(), edition.revisions.count()

    monkeypatch.setattr(drafting, "_name", _fail)
    with pytest.raises(RuntimeError):
        brought(cast, fresh(edition), issue="9")

    assert (Event.objects.count(), edition.revisions.count()) == before
    assert fresh(edition).is_behind


def test_a_discarded_fix_leaves_the_document_named_by_its_draft(cast: Cast) -> None:
    edition = beside_a_draft(cast)
    content = {**edition.text.fields, "title": "The title of the draft"}
    actions.save(edition, content, by=cast.editor, at=LATER, seen=edition.text.digest)
    urgent = fix(cast, edition, title="The title of the fix")

    actions.discard(urgent, by=cast.editor, at=LATER, seen=urgent.text.digest, comment="Not needed.")

    assert fresh(edition).document.title == "The title of the draft"


def _fail(*_: object) -> None:
    raise RuntimeError("The last part of the step failed.")


@pytest.mark.parametrize("make", [draft, in_review, approved])
def test_a_first_edition_is_never_behind(cast: Cast, make: object) -> None:
    assert callable(make)
    assert not make(cast).is_behind
