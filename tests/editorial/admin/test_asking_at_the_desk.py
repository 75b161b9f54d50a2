"""The round on a document's page: who signs, who is asked, and the forms to ask, claim and decline."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.models import Edition, ReviewRequest
from alstrom_site.editorial.review_policy import ReviewStep
from tests.cast import Cast, person
from tests.documents import approved, draft, fresh, in_review
from tests.editorial.admin.desk_visits import page, seen_form, signed_in
from tests.editorial.policies_of_tests import attempt, under
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
CHOOSE = "Choose whom you ask."
SOON = (NOW + timedelta(days=7)).date().isoformat()


def send(who: User, edition: Edition, verb: str, **fields: Any) -> Any:
    """Send one of the forms of the panel and return the page that the person then sees."""
    now = fresh(edition)
    return signed_in(who).post(document_url(now.document, verb), seen_form(now, **fields), follow=True)


def round_on(who: User, edition: Edition) -> str:
    """Return the panel on the document's page."""
    html = page(who, edition)
    found = re.search(r'<section class="card round".*?</section>', html, re.DOTALL)
    return found.group() if found else ""


def test_the_round_shows_each_step_who_signed_and_who_is_asked_by_when(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, EDITOR), ReviewStep(2, MEDICAL_REVIEWER, 2), at=NOW)
    attempt(edition, cast.second_editor)
    send(cast.editor, edition, "ask", whom=f"2:{cast.reviewer.pk}", due_on=SOON)

    shown = round_on(cast.editor, edition)

    assert shown.index("One editor") < shown.index("Test second editor approved") < shown.index("2 medical reviewers")
    assert "Test reviewer is asked by Test editor, wanted by" in shown
    assert f'datetime="{SOON}"' in shown
    assert "2 to sign" in shown
    assert "Overdue" not in shown


def test_the_history_names_the_day_in_words(cast: Cast) -> None:
    edition = in_review(cast)
    day = date.fromisoformat(SOON)

    answer = send(cast.editor, edition, "ask", whom=f"1:{cast.reviewer.pk}", due_on=SOON)

    assert f"Test reviewer, by {day:%-d %B %Y}." in answer.content.decode()


@pytest.mark.parametrize("prepare", [draft, approved])
def test_there_is_no_round_to_show_while_none_runs(cast: Cast, prepare: Any) -> None:
    assert round_on(cast.reviewer, prepare(cast)) == ""


def test_only_those_are_offered_who_could_sign(cast: Cast) -> None:
    edition = in_review(cast)

    shown = round_on(cast.editor, edition)

    offered = set(re.findall(r'<option value="1:(\d+)"', shown))
    assert offered == {str(who.pk) for who in (cast.reviewer, cast.second_reviewer, cast.everything)}


def test_an_editor_asks_by_name_and_the_reviewer_is_told_on_the_page(cast: Cast) -> None:
    edition = in_review(cast)

    answer = send(cast.editor, edition, "ask", whom=f"1:{cast.reviewer.pk}", due_on=SOON, comment="Please.")

    assert "You asked Test reviewer to review edition 1 by" in answer.content.decode()
    assert ReviewRequest.objects.get().reviewer == cast.reviewer
    assert "Decline the review" in round_on(cast.reviewer, edition)
    assert "Decline the review" not in round_on(cast.second_reviewer, edition)


