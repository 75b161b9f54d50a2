"""The emergency way: past the review, never past the record, and flagged until somebody else has signed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from alstrom_site.editorial import actions, notifications, projection
from alstrom_site.editorial.models import Edition, Flag, PublishedPage, Reason
from alstrom_site.editorial.workflow import ActionRefused, NotPermitted, NotReady, OutOfDate, Status, WrongState
from tests.cast import NOW, Cast
from tests.documents import (
    STEP,
    changes_requested,
    draft,
    fresh,
    in_review,
    made_live,
    next_edition,
    published,
    signed,
    yes_to_all,
)
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db
LATER = NOW + 10 * STEP
AFTERWARDS = NOW + 30 * STEP
REASON = "A number in the live text can harm somebody."


def in_emergency(cast: Cast, edition: Edition, *, note: str = "", despite: Any = (), **options: Any) -> Edition:
    """Publish the edition in an emergency as the publisher and return it as it is then."""
    given = {"by": cast.publisher, "at": LATER, "seen": edition.text.digest, "reason": REASON, **options}
    given["besides"] = actions.Besides(note, despite)
    actions.publish_in_emergency(edition, **given)
    return fresh(edition)


def approve_afterwards(cast: Cast, edition: Edition, **options: Any) -> Edition:
    """Approve it as the reviewer after the fact and return it as it is then."""
    given = {"by": cast.reviewer, "at": AFTERWARDS, "seen": edition.text.digest, "said": yes_to_all(edition), **options}
    actions.approve_afterwards(edition, **given)
    return fresh(edition)


@pytest.mark.parametrize("prepare", [draft, in_review], ids=lambda prepare: prepare.__name__)
def test_a_text_that_nobody_has_approved_goes_live_and_says_so(prepare: Callable[..., Edition], cast: Cast) -> None:
    edition = in_emergency(cast, prepare(cast))

    assert edition.state is Status.PUBLISHED
    assert edition.review_is_pending
    assert edition.emergency_reason == REASON
    assert edition.document.live_edition == edition
    assert edition.document.last_reviewed_at is None
    assert edition.document.review_due_on == date(2026, 3, 9)
    assert PublishedPage.objects.filter(document=edition.document).exists()
    flag = Flag.objects.standing().get(document=edition.document)
    assert (flag.reason, flag.statement, flag.raised_by) == (Reason.EMERGENCY, REASON, cast.publisher)
    assert edition.events.get(verb="publish in emergency").fields["comment"] == REASON


def test_every_reviewer_is_mailed_the_reason_and_the_way_to_sign_and_the_owner_the_way_to_the_page(cast: Cast) -> None:
    edition = draft(cast)
    forget_mails()

    in_emergency(cast, edition)

    mails = queued_mails()
    assert {mail.to for mail in mails} == {"reviewer", "second_reviewer", "everything", "editor"}
    assert all(mail.subject.startswith("EMERGENCY: published before its review") for mail in mails)
    assert all(REASON in mail.text for mail in mails)
    to_sign = {mail.to for mail in mails if mail.link.endswith(f"/{edition.document_id}/?page=approve-afterwards")}
    assert to_sign == {"reviewer", "second_reviewer", "everything"}


@pytest.mark.parametrize(
    ("by", "allowed"),
    [
        ("publisher", True),
        ("everything", True),
        ("superuser", True),
        ("editor", False),
        ("reviewer", False),
        ("administrator", False),
        ("stranger", False),
    ],
)
def test_only_who_may_publish_may_do_so_in_an_emergency(by: str, allowed: bool, cast: Cast) -> None:
    edition = draft(cast)

    if allowed:
        assert in_emergency(cast, edition, by=getattr(cast, by)).review_is_pending
        return
    with pytest.raises(NotPermitted):
        in_emergency(cast, edition, by=getattr(cast, by))
    assert fresh(edition).state is Status.DRAFT


def test_without_a_reason_nothing_is_published(cast: Cast) -> None:
    edition = draft(cast)

    with pytest.raises(NotReady, match="Say why this cannot wait for its review"):
        in_emergency(cast, edition, reason=" \n ")

    assert fresh(edition).state is Status.DRAFT


def test_a_text_that_was_not_on_the_screen_is_not_published(cast: Cast) -> None:
    with pytest.raises(OutOfDate):
        in_emergency(cast, draft(cast), seen="0" * 64)


def test_what_the_text_itself_lacks_stands_in_its_way_in_an_emergency_too(cast: Cast) -> None:
    with pytest.raises(NotReady):
        in_emergency(cast, draft(cast, "article"))


def test_readers_who_know_the_page_are_told_of_the_change(cast: Cast) -> None:
    edition = next_edition(cast, published(cast).document, at=NOW + 5 * STEP, title="Mended")

    with pytest.raises(NotReady, match="Tell readers in a sentence what has changed"):
        in_emergency(cast, edition)
    live = in_emergency(cast, edition, note="A number was wrong.")

    assert (live.change, live.change_note) == ("major", "A number was wrong.")
    assert live.document.last_updated_at == LATER


@pytest.mark.parametrize("sent_back", [False, True])
def test_the_note_of_a_submission_is_told_with_the_text_that_was_submitted_alone(cast: Cast, sent_back: bool) -> None:
    edition = next_edition(cast, published(cast).document, at=NOW + 5 * STEP, title="Mended")
    noted = {"change": "major", "note": "The title was wrong."}
    actions.submit(edition, by=cast.editor, at=NOW + 6 * STEP, seen=edition.text.digest, **noted)
    if not sent_back:
        assert in_emergency(cast, fresh(edition)).change_note == "The title was wrong."
        return
    changes_requested(cast.reviewer, fresh(edition), at=NOW + 7 * STEP)

    with pytest.raises(NotReady, match="Tell readers in a sentence what has changed"):
        in_emergency(cast, edition)


@pytest.mark.parametrize("rewritten", [False, True])
def test_a_text_that_was_sent_back_goes_out_despite_each_request_that_is_known(cast: Cast, rewritten: bool) -> None:
    edition = changes_requested(cast.reviewer, in_review(cast), at=LATER, comment="The volume is wrong.")
    if rewritten:
        content = {**edition.text.fields, "volume": "8"}
        edition = actions.save(edition, content, by=cast.editor, at=LATER, seen=edition.text.digest).edition
    asked = edition.reviews.get()
    with pytest.raises(NotReady, match="Test reviewer requested changes to this text"):
        in_emergency(cast, edition, despite=[asked.pk + 1])
    forget_mails()

    edition = in_emergency(cast, edition, despite=[asked.pk])

    event = edition.events.get(verb="publish in emergency")
    assert event.fields["despite"] == [{"reviewer": "Test reviewer", "asked": "The volume is wrong."}]
    assert all("Test reviewer had requested changes: The volume is wrong." in mail.text for mail in queued_mails())


def test_the_edition_before_it_is_superseded_and_its_review_date_is_kept(cast: Cast) -> None:
    first = published(cast)
    reviewed = fresh(first).document.last_reviewed_at

    live = in_emergency(cast, next_edition(cast, first.document, at=NOW + 5 * STEP, title="Mended"), note="Mended.")

    assert fresh(first).state is Status.SUPERSEDED
    assert live.document.last_reviewed_at == reviewed


def test_a_second_person_makes_it_good(cast: Cast) -> None:
    edition = approve_afterwards(cast, in_emergency(cast, draft(cast)))

    assert edition.state is Status.PUBLISHED
    assert not edition.review_is_pending
    assert edition.approved_afterwards_at == AFTERWARDS
    assert edition.document.last_reviewed_at == AFTERWARDS
    assert edition.document.review_due_on is not None
    assert edition.document.review_due_on > date(2026, 12, 31)
    assert not Flag.objects.standing().exists()
    assert edition.reviews.get().reviewer == cast.reviewer


@pytest.mark.parametrize("by", ["editor", "publisher", "everything", "administrator", "superuser"])
def test_who_wrote_it_published_it_or_is_no_reviewer_does_not_make_it_good(by: str, cast: Cast) -> None:
    edition = in_emergency(cast, draft(cast), by=cast.everything)

    with pytest.raises(NotPermitted):
        approve_afterwards(cast, edition, by=getattr(cast, by))

    assert fresh(edition).review_is_pending


def test_it_is_made_good_once_and_with_every_statement_answered(cast: Cast) -> None:
    edition = in_emergency(cast, draft(cast))

    with pytest.raises(NotReady):
        approve_afterwards(cast, edition, said=actions.Said())
    approve_afterwards(cast, edition)
    with pytest.raises(WrongState):
        approve_afterwards(cast, edition, by=cast.second_reviewer)


def test_a_text_that_went_the_usual_way_is_not_approved_afterwards(cast: Cast) -> None:
    with pytest.raises(WrongState):
        approve_afterwards(cast, published(cast), by=cast.second_reviewer)


def test_the_next_edition_that_is_reviewed_settles_the_flag(cast: Cast) -> None:
    first = in_emergency(cast, draft(cast))
    following = next_edition(cast, first.document, at=AFTERWARDS, title="Looked at")
    seen = following.text.digest
    actions.submit(following, by=cast.editor, at=AFTERWARDS, seen=seen, change="major", note="It was looked at.")
    assert Flag.objects.standing().exists()

    made_live(cast, signed(cast, fresh(following), at=AFTERWARDS + STEP), at=AFTERWARDS + 2 * STEP)

    assert not Flag.objects.standing().exists()
    assert fresh(first).state is Status.SUPERSEDED


def test_a_second_emergency_keeps_one_flag_up(cast: Cast) -> None:
    first = in_emergency(cast, draft(cast))
    following = next_edition(cast, first.document, at=LATER + STEP, title="Mended again")

    in_emergency(cast, following, at=LATER + 2 * STEP, note="Mended again.", reason="It was still wrong.")

    flag = Flag.objects.standing().get()
    assert "It was still wrong." in flag.statement


@pytest.mark.parametrize("act", [in_emergency, approve_afterwards], ids=lambda act: act.__name__)
@pytest.mark.parametrize("last", [(projection, "refresh"), (notifications, "after")], ids=["the page", "the mails"])
def test_when_the_last_write_fails_nothing_has_happened(
    act: Callable[..., Edition], last: tuple[object, str], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = draft(cast) if act is in_emergency else in_emergency(cast, draft(cast))
    before = (edition.state, edition.events.count(), edition.reviews.count(), Flag.objects.standing().count())

    def break_off(*_: object, **__: object) -> None:
        raise ConnectionResetError("The power is gone.")

    monkeypatch.setattr(*last, break_off)
    with pytest.raises(ConnectionResetError):
        act(cast, edition)

    edition = fresh(edition)
    after = (edition.state, edition.events.count(), edition.reviews.count(), Flag.objects.standing().count())
    assert after == before


@pytest.mark.parametrize("state", ["approved", "published", "discarded"])
def test_what_needs_no_emergency_is_refused_one(state: str, cast: Cast) -> None:
    from tests import documents

    edition = draft(cast) if state == "discarded" else getattr(documents, state)(cast)
    if state == "discarded":
        actions.discard(edition, by=cast.editor, at=NOW + STEP, seen=edition.text.digest, comment="Not needed.")

    with pytest.raises(ActionRefused):
        in_emergency(cast, fresh(edition))
