"""Reminders: before, on the day, after, to the publishers in the end, and none once the round is closed."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Document, Edition, Reminder, ReviewRequest
from alstrom_site.editorial.notifications import letters
from alstrom_site.editorial.reminders import send_digests, send_due
from alstrom_site.editorial.review_policy import ReviewStep
from tests.cast import NOW, Cast
from tests.documents import PROVEN, STEP, draft, fresh, in_review, published, signed
from tests.editorial.policies_of_tests import under
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db


def on(day: date, days: int = 0) -> datetime:
    """Noon of a day so many days after `day`."""
    return datetime.combine(day + timedelta(days=days), time(12), tzinfo=UTC)


def asked(cast: Cast, edition: Edition, reviewer: User, *, days: int = 10) -> ReviewRequest:
    """Ask a reviewer by name, due in ten days or so many."""
    return ReviewRequest.objects.create(
        edition=edition,
        round=edition.round,
        reviewer=reviewer,
        asked_by=cast.editor,
        asked_at=NOW + 2 * STEP,
        due_on=NOW.date() + timedelta(days=days),
    )


def told(at: datetime) -> dict[str, list[str]]:
    """Send what is due and return the subjects of the new mails by who gets them."""
    forget_mails()
    send_due(at=at)
    found: dict[str, list[str]] = {}
    for mail in queued_mails():
        found.setdefault(mail.to, []).append(mail.subject)
    return found


def texts() -> dict[str, str]:
    """Return the mail that waits for each person."""
    return {mail.to: mail.text for mail in queued_mails()}


def test_a_reviewer_who_was_asked_is_reminded_before_on_and_after_the_day(cast: Cast) -> None:
    request = asked(cast, in_review(cast), cast.reviewer)
    title = request.edition.document.title

    assert told(on(request.due_on, -4)) == {}
    assert told(on(request.due_on, -3)) == {"reviewer": [f"Review due soon: {title}"]}
    assert told(on(request.due_on, -2)) == {}
    assert told(on(request.due_on)) == {"reviewer": [f"Review due: {title}"]}
    assert told(on(request.due_on, 6)) == {}


def test_a_week_after_the_day_the_publishers_are_told_who_is_late_in_a_letter_of_their_own(cast: Cast) -> None:
    request = asked(cast, in_review(cast), cast.reviewer)
    title = request.edition.document.title

    subjects = told(on(request.due_on, 7))

    letter = texts()["publisher"]
    late = f"A review is late: {title}"
    assert subjects == {"reviewer": [f"Overdue review: {title}"], "publisher": [late], "everything": [late]}
    for words in (
        f"Test reviewer has not reviewed edition 1 of “{title}”.",
        "Test editor asked them, as medical reviewer, on 2 March 2026.",
        "wanted by 12 March 2026 and is 1 week late.",
        "To ask somebody else:",
    ):
        assert words in letter
    assert letter.count("http") == 1
    assert "?page=review" in texts()["reviewer"]
    assert "?page=" not in letter


def test_a_reminder_says_who_asked_for_which_step_of_which_edition(cast: Cast) -> None:
    request = asked(cast, in_review(cast), cast.reviewer)
    told(on(request.due_on))

    said = f"Test editor asked you on 2 March 2026 to review edition 1 of “{request.edition.document.title}”"
    assert f"{said} as medical reviewer." in texts()["reviewer"]


def test_what_nobody_took_on_is_told_as_that_to_reviewers_and_publishers(cast: Cast) -> None:
    edition = in_review(cast)
    assert edition.review_due_on is not None
    told(on(edition.review_due_on, 7))

    letters_now, title = texts(), edition.document.title
    submitted = f"Test editor submitted edition 1 of “{title}” for review on 2 March 2026, and nobody has taken it on."
    assert f"{submitted} You may sign it as medical reviewer." in letters_now["reviewer"]
    assert f"Nobody has taken on the review of edition 1 of “{title}”, which Test editor" in letters_now["publisher"]


def test_two_workers_at_once_or_one_that_runs_again_send_nothing_twice(cast: Cast) -> None:
    request = asked(cast, in_review(cast), cast.reviewer)
    told(on(request.due_on))

    assert told(on(request.due_on)) == {}
    assert Reminder.objects.filter(person=cast.reviewer).count() == 1


def test_a_worker_that_was_away_sends_the_newest_stage_only(cast: Cast) -> None:
    request = asked(cast, in_review(cast), cast.reviewer)

    assert told(on(request.due_on, 30))["reviewer"] == [f"Overdue review: {request.edition.document.title}"]


@pytest.mark.parametrize("end", ["approved", "changes requested", "taken back", "discarded", "declined"])
def test_a_round_that_is_closed_reminds_nobody(cast: Cast, end: str) -> None:
    edition = in_review(cast)
    request = asked(cast, edition, cast.second_reviewer)
    step: dict[str, Any] = {"at": NOW + 3 * STEP, "seen": edition.text.digest}
    if end == "approved":
        signed(cast, edition, at=NOW + 3 * STEP)
    elif end == "changes requested":
        actions.request_changes(edition, by=cast.reviewer, comment="Say it shorter.", said=PROVEN, **step)
    elif end == "taken back":
        actions.save(edition, {**edition.text.fields, "volume": "9"}, by=cast.editor, take_back=True, **step)
    elif end == "discarded":
        actions.discard(edition, by=cast.editor, comment="Begun anew.", **step)
    else:
        ReviewRequest.objects.filter(pk=request.pk).update(answer="declined", reason="Away.")

    assert cast.second_reviewer.username not in told(on(request.due_on))


def test_a_round_that_nobody_was_asked_for_reminds_all_who_may_take_it_once_it_is_due(cast: Cast) -> None:
    edition = in_review(cast)
    assert edition.review_due_on is not None

    assert told(on(edition.review_due_on, -1)) == {}
    assert set(told(on(edition.review_due_on))) == {"reviewer", "second_reviewer", "everything"}


@pytest.mark.parametrize(
    ("other", "who"),
    [(ReviewStep(1, EDITOR), "second_editor"), (ReviewStep(1, MEDICAL_REVIEWER, 2), "second_reviewer")],
)
def test_a_place_that_nobody_was_asked_for_is_reminded_beside_one_that_somebody_was(
    cast: Cast, other: ReviewStep, who: str
) -> None:
    steps = (other,) if other.needed == 2 else (ReviewStep(1, MEDICAL_REVIEWER), other)
    edition = under(cast, *steps)
    asked(cast, edition, cast.reviewer, days=90)
    assert edition.review_due_on is not None

    assert set(told(on(edition.review_due_on))) == {who, "everything"}
    assert "and nobody has taken a part of it on." in texts()[who]
    assert set(told(on(edition.review_due_on, 7))) == {who, "everything", "publisher"}
    assert "Nobody has taken on a part of the review of edition 1" in texts()["publisher"]


def test_publishers_are_told_of_a_late_round_whose_reviewers_are_asked_for_later_days(cast: Cast) -> None:
    edition = in_review(cast)
    asked(cast, edition, cast.reviewer, days=90)
    assert edition.review_due_on is not None

    assert told(on(edition.review_due_on)) == {}
    assert set(told(on(edition.review_due_on, 7))) == {"publisher", "everything"}
    assert "is not finished: everybody who must sign is asked, for a later day." in texts()["publisher"]


def test_an_owner_is_told_a_month_before_the_review_date_and_the_publishers_two_weeks_after(cast: Cast) -> None:
    document = published(cast).document
    due_on = document.review_due_on
    assert due_on is not None

    assert told(on(due_on, -31)) == {}
    assert told(on(due_on, -30)) == {"editor": [f"Due for review soon: {document.title}"]}
    assert set(told(on(due_on, 7))) == {"editor"}
    assert set(told(on(due_on, 14))) == {"editor", "publisher", "everything"}


def test_a_text_that_nobody_has_approved_since_its_emergency_reminds_who_may_sign_it(cast: Cast) -> None:
    edition = draft(cast)
    step: dict[str, Any] = {"by": cast.everything, "at": NOW, "seen": edition.text.digest, "reason": "A wrong dose."}
    actions.publish_in_emergency(edition, **step)
    due_on = fresh(edition).document.review_due_on
    assert due_on is not None

    assert told(on(due_on, -4)) == {}
    assert set(told(on(due_on, -3))) == {"reviewer", "second_reviewer", "editor"}
    letters_now = texts()
    for letter in letters_now.values():
        assert "in an emergency on 2 March 2026, and nobody has approved it since." in letter
        assert "needs no change" not in letter
    assert "?page=approve-afterwards" in letters_now["reviewer"]
    assert "?page=" not in letters_now["editor"]
    assert set(told(on(due_on, 14))) == {"reviewer", "second_reviewer", "editor", "publisher", "everything"}


def test_when_the_owner_has_left_the_publishers_are_told_from_the_first(cast: Cast) -> None:
    document = published(cast).document
    User.objects.filter(pk=cast.editor.pk).update(is_active=False)
    assert document.review_due_on is not None

    assert set(told(on(document.review_due_on, -30))) == {"publisher", "everything"}


def test_a_reaffirmation_begins_the_reminders_of_the_next_date_anew(cast: Cast) -> None:
    live = published(cast)
    assert live.document.review_due_on is not None
    told(on(live.document.review_due_on))
    said = actions.Said("", [(each, True) for each in _statements(live)], "password")
    actions.reaffirm(live, by=cast.reviewer, at=on(live.document.review_due_on, 1), seen=live.text.digest, said=said)

    next_due = Document.objects.get(pk=live.document_id).review_due_on

    assert next_due is not None
    assert told(on(live.document.review_due_on, 2)) == {}
    assert set(told(on(next_due))) == {"editor"}


def test_one_reminder_that_fails_costs_no_other_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("first", "second"):
        asked(cast, in_review(cast, key=key), cast.reviewer)
    whole, calls = letters.letters, iter([True])

    def fails_once(*given: Any, **said: Any) -> list[letters.Letter]:
        if next(calls, False):
            raise RuntimeError("The template is broken.")
        return whole(*given, **said)

    monkeypatch.setattr(letters, "letters", fails_once)

    assert len(told(on(NOW.date(), 10))["reviewer"]) == 1
    assert len(told(on(NOW.date(), 10))["reviewer"]) == 1


def test_an_owner_gets_one_mail_a_week_with_what_is_theirs(cast: Cast) -> None:
    document = published(cast).document
    draft(cast, key="other2002")
    assert document.review_due_on is not None
    forget_mails()

    first = send_digests(at=on(document.review_due_on, 3))
    again = send_digests(at=on(document.review_due_on, 3))

    (mail,) = queued_mails()
    assert (first, again, mail.to) == (1, 0, "editor")
    assert "Overdue for review" in mail.text
    day, link = f"{document.review_due_on:%-d %B %Y}", letters.desk_link(document)
    assert f"- {document.title} (bibliography entry, {day}): {link}\n" in mail.text


def test_an_owner_with_nothing_to_look_at_gets_no_mail(cast: Cast) -> None:
    published(cast)
    forget_mails()

    assert send_digests(at=NOW + 10 * STEP) == 0
    assert queued_mails() == []


def _statements(live: Edition) -> list[str]:
    return [statement for statement, _ in fresh(live).reviews.get().checklist]