def test_a_note_to_the_reviewer_stands_in_the_mail_on_the_page_and_on_their_review_screen(cast: Cast) -> None:
    edition = in_review(cast)
    forget_mails()

    send(cast.editor, edition, "ask", whom=f"1:{cast.reviewer.pk}", due_on=SOON, comment="The dose above all.")

    assert ["The dose above all." in mail.text for mail in queued_mails()] == [True]
    assert "The dose above all." in round_on(cast.reviewer, edition)
    assert "The dose above all." in page(cast.reviewer, edition, "review")
    assert "The dose above all." not in page(cast.second_reviewer, edition, "review")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"whom": "", "due_on": SOON}, "Choose whom you ask."),
        ({"whom": "1:999999", "due_on": SOON}, "Choose whom you ask."),
        ({"whom": "x", "due_on": SOON}, "Choose whom you ask."),
        ({"whom": "1:{reviewer}", "due_on": ""}, "Give a day by which the review is wanted."),
        ({"whom": "1:{reviewer}", "due_on": "soon"}, "Write the day as 2026-01-31."),
        ({"whom": "1:{reviewer}", "due_on": "2020-01-01"}, "Give a day that is still to come, or today."),
        ({"whom": "1:{editor}", "due_on": SOON}, "Test editor is no medical reviewer."),
        ({"whom": "2:{reviewer}", "due_on": SOON}, "This step of the review is signed, or there is no such step."),
    ],
)
def test_an_ask_that_cannot_be_is_refused_in_a_sentence_and_keeps_what_was_typed(
    cast: Cast, fields: dict[str, str], told: str
) -> None:
    edition = in_review(cast)
    ids = {"reviewer": cast.reviewer.pk, "editor": cast.editor.pk}
    filled = {name: value.format(**ids) for name, value in fields.items()}

    html = send(cast.editor, edition, "ask", **filled, comment="My <note>.").content.decode()

    assert told in html
    assert "My &lt;note&gt;.</textarea>" in html
    assert not ReviewRequest.objects.exists()


@pytest.mark.parametrize(
    ("verb", "fields", "wrong"),
    [
        ("ask", {"whom": "", "due_on": "soon"}, {"whom": CHOOSE, "due_on": "Write the day as 2026-01-31."}),
        ("ask", {"whom": "1:{editor}", "due_on": SOON}, {"whom": "Test editor is no medical reviewer. Ask somebody"}),
        ("ask", {"whom": "1:{reviewer}", "due_on": "2020-01-01"}, {"due_on": "Give a day that is still to come"}),
        ("ask", {"whom": "1:{reviewer}", "due_on": SOON, "comment": "x" * 10_001}, {"note": "Shorten the comment"}),
        ("decline", {"comment": " "}, {"reason": "Say why you decline."}),
    ],
)
def test_what_is_wrong_is_said_at_the_top_and_beside_its_field(
    cast: Cast, verb: str, fields: dict[str, str], wrong: dict[str, str]
) -> None:
    edition = in_review(cast)
    send(cast.everything, edition, "claim")
    ids = {"reviewer": cast.reviewer.pk, "editor": cast.editor.pk}

    html = send(cast.everything, edition, verb, **{name: value.format(**ids) for name, value in fields.items()})

    shown = html.content.decode()
    for name, sentence in wrong.items():
        assert re.search(rf'<li><a href="#field-{name}">{sentence}', shown)
        assert re.search(rf'<span class="field__error" id="error-{name}">{sentence}', shown)
        assert re.search(rf'id="field-{name}"[^>]* aria-invalid="true" aria-describedby="error-{name}"', shown)
    assert shown.count('class="field__error"') == len(wrong)


def test_who_may_not_ask_is_offered_no_form_and_refused(cast: Cast) -> None:
    edition = in_review(cast)

    answer = send(cast.reviewer, edition, "ask", whom=f"1:{cast.second_reviewer.pk}", due_on=SOON)

    assert "Ask somebody" not in round_on(cast.reviewer, edition)
    assert answer.status_code == 403
    assert "Only editors and publishers ask for reviews." in answer.content.decode()


def test_a_reviewer_claims_it_once_and_nobody_else_then(cast: Cast) -> None:
    edition = in_review(cast)
    assert "Take on this review" in round_on(cast.second_reviewer, edition)

    answer = send(cast.reviewer, edition, "claim")

    assert "You took on the review of edition 1." in answer.content.decode()
    assert "Test reviewer took it on" in round_on(cast.second_reviewer, edition)
    assert "Take on this review" not in round_on(cast.second_reviewer, edition)
    assert send(cast.second_reviewer, edition, "claim").status_code == 403
    assert ReviewRequest.objects.count() == 1


