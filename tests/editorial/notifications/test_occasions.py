"""Who is told of what, by mail, and that nobody else is."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from alstrom_site.editorial import actions, notifications
from alstrom_site.editorial.actions._flags import Cause, raise_all
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition, Flag, Reason, ReviewRequest
from alstrom_site.editorial.workflow import OBSERVE, REMARKS, START, TRANSITIONS
from tests.cast import NOW, Cast
from tests.documents import STEP, approved, changes_requested, draft, fresh, in_review, published, signed
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db
LATER = NOW + 10 * STEP


def submit(cast: Cast) -> Edition:
    edition = draft(cast)
    forget_mails()
    actions.submit(edition, by=cast.editor, at=LATER, seen=edition.text.digest)
    return edition


def approve(cast: Cast) -> Edition:
    edition = in_review(cast)
    forget_mails()
    _sign(cast, edition)
    return edition


def _sign(cast: Cast, edition: Edition) -> None:
    signed(cast, edition, at=LATER)


def request_changes(cast: Cast) -> Edition:
    edition = in_review(cast)
    forget_mails()
    return changes_requested(cast.reviewer, edition, at=LATER, comment="The year is missing.")


def publish(cast: Cast) -> Edition:
    edition = approved(cast)
    forget_mails()
    actions.publish(edition, by=cast.publisher, at=LATER, seen=edition.text.digest)
    return edition


def discard(cast: Cast) -> Edition:
    edition = draft(cast)
    forget_mails()
    actions.discard(edition, by=cast.second_editor, at=LATER, seen=edition.text.digest, comment="Written twice.")
    return edition


def take_back(cast: Cast) -> Edition:
    edition = approved(cast)
    forget_mails()
    return _taken_back(cast, edition)


def take_back_a_scheduled_text(cast: Cast) -> Edition:
    edition = approved(cast)
    window = actions.Window(LATER + STEP)
    actions.schedule(edition, window, by=cast.publisher, at=LATER - STEP, seen=edition.text.digest)
    forget_mails()
    return _taken_back(cast, fresh(edition))


def _taken_back(cast: Cast, edition: Edition) -> Edition:
    changed = {**edition.text.fields, "volume": "8"}
    actions.save(edition, changed, by=cast.second_editor, at=LATER, seen=edition.text.digest, take_back=True)
    return edition


def hand_over(cast: Cast) -> Edition:
    edition = draft(cast)
    forget_mails()
    actions.hand_over(edition.document, to=cast.second_editor, by=cast.editor, at=LATER)
    return edition


TOLD: dict[Callable[[Cast], Edition], set[str]] = {
    submit: {"reviewer", "second_reviewer", "everything"},
    approve: {"publisher", "everything"},
    request_changes: {"editor"},
    publish: {"editor"},
    discard: {"editor"},
    take_back: {"publisher", "everything"},
    take_back_a_scheduled_text: {"publisher"},
    hand_over: {"second_editor"},
}


def test_somebody_has_decided_who_is_told_of_every_verb() -> None:
    verbs = {START, *(step.verb for step in TRANSITIONS), *REMARKS}

    assert set(notifications.OCCASIONS) | notifications.SILENT == verbs
    assert not set(notifications.OCCASIONS) & notifications.SILENT


@pytest.mark.parametrize("happens", TOLD, ids=lambda happens: happens.__name__)
def test_those_are_told_whom_it_concerns_and_nobody_else(happens: Callable[[Cast], Edition], cast: Cast) -> None:
    edition = happens(cast)

    assert {mail.to for mail in queued_mails()} == TOLD[happens]
    assert len(queued_mails()) == len(TOLD[happens])
    link = f"http://127.0.0.1:8000/admin/documents/{edition.document_id}/{'?page=review' if happens is submit else ''}"
    for mail in queued_mails():
        assert edition.document.title in mail.subject
        assert mail.text.count("http") == 1
        assert f"\n{link}\n" in mail.text


def test_a_mail_names_the_step_the_person_and_what_they_said(cast: Cast) -> None:
    request_changes(cast)

    (mail,) = queued_mails()

    assert mail.subject == "Changes requested: A made-up source for tests, sample2001"
    assert mail.text.startswith("Test reviewer requested changes to edition 1 of “A made-up source for tests, ")
    assert "The year is missing." in mail.text


def test_who_was_asked_by_name_is_told_and_the_other_reviewers_are_not(cast: Cast) -> None:
    edition = in_review(cast)
    changes_requested(cast.reviewer, edition, at=LATER, comment="Add the year.")
    ReviewRequest.objects.create(
        edition=edition,
        round=2,
        reviewer=cast.second_reviewer,
        asked_by=cast.editor,
        asked_at=LATER,
        due_on=LATER.date(),
    )
    forget_mails()

    actions.submit(edition, by=cast.editor, at=LATER + STEP, seen=edition.text.digest)

    assert [mail.to for mail in queued_mails()] == ["second_reviewer"]


@pytest.mark.parametrize("shut", ["is_active", "email", "is_demonstration"])
def test_nobody_without_a_mailbox_is_written_to(shut: str, cast: Cast) -> None:
    values = {"is_active": False, "email": "", "is_demonstration": True}
    setattr(cast.reviewer, shut, values[shut])
    cast.reviewer.save()

    submit(cast)

    assert "reviewer" not in {mail.to for mail in queued_mails()}


def test_an_account_that_was_closed_after_the_mail_was_queued_gets_none(cast: Cast, mailoutbox: list[object]) -> None:
    cast.reviewer.is_active = False
    cast.reviewer.save()

    notifications.deliver(cast.reviewer.pk, "A subject", "A text")
    notifications.deliver(cast.second_reviewer.pk, "A subject", "A text")

    assert len(mailoutbox) == 1


def test_a_title_with_line_ends_adds_no_header(
    cast: Cast, mailoutbox: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = in_review(cast)
    forget_mails()
    title = "A title\r\nBcc: everybody@test.invalid\u2028and more"
    monkeypatch.setattr(type(kind_named("reference")), "title", lambda *_: title)

    _sign(cast, fresh(edition))

    mail = queued_mails()[0]
    assert mail.subject == "Approved, ready to publish: A title Bcc: everybody@test.invalid and more"
    notifications.deliver(cast.publisher.pk, mail.subject, mail.text)
    assert len(mailoutbox) == 1


def test_signs_that_html_escapes_stand_in_a_mail_as_they_are(cast: Cast) -> None:
    published(cast, title="Salt & water <5 %")

    assert "Published: Salt & water <5 %" in {mail.subject for mail in queued_mails()}


def test_the_owner_is_told_of_a_flag(cast: Cast) -> None:
    edition = published(cast)
    flag = Flag(document=edition.document, reason=Reason.SOURCE, statement="It was retracted.")
    flag.raised_at, flag.raised_by = LATER, cast.publisher
    flag.save()
    forget_mails()

    actions._record.remark(edition, "flag", by=cast.publisher, at=LATER, flag=flag.pk)

    (mail,) = queued_mails()
    assert mail.to == "editor"
    assert "It was retracted." in mail.text


def test_one_step_that_flags_many_texts_writes_one_letter_to_each_owner_and_asks_the_database_no_more_for_each(
    cast: Cast, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    texts = [published(cast, "term", slug=f"term-{number}").document for number in range(4)]
    resting = {text.pk: f"“Sentence {number}.”" for number, text in enumerate(texts)}
    cause = Cause(Reason.SOURCE, published(cast).document, "It was corrected.", resting)
    actions.hand_over(texts[3], to=cast.second_editor, by=cast.editor, at=LATER)
    forget_mails()

    with django_assert_max_num_queries(20):
        raise_all(Document.objects.filter(kind="term"), cause, by=cast.publisher, at=LATER)

    letters = {mail.to: mail for mail in queued_mails()}
    assert len(letters) == len(queued_mails())
    assert {name: mail.subject for name, mail in letters.items()} == {
        "editor": "Look at these again: 3 texts",
        "second_editor": "Look at this again: Term 3",
    }
    many = letters["editor"].text
    assert many.count("It was corrected.") == 1
    for number, text in enumerate(texts[:3]):
        line = f"- Term {number}: http://127.0.0.1:8000/admin/documents/{text.pk}/"
        assert f"{line}\n  It is the source of: “Sentence {number}.”\n" in many


def test_the_publishers_are_told_of_what_concerns_an_owner_who_has_left(cast: Cast) -> None:
    edition, other = published(cast), draft(cast, "term")
    cast.editor.is_active = False
    cast.editor.save()
    forget_mails()

    actions._record.remark(edition, "flag", by=cast.second_editor, at=LATER)
    actions._record.remark(edition, OBSERVE, by=cast.second_editor, at=LATER, comment="Retracted 2010")
    actions.discard(other, by=cast.second_editor, at=LATER, seen=other.text.digest, comment="Written twice.")

    news = ("Look at this again", "What is known of a source has changed", "Discarded")
    told = {(mail.subject.partition(":")[0], mail.to) for mail in queued_mails()}
    assert told == {(subject, name) for subject in news for name in ("publisher", "everything")}
    assert "The account of Test editor, its owner, is closed" in queued_mails()[0].text
