"""What the holder of a shared link gets: one text, marked as a draft, kept by nobody; and how their advice arrives."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url, part_url
from alstrom_site.editorial.models import Comment, Edition, LinkVisit, Purpose, SharedLink
from tests.cast import Cast
from tests.documents import article_content, draft, in_review, next_edition, published
from tests.editorial.admin.desk_visits import page, signed_in
from tests.editorial.comments.remarks import LATER, PASSAGE, shared_now

pytestmark = pytest.mark.django_db
ADVICE = {"comment": "Advice made up for tests.", "name": "Test Guest", "role": "Test adviser"}


def test_a_link_shows_its_text_and_never_a_later_one(cast: Cast, client: Client) -> None:
    edition = draft(cast, "article", summary="The first summary.")
    _, secret = shared_now(cast, edition)
    content = article_content(summary="The second summary.")
    actions.save(edition, content, by=cast.editor, at=LATER, seen=edition.text.digest)

    shown = client.get(f"/shared/{secret}/").content.decode()

    assert "The first summary." in shown
    assert "The second summary." not in shown
    assert "This link shows text 1 of edition 1" in shown


@pytest.mark.parametrize("state", ["works", "gone", "unknown", "after a comment"])
def test_no_answer_is_kept_found_or_led_back_to(cast: Cast, client: Client, state: str) -> None:
    link, secret = shared_now(cast, draft(cast))
    if state == "gone":
        actions.revoke(link, by=cast.editor, at=timezone.now())
    if state == "unknown":
        secret = "never-made"
    sent = ADVICE if state == "after a comment" else None

    response = client.post(f"/shared/{secret}/", sent) if sent else client.get(f"/shared/{secret}/")

    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def shared_by(person: User, edition: Edition) -> str:
    """Make a link as this person and return its secret."""
    return actions.share(edition.text, actions.Invitation(Purpose.READING), by=person, at=timezone.now())[1]


def test_links_that_show_nothing_say_nothing_of_a_text(cast: Cast, client: Client) -> None:
    edition = draft(cast, "article", title="A secret title")
    revoked, secret = shared_now(cast, edition)
    actions.revoke(revoked, by=cast.editor, at=timezone.now())
    old = timezone.now() - timedelta(days=15)
    expired = actions.share(edition.text, actions.Invitation(Purpose.READING), by=cast.editor, at=old)[1]
    of_a_closed_account = shared_by(cast.second_editor, edition)
    User.objects.filter(pk=cast.second_editor.pk).update(is_active=False)
    ended = (secret, expired, of_a_closed_account)
    answers = [client.get(f"/shared/{each}/") for each in (*ended, "guessed", secret[:-1], "%00", "%ff")]

    assert [answer.status_code for answer in answers] == [*[410] * 3, *[404] * 4]
    assert len({answer.content for answer in answers}) == 1
    assert b"secret title" not in answers[0].content
    assert client.post(f"/shared/{secret}/", ADVICE).status_code == 410
    assert not Comment.objects.exists()
    assert not LinkVisit.objects.exists()


def test_the_digest_of_a_secret_opens_nothing(cast: Cast, client: Client) -> None:
    link, secret = shared_now(cast, draft(cast))
    assert link.secret_digest == hashlib.sha256(secret.encode()).hexdigest()
    assert client.get(f"/shared/{link.secret_digest}/").status_code == 404


def test_a_draft_says_that_it_is_one_and_a_live_text_does_not(cast: Cast, client: Client) -> None:
    _, secret = shared_now(cast, draft(cast, key="other2002"))
    assert "<strong>Draft.</strong>" in client.get(f"/shared/{secret}/").content.decode()
    _, secret = shared_now(cast, published(cast))
    assert "<strong>Draft.</strong>" not in client.get(f"/shared/{secret}/").content.decode()


def test_a_link_leads_nowhere_into_the_desk(cast: Cast, client: Client) -> None:
    published(cast, "faq")
    _, secret = shared_now(cast, draft(cast, "article", faqs=["is-this-a-test"]))
    shown = client.get(f"/shared/{secret}/").content.decode()
    assert "Is this a test?" in shown
    assert "/admin/" not in shown


def test_sources_are_shown_with_the_text(cast: Cast, client: Client) -> None:
    published(cast)
    _, secret = shared_now(cast, draft(cast, "article"), Purpose.READING)
    assert "J Test Fixt. 2001 Apr;7(2):10-2." in client.get(f"/shared/{secret}/").content.decode()


def test_a_link_for_reading_has_no_form_and_takes_no_comment(cast: Cast, client: Client) -> None:
    _, secret = shared_now(cast, draft(cast), Purpose.READING)
    assert "<form" not in client.get(f"/shared/{secret}/").content.decode()
    response = client.post(f"/shared/{secret}/", ADVICE)
    assert response.status_code == 409
    assert not Comment.objects.exists()


def test_advice_needs_no_cookie_and_arrives_in_the_threads(cast: Cast) -> None:
    edition = in_review(cast, "article")
    _, secret = shared_now(cast, edition)
    stranger = Client(enforce_csrf_checks=True)

    response = stranger.post(f"/shared/{secret}/", {**ADVICE, "passage": PASSAGE})

    assert response.status_code == 302
    assert response["Location"] == f"/shared/{secret}/?sent=1#sent"
    assert "The desk has your comment." in stranger.get(response["Location"]).content.decode()
    shown = page(cast.reviewer, edition, "comments")
    assert f"<mark>{PASSAGE}</mark>" in shown
    assert "Test adviser, outside expert" in shown


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"comment": ""}, "Write your comment."),
        ({"name": ""}, "Write your name"),
        ({"role": ""}, "Say in what role you advise"),
        ({"name": "\u2800"}, "Write your name"),
        ({"role": "Nurse\u200b"}, "Your role holds characters that cannot be seen: U+200B."),
        ({"passage": "not there"}, "These words do not stand in this text."),
        ({"comment": "x" * 10_001}, "Shorten it to 10,000."),
        ({"comment": "Turned \u202eround"}, "characters that cannot be seen"),
        ({"name": "x" * 151}, "Shorten it to 150."),
    ],
)
def test_advice_that_cannot_be_taken_is_given_back(cast: Cast, sent: dict[str, str], sentence: str) -> None:
    _, secret = shared_now(cast, draft(cast))
    typed = {**ADVICE, "comment": "Words to keep.", **sent}

    response = Client().post(f"/shared/{secret}/", typed)

    shown = response.content.decode()
    assert response.status_code == 422
    assert sentence in shown
    assert typed["comment"] in shown
    assert not Comment.objects.exists()


def test_markup_in_advice_is_shown_as_words_everywhere(cast: Cast) -> None:
    edition = in_review(cast)
    _, secret = shared_now(cast, edition)
    hostile = {"comment": "<script>alert(1)</script>", "name": "<b>Bold</b>", "role": '"><img src=x>'}

    assert Client().post(f"/shared/{secret}/", hostile).status_code == 302

    for shown in (Client().get(f"/shared/{secret}/").content.decode(), page(cast.editor, edition, "comments")):
        assert "&lt;script&gt;" in shown
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "<b>Bold" not in shown


@pytest.mark.breaks_the_record
def test_a_thousand_comments_of_a_guest_take_as_many_queries_as_one(cast: Cast, client: Client) -> None:
    link, secret = shared_now(cast, draft(cast))
    counts = []
    for number in (1, 1_000):
        Comment.objects.bulk_create(_by_guest(link) for _ in range(number))
        client.get(f"/shared/{secret}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/shared/{secret}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def _by_guest(link: SharedLink) -> Comment:
    revision = link.revision
    return Comment(
        edition=revision.edition, revision=revision, link=link, author_name="Test Guest", body="Words.", at=LATER
    )


# At the desk


def make(person: Any, edition: Edition, **sent: Any) -> Any:
    """Send the form of a new link and return the answer."""
    form = {"text": edition.text.pk, "purpose": "advice", "guest_name": "Test Guest", "days": "14", **sent}
    return signed_in(person).post(document_url(edition.document, "share"), form)


def test_the_address_is_shown_once(cast: Cast, client: Client) -> None:
    edition = draft(cast)

    shown = make(cast.editor, edition).content.decode()

    address = shown.split('readonly value="http://127.0.0.1:8000')[1].split('"')[0]
    assert client.get(address).status_code == 200
    later = page(cast.editor, edition, "share")
    assert address not in later
    assert "Test Guest" in later
    assert "Used 1 time," in later


def test_a_link_that_was_refused_gives_back_what_was_typed(cast: Cast) -> None:
    response = make(cast.editor, draft(cast), days="100", question="A question to keep.", guest_email="nowhere")
    shown = response.content.decode()
    assert response.status_code == 409
    assert "A link lasts from 1 to 60 days." in shown
    assert "Check the email address" in shown
    for kept in ("A question to keep.", 'value="100"', 'value="nowhere"', 'value="advice" checked'):
        assert kept in shown


@pytest.mark.parametrize("days", ["", "-1", "1e3", "²", "9" * 400])
def test_days_that_are_no_number_are_refused(cast: Cast, days: str) -> None:
    assert make(cast.editor, draft(cast), days=days).status_code == 409


def test_who_may_not_share_is_told_so_and_shown_no_form(cast: Cast) -> None:
    edition = draft(cast)
    assert make(cast.administrator, edition).status_code == 403
    assert 'name="guest_name"' not in page(cast.administrator, edition, "share")
    assert "Shared outside" not in page(cast.administrator, edition)


def test_the_text_that_is_worked_on_is_offered_first(cast: Cast) -> None:
    edition = next_edition(cast, published(cast).document, at=LATER, title="A changed title")

    assert f'<option value="{edition.text.pk}" selected>' in page(cast.editor, edition, "share")


def test_only_texts_and_links_of_the_document_are_taken(cast: Cast) -> None:
    edition, other = draft(cast), draft(cast, key="other2002")
    link, _ = shared_now(cast, other)
    assert make(cast.editor, edition, text=other.text.pk).status_code == 404
    assert make(cast.editor, edition, text="x").status_code == 404
    url = part_url(edition.document, "link", link.pk)
    assert signed_in(cast.editor).post(url).status_code == 404


def test_a_revoked_link_shows_nothing_from_that_moment(cast: Cast, client: Client) -> None:
    edition = draft(cast)
    link, secret = shared_now(cast, edition)
    assert client.get(f"/shared/{secret}/").status_code == 200
    url = part_url(edition.document, "link", link.pk)

    for _ in range(2):
        assert signed_in(cast.publisher).post(url).status_code == 302

    assert client.get(f"/shared/{secret}/").status_code == 410
    assert "Revoked by Test publisher" in page(cast.editor, edition, "share")


def test_many_links_take_as_many_queries_as_one(cast: Cast) -> None:
    edition = draft(cast)
    client = signed_in(cast.editor)
    counts = []
    for number in (1, 20):
        for _ in range(number):
            _, secret = shared_now(cast, edition)
            Client().get(f"/shared/{secret}/")
        for name in ("share", "standing"):
            client.get(document_url(edition.document, name))
            with CaptureQueriesContext(connection) as asked:
                client.get(document_url(edition.document, name))
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