def test_the_review_screen_offers_to_take_it_on_and_then_to_decline_and_says_who_has_it(cast: Cast) -> None:
    edition = in_review(cast)
    assert "Nobody has taken this review on." in page(cast.second_reviewer, edition, "review")

    screen = send(cast.reviewer, edition, "claim", back="review").content.decode()

    assert 'id="verdict"' in screen
    assert "You took this review on." in screen
    assert "Decline the review" in screen
    assert "Take on this review" not in screen
    other = page(cast.second_reviewer, edition, "review")
    assert "<strong>Test reviewer</strong> took this review on, wanted by" in other
    assert "Take on this review" not in other
    assert "Decline the review" not in other


@pytest.mark.parametrize(("reason", "told"), [(" ", "Say why you decline."), ("x" * 10_001, "Shorten the comment")])
def test_a_refused_decline_is_answered_on_the_review_screen_that_it_came_from(
    cast: Cast, reason: str, told: str
) -> None:
    edition = in_review(cast)
    User.objects.filter(pk=cast.reviewer.pk).update(interests="", interests_declared_on=None)
    send(cast.reviewer, edition, "claim")

    screen = send(cast.reviewer, edition, "decline", comment=reason, back="review").content.decode()

    verdict = screen[screen.index('id="verdict"') :]
    assert f'<a href="#field-reason">{told}' in screen
    assert re.search(r"<details[^>]* open>\s*<summary[^>]*>Decline…", screen)
    assert f">{reason}</textarea>" in screen.partition('id="verdict"')[0]
    assert "x" * 10 not in verdict
    assert 'class="field__error"' not in verdict
    assert f'action="{document_url(edition.document, "review")}"' in verdict


def test_declining_needs_a_reason_and_frees_the_place(cast: Cast) -> None:
    edition = in_review(cast)
    send(cast.reviewer, edition, "claim")

    assert "Say why you decline." in send(cast.reviewer, edition, "decline", comment=" ").content.decode()
    answer = send(cast.reviewer, edition, "decline", comment="I am on leave.")

    assert "It is free for somebody else." in answer.content.decode()
    assert "Take on this review" in round_on(cast.second_reviewer, edition)
    assert "I am on leave." in page(cast.editor, edition)


def test_who_was_not_asked_has_nothing_to_decline(cast: Cast) -> None:
    answer = send(cast.reviewer, in_review(cast), "decline", comment="No.")

    assert answer.status_code == 403
    assert "You are not asked to review this text" in answer.content.decode()


@pytest.mark.parametrize("verb", ["ask", "claim", "decline"])
def test_a_form_that_lost_what_was_seen_writes_nothing(cast: Cast, verb: str) -> None:
    edition = in_review(cast)

    answer = signed_in(cast.everything).post(document_url(edition.document, verb), {"comment": "My words."})

    assert answer.status_code == 409
    assert not ReviewRequest.objects.exists()


@pytest.mark.parametrize("verb", ["ask", "claim"])
def test_a_form_about_an_earlier_text_writes_nothing(cast: Cast, verb: str) -> None:
    old = in_review(cast)
    content = {**old.text.fields, "volume": "99"}
    now = actions.save(old, content, by=cast.editor, at=NOW, seen=old.text.digest, take_back=True).edition
    actions.submit(now, by=cast.editor, at=NOW, seen=fresh(now).text.digest)

    form = seen_form(old, whom=f"1:{cast.second_reviewer.pk}", due_on=SOON)
    answer = signed_in(cast.everything).post(document_url(old.document, verb), form)

    assert answer.status_code == 409
    assert "Somebody changed this text since you opened it." in answer.content.decode()
    assert not ReviewRequest.objects.exists()


def test_the_page_takes_as_many_queries_for_many_reviewers_as_for_few(cast: Cast) -> None:
    edition = in_review(cast)
    client = signed_in(cast.publisher)
    url = document_url(edition.document)
    client.get(url)

    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(12):
        person(f"reviewer_{number}", MEDICAL_REVIEWER)
    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(few)
