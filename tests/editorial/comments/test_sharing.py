"""Shared links: who makes them, what they show and to whom, what is said by them, and how they end."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions, requirements
from alstrom_site.editorial.actions import sharing
from alstrom_site.editorial.actions.sharing import link_behind
from alstrom_site.editorial.models import Comment, Edition, Event, LinkVisit, Purpose, SharedLink
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import APPROVE, PUBLISH, NotPermitted, NotReady, WrongState
from tests.cast import Cast
from tests.documents import draft, fresh, in_review, published
from tests.editorial.comments.remarks import LATER, PASSAGE, advised, shared

pytestmark = pytest.mark.django_db


def test_only_the_digest_of_the_secret_is_kept(cast: Cast) -> None:
    link, secret = shared(cast, in_review(cast))

    assert link.secret_digest == hashlib.sha256(secret.encode()).hexdigest()
    assert len(secret) >= 43
    [details] = Event.objects.filter(verb="share").values_list("details", flat=True)
    assert secret not in details
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("invited", "sentence"),
    [
        ({"purpose": "approval"}, "Say whether the guest is asked for advice or only reads."),
        ({"days": 0}, "A link lasts from 1 to 60 days."),
        ({"days": 61}, "A link lasts from 1 to 60 days."),
        ({"guest_name": " "}, "Say whom you ask for advice."),
        ({"guest_name": "x" * 151}, "The name has 151 characters. Shorten it to 150."),
        ({"guest_name": "Turned \u202eround"}, "The name holds characters that cannot be seen"),
        ({"guest_email": "guest@test.invalid\nBcc: other@test.invalid"}, "Check the email address"),
        ({"purpose": Purpose.READING, "question": "Is it clear?"}, "Who only reads has no place to answer."),
        ({"question": "x" * 2_001}, "The question has 2,001 characters. Shorten it to 2,000."),
    ],
)
def test_a_link_that_cannot_be_made_is_refused_in_a_sentence(
    cast: Cast, invited: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(NotReady) as refused:
        shared(cast, draft(cast), **invited)
    assert sentence in str(refused.value)
    assert not SharedLink.objects.exists()


def test_who_decides_about_text_may_share_it(cast: Cast) -> None:
    text = draft(cast).text
    able = set()
    for name, person in vars(cast).items():
        try:
            link, _ = actions.share(text, actions.Invitation(Purpose.READING), by=person, at=LATER)
        except NotPermitted:
            with pytest.raises(NotPermitted):
                actions.revoke(shared(cast, fresh(text.edition))[0], by=person, at=LATER)
            continue
        actions.revoke(link, by=person, at=LATER)
        able.add(name)
    everybody = {"editor", "second_editor", "reviewer", "second_reviewer", "publisher", "everything", "superuser"}
    assert able == everybody


def test_a_link_lasts_a_fortnight_unless_somebody_says_otherwise(cast: Cast) -> None:
    link, _ = shared(cast, draft(cast))
    assert link.works(LATER + timedelta(days=14, seconds=-1))
    assert not link.works(LATER + timedelta(days=14))


def test_a_link_is_revoked_once(cast: Cast) -> None:
    link, _ = shared(cast, draft(cast))
    actions.revoke(link, by=cast.publisher, at=LATER)
    with pytest.raises(WrongState, match="ended already"):
        actions.revoke(link, by=cast.publisher, at=LATER)
    assert list(Event.objects.order_by("position").values_list("verb", flat=True)) == ["start", "share", "revoke link"]
    assert list(faults()) == []


def test_the_guest_gets_the_address_by_mail_after_it_is_written(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    edition = draft(cast, "article", title="A title that is not for a list of mails")
    with django_capture_on_commit_callbacks(execute=True):
        _, secret = shared(cast, edition, question="Is this sentence clear?")

    [letter] = mail.outbox
    assert letter.to == ["guest@test.invalid"]
    assert f"http://127.0.0.1:8000/shared/{secret}/" in str(letter.body)
    assert "Is this sentence clear?" in str(letter.body)
    assert "Test editor" in str(letter.body)
    assert "not for a list" not in letter.subject


@pytest.mark.parametrize(
    ("make", "subject", "standing"),
    [
        (draft, "advice on a draft", "is not published yet"),
        (published, "advice on a text", "readers of the site see now"),
    ],
)
def test_the_mail_says_of_a_live_text_that_readers_see_it_and_calls_no_other_a_live_one(
    cast: Cast,
    django_capture_on_commit_callbacks: Any,
    make: Callable[[Cast], Edition],
    subject: str,
    standing: str,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        shared(cast, make(cast))

    letter = mail.outbox[-1]
    assert letter.subject.endswith(subject)
    assert f"asks for your advice on a text that {standing}:" in str(letter.body)
    assert ("draft" in str(letter.body)) == (make is draft)


def test_a_mail_that_cannot_be_sent_undoes_nothing(
    cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_BACKEND = "no.such.backend"
    with django_capture_on_commit_callbacks(execute=True):
        link, _ = shared(cast, draft(cast))
    assert SharedLink.objects.get() == link


def test_advice_is_a_comment_of_a_guest_and_never_an_approval(cast: Cast) -> None:
    edition = in_review(cast, "article")
    link, _ = shared(cast, edition)

    said = advised(link, passage=PASSAGE, field="body", must_fix=True)

    assert (said.author, said.author_name, said.author_role) == (None, "Test Guest", "Test adviser")
    assert said.must_fix is False
    assert not edition.reviews.exists()
    assert fresh(edition).status == "in review"
    assert requirements.missing(APPROVE, fresh(edition)) == []
    assert "not-approved" in [issue.code for issue in requirements.missing(PUBLISH, fresh(edition))]
    [event] = Event.objects.filter(verb="comment")
    assert event.fields["guest"] == "Test Guest"
    assert list(faults()) == []


def test_a_guest_advises_on_a_live_text_too(cast: Cast) -> None:
    edition = published(cast)
    link, _ = shared(cast, edition)
    assert advised(link).edition == edition


def test_advice_by_a_link_that_ended_or_is_for_reading_is_refused(cast: Cast) -> None:
    edition = draft(cast)
    reading, _ = shared(cast, edition, Purpose.READING)
    with pytest.raises(NotPermitted, match="for reading only"):
        advised(reading)
    short, _ = shared(cast, edition, days=1)
    with pytest.raises(NotPermitted, match="does not work any more"):
        actions.advise(short, actions.Words("Late."), name="Test Guest", role="x", at=LATER + timedelta(days=1))
    revoked, _ = shared(cast, edition)
    actions.revoke(revoked, by=cast.editor, at=LATER)
    with pytest.raises(NotPermitted, match="does not work any more"):
        advised(revoked)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("keeps_account", [False, True])
def test_every_link_ends_with_the_account_or_the_roles_of_who_made_it(keeps_account: bool, cast: Cast) -> None:
    link, secret = shared(cast, draft(cast))
    if keeps_account:
        cast.editor.groups.clear()
    User.objects.filter(pk=cast.editor.pk).update(is_active=keeps_account)

    found = link_behind(secret)

    assert found is not None
    assert not found.works(LATER)
    assert not SharedLink.objects.working(LATER).exists()
    with pytest.raises(NotPermitted, match="does not work any more"):
        advised(link)


def test_a_guest_gives_name_and_role(cast: Cast) -> None:
    link, _ = shared(cast, draft(cast))
    with pytest.raises(NotReady) as refused:
        actions.advise(link, actions.Words("Advice."), name=" ", role="x" * 201, at=LATER)
    fields = [issue.field for issue in refused.value.issues]
    assert fields == ["role", "name"]


def test_a_flood_of_comments_by_one_link_is_stopped(cast: Cast) -> None:
    link, _ = shared(cast, draft(cast))
    for number in range(sharing.MOST_COMMENTS):
        advised(link, f"Comment {number}.")
    with pytest.raises(sharing.TooMany, match="what you wrote is still here"):
        advised(link, "One more.")
    later = LATER + timedelta(hours=3)
    actions.advise(link, actions.Words("Later."), name="Test Guest", role="Test adviser", at=later)
    assert Comment.objects.count() == sharing.MOST_COMMENTS + 1


def test_visits_are_logged_once_a_minute(cast: Cast) -> None:
    link, _ = shared(cast, draft(cast))
    for seconds in (0, 30, 61):
        sharing.note_visit(link, sharing.OPENED, at=LATER + timedelta(seconds=seconds))
    advised(link)
    assert list(LinkVisit.objects.values_list("what", flat=True)) == ["opened", "opened", "commented"]


@pytest.mark.parametrize("action", ["share", "revoke", "advise"])
def test_nothing_is_kept_of_what_could_not_be_recorded(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    edition = draft(cast)
    link, _ = shared(cast, edition)
    before = list(SharedLink.objects.values())

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the last write failed")

    monkeypatch.setattr("alstrom_site.editorial.actions.sharing.remark", fail)
    monkeypatch.setattr("alstrom_site.editorial.actions.commenting.remark", fail)
    calls: dict[str, Callable[[], object]] = {
        "share": lambda: shared(cast, edition),
        "revoke": lambda: actions.revoke(link, by=cast.editor, at=LATER),
        "advise": lambda: advised(link),
    }
    with pytest.raises(RuntimeError):
        calls[action]()
    assert (list(SharedLink.objects.values()), Comment.objects.count(), LinkVisit.objects.count()) == (before, 0, 0)
