"""Signing a verdict: with the password in the same form, with interests confirmed within a year, and nothing lost."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.accounts.signing import NOTHING_GIVEN, TOO_MANY, WRONG_PASSWORD
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.signing_form import DECLARE_FIRST
from alstrom_site.editorial.models import Edition, Event, Review
from alstrom_site.editorial.review_policy import ReviewStep
from alstrom_site.editorial.workflow import NotReady
from tests.cast import NOW, PASSWORD, Cast
from tests.documents import STEP, all_true, fresh, in_review, next_edition, published
from tests.editorial.admin.desk_visits import approval_form, page, review, seen_form, signed, signed_in
from tests.editorial.policies_of_tests import under

pytestmark = pytest.mark.django_db

LONG_AGO = date(2025, 1, 1)


def day(ahead: int = 0) -> date:
    """Return today, or the day that is so many days ahead, as the site reckons: a run may go on past midnight."""
    return datetime.now(UTC).date() + timedelta(days=ahead)


def declared(person: User, interests: str, on: date | None) -> None:
    """Let a person have declared their interests on that day."""
    User.objects.filter(pk=person.pk).update(interests=interests, interests_declared_on=on)


@pytest.mark.parametrize("verdict", ["approve", "request-changes"])
@pytest.mark.parametrize(("password", "told"), [("", NOTHING_GIVEN), ("wrong", WRONG_PASSWORD)])
def test_without_the_right_password_nothing_is_signed_and_nothing_typed_is_lost(
    cast: Cast, verdict: str, password: str, told: str
) -> None:
    edition = in_review(cast)
    before = Event.objects.count()
    form = {**approval_form(edition, comment="My <words>."), "verdict": verdict, "signature-password": password}

    html = review(cast.reviewer, edition, form).content.decode()

    assert told in html
    assert "My &lt;words&gt;.</textarea>" in html
    assert f'id="verdict-{verdict}" value="{verdict}" checked' in html
    assert len(re.findall(r"<input[^>]* checked", html)) == 1 + html.count('name="checklist"')
    assert (Event.objects.count(), Review.objects.count(), fresh(edition).status) == (before, 0, "in review")


def test_no_password_is_ever_shown_again(cast: Cast) -> None:
    edition = in_review(cast)

    for form in (
        {**approval_form(edition), "signature-password": "wrong-but-secret"},
        {**seen_form(edition), "signature-password": "wrong-but-secret"},
    ):
        assert "wrong-but-secret" not in review(cast.reviewer, edition, form).content.decode()


def test_the_password_of_another_person_signs_nothing(cast: Cast) -> None:
    other = User.objects.get(pk=cast.second_reviewer.pk)
    other.set_password("the password of somebody else")
    other.save()
    edition = in_review(cast)

    review(cast.reviewer, edition, {**approval_form(edition), "signature-password": "the password of somebody else"})

    assert not Review.objects.exists()


def test_attempts_at_a_password_are_limited_and_the_verdict_stays_filled_in(cast: Cast) -> None:
    edition = in_review(cast)
    for _ in range(5):
        review(cast.reviewer, edition, {**approval_form(edition), "signature-password": "wrong"})

    html = review(cast.reviewer, edition, approval_form(edition, comment="My words.")).content.decode()

    assert TOO_MANY in html
    assert "My words.</textarea>" in html
    assert not Review.objects.exists()


@pytest.mark.parametrize("verdict", ["approve", "request-changes"])
def test_the_record_says_how_a_verdict_was_signed(cast: Cast, verdict: str) -> None:
    edition = in_review(cast)

    review(cast.reviewer, edition, {**approval_form(edition, comment="Please shorten it."), "verdict": verdict})

    assert Review.objects.get().signed_with == "password"
    html = page(cast.reviewer, edition)
    assert "Signed with a password at that moment." in html
    assert f'<code class="digest__whole">{edition.text.digest}</code>' in html


def test_what_is_filled_in_by_half_is_told_at_once_with_the_missing_password(cast: Cast) -> None:
    edition = in_review(cast)

    html = review(cast.reviewer, edition, {**approval_form(edition), "checklist": [], "signature-password": ""})

    assert "Tick every statement to approve." in html.content.decode()
    assert NOTHING_GIVEN in html.content.decode()


def test_a_half_filled_review_is_seen_by_nobody(cast: Cast) -> None:
    edition = in_review(cast)
    before = {who: page(who, edition) for who in (cast.editor, cast.reviewer, cast.second_reviewer)}
    review(cast.reviewer, edition, {**approval_form(edition, comment="Half a thought."), "checklist": ["0"]})

    assert not Review.objects.exists()
    for who in before:
        assert "Half a thought." not in page(who, edition)
        assert "Half a thought." not in page(who, edition, "review")


def test_what_was_ticked_is_kept_with_a_request_for_changes_too(cast: Cast) -> None:
    edition = in_review(cast)

    form = {**approval_form(edition, comment="It is not plain."), "verdict": "request-changes", "checklist": ["0"]}
    review(cast.reviewer, edition, form)

    answers = [(statement, number == 0) for number, (statement, _) in enumerate(all_true(edition))]
    assert [tuple(pair) for pair in Review.objects.get().checklist] == answers


# Advice


def test_advice_takes_no_signature_and_decides_nothing(cast: Cast) -> None:
    edition = in_review(cast)

    response = review(
        cast.reviewer,
        edition,
        seen_form(edition, verdict="recommend", comment="Ask a pharmacist.") | {"signature-password": ""},
    )

    assert response.status_code == 302
    given = Review.objects.get()
    assert (given.verdict, given.signed_with, fresh(edition).status) == ("recommend", "", "in review")
    html = page(cast.editor, edition)
    assert "Ask a pharmacist." in html
    assert "Advice; it decides nothing." in html


def test_advice_without_words_is_asked_about(cast: Cast) -> None:
    edition = in_review(cast)

    html = review(cast.reviewer, edition, seen_form(edition, verdict="recommend")).content.decode()

    assert "Write your advice as a comment." in html
    assert not Review.objects.exists()


# Interests


@pytest.mark.parametrize(("interests", "ahead"), [("", None), ("A grant.", -366), ("", 0), ("A grant.", 30)])
def test_interests_are_asked_for_in_the_same_form_when_missing_older_than_a_year_or_dated_ahead(
    cast: Cast, interests: str, ahead: int | None
) -> None:
    edition = in_review(cast)
    declared(cast.reviewer, interests, None if ahead is None else day(ahead))

    html = page(cast.reviewer, edition, "review")
    refused = review(cast.reviewer, edition, approval_form(edition, **{"interests-declared": " "}))

    assert f"required>{interests}</textarea>" in html
    assert DECLARE_FIRST in refused.content.decode()
    assert not Review.objects.exists()


def test_what_is_declared_with_a_signature_is_frozen_in_it_and_kept_for_a_year(cast: Cast) -> None:
    edition = in_review(cast)
    declared(cast.reviewer, "A grant.", LONG_AGO)

    review(cast.reviewer, edition, approval_form(edition, **{"interests-declared": "Two grants."}))

    given, person = Review.objects.get(), User.objects.get(pk=cast.reviewer.pk)
    assert (given.interests, given.interests_declared_on) == ("Two grants.", given.at.date())
    assert (person.interests, person.interests_declared_on) == ("Two grants.", given.at.date())


def test_with_a_wrong_password_no_interests_are_kept_and_none_are_lost(cast: Cast) -> None:
    edition = in_review(cast)
    declared(cast.reviewer, "A grant.", LONG_AGO)

    form = approval_form(edition, **{"interests-declared": "Two <grants>.", "signature-password": "wrong"})
    html = review(cast.reviewer, edition, form).content.decode()

    assert User.objects.get(pk=cast.reviewer.pk).interests == "A grant."
    assert "Two &lt;grants&gt;.</textarea>" in html


@pytest.mark.parametrize(("name", "prepare"), [("review", in_review), ("reaffirm", published)])
def test_with_a_refused_signature_no_interests_are_kept_and_none_are_lost(
    cast: Cast, name: str, prepare: Callable[..., Edition]
) -> None:
    edition = prepare(cast)
    declared(cast.reviewer, "A grant.", LONG_AGO)
    form = signed(approval_form(edition, seen="0" * 64, **{"interests-declared": "Two <grants>."}))

    answer = signed_in(cast.reviewer).post(document_url(edition.document, name), form)

    html, person = answer.content.decode(), User.objects.get(pk=cast.reviewer.pk)
    assert (answer.status_code, "Nothing was written." in html) == (409, True)
    assert (person.interests, person.interests_declared_on) == ("A grant.", LONG_AGO)
    assert "Two &lt;grants&gt;.</textarea>" in html
    assert "Last confirmed as of 1 January 2025." in html


def test_a_declaration_that_no_record_can_hold_is_refused_in_a_sentence(cast: Cast) -> None:
    edition = in_review(cast)
    declared(cast.reviewer, "", None)

    for text in ("A grant\x00.", "x" * 5001):
        html = review(cast.reviewer, edition, approval_form(edition, **{"interests-declared": text})).content.decode()
        assert 'id="error-interests"' in html
    assert not Review.objects.exists()


def test_within_the_year_nobody_is_asked_again(cast: Cast) -> None:
    declared(cast.reviewer, "A grant.", day(-364))

    html = page(cast.reviewer, in_review(cast), "review")

    assert "interests-declared" not in html
    assert "A grant." in html


def test_no_action_takes_a_signature_without_interests(cast: Cast) -> None:
    edition = in_review(cast)
    declared(cast.reviewer, "A grant.", LONG_AGO)
    signer = User.objects.get(pk=cast.reviewer.pk)
    said = actions.Said(checklist=all_true(edition), signed_with="password")
    at = NOW + 5 * STEP + timedelta(days=365)

    with pytest.raises(NotReady, match="Confirm your declared interests"):
        actions.approve(edition, by=signer, at=at, seen=edition.text.digest, said=said)
    assert fresh(edition).status == "in review"


# What is signed


def test_who_approves_a_change_signs_what_readers_are_told_of_it(cast: Cast) -> None:
    live = published(cast)
    edition = next_edition(cast, live.document, at=NOW + 10 * STEP, volume="8")
    at, note = NOW + 11 * STEP, "The volume was wrong."
    actions.submit(edition, by=cast.editor, at=at, seen=edition.text.digest, change="major", note=note)

    html = page(cast.reviewer, edition, "review")
    review(cast.reviewer, edition, approval_form(edition))

    assert "<strong>Major change.</strong> You sign this with the text." in html
    assert "Readers are told: “The volume was wrong.”" in html
    assert "””" not in html
    assert Review.objects.latest("pk").meaning.endswith(
        "I agree that it is announced as a major change, with the note “The volume was wrong.”"
    )


def test_an_editor_signs_as_an_editor_where_the_policy_asks_for_one(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, EDITOR), ReviewStep(2, MEDICAL_REVIEWER))
    declared(cast.second_editor, "None", day())

    html = page(cast.second_editor, edition, "review")
    client, form = signed_in(cast.second_editor), signed(approval_form(edition))
    after = client.post(document_url(edition.document, "review"), form, follow=True).content.decode()

    assert "<dd>Editor</dd>" in html
    assert 'value="request-changes"' not in html
    assert "Others must sign too before it is approved." in after
    assert PASSWORD not in html


def test_whoever_signs_without_title_or_credentials_is_told_so_above_the_form(cast: Cast) -> None:
    edition = in_review(cast)
    cast.second_reviewer.credentials = "Test credentials"
    cast.second_reviewer.save()

    assert "You have given no credentials." in page(cast.reviewer, edition, "review")
    assert "You have given no" not in page(cast.second_reviewer, edition, "review")
