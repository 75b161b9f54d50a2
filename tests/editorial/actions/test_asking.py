"""Asking for a review, claiming it and declining it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial import actions, policies
from alstrom_site.editorial.actions import asking
from alstrom_site.editorial.actions.asking import MOST_DAYS
from alstrom_site.editorial.models import Edition, Event, ReviewRequest
from alstrom_site.editorial.review_policy import ALL_WHO_ARE_ASKED, ReviewStep
from alstrom_site.editorial.rounds import standing
from alstrom_site.editorial.workflow import NotPermitted, NotReady, OutOfDate, WrongState
from tests.cast import Cast, person
from tests.documents import STEP, approved, changes_requested, draft, fresh, in_review, submitted, yes_to_all
from tests.editorial.policies_of_tests import TURN, asked, attempt, declined, under

pytestmark = pytest.mark.django_db

DUE = TURN.date() + timedelta(days=7)
WHOLE_DAY = timedelta(days=1)


def wanted(who: User, **changes: Any) -> actions.Wanted:
    return actions.Wanted(**{"reviewer": who, "step": 1, "due_on": DUE, **changes})


def ask(edition: Edition, by: User, what: actions.Wanted) -> ReviewRequest:
    return actions.ask(edition, what, by=by, at=TURN, seen=edition.text.digest)


def claim(edition: Edition, by: User) -> ReviewRequest:
    return actions.claim(edition, by=by, at=TURN, seen=edition.text.digest)


def test_who_is_asked_by_name_has_a_request_with_its_day_and_the_record_says_so(cast: Cast) -> None:
    edition = in_review(cast)

    request = ask(edition, cast.editor, wanted(cast.reviewer, note="Please look at the number."))

    assert list(ReviewRequest.objects.asked_of(cast.reviewer)) == [request]
    assert (request.due_on, request.asked_by, request.was_claimed) == (DUE, cast.editor, False)
    event = Event.objects.latest("position")
    assert (event.verb, event.by, event.fields["reviewer"]) == ("ask", cast.editor, "Test reviewer")
    assert (event.fields["comment"], event.fields["due_on"]) == ("Please look at the number.", DUE.isoformat())
    assert fresh(edition).status == "in review"


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("editor", True),
        ("second_editor", True),
        ("publisher", True),
        ("everything", True),
        ("superuser", True),
        ("reviewer", False),
        ("administrator", False),
        ("stranger", False),
    ],
)
def test_editors_and_publishers_ask(cast: Cast, name: str, may: bool) -> None:
    edition = in_review(cast)

    try:
        ask(edition, getattr(cast, name), wanted(cast.second_reviewer))
    except NotPermitted:
        assert not may
    assert ReviewRequest.objects.exists() == may


def _closed(cast: Cast) -> User:
    return person("closed", MEDICAL_REVIEWER, active=False)


def _not_a_reviewer(cast: Cast) -> User:
    return cast.second_editor


def _superuser_without_the_role(cast: Cast) -> User:
    return cast.superuser


def _wrote_part_of_it(cast: Cast) -> User:
    cast.editor.groups.add(Group.objects.get(name=MEDICAL_REVIEWER.name))
    return cast.editor


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (_closed, "is closed"),
        (_not_a_reviewer, "is no medical reviewer"),
        (_superuser_without_the_role, "is no medical reviewer"),
        (_wrote_part_of_it, "wrote part of this change"),
    ],
)
def test_nobody_is_asked_who_could_not_sign_and_nobody_such_is_offered(cast: Cast, who: Any, said: str) -> None:
    edition = in_review(cast)
    someone = who(cast)

    with pytest.raises(NotReady, match=said):
        ask(edition, cast.publisher, wanted(someone))

    assert policies.cannot_be_asked(someone, MEDICAL_REVIEWER, policies.engaged_in(edition))
    assert not ReviewRequest.objects.exists()


def test_nobody_is_asked_twice_or_after_they_signed(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2))
    ask(edition, cast.editor, wanted(cast.reviewer))

    with pytest.raises(NotReady, match="is asked already"):
        ask(edition, cast.publisher, wanted(cast.reviewer))
    attempt(edition, cast.reviewer)
    with pytest.raises(NotReady, match="approved this text already"):
        ask(edition, cast.publisher, wanted(cast.reviewer))


def test_a_step_that_is_signed_or_does_not_exist_is_asked_of_nobody(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, EDITOR), ReviewStep(2, MEDICAL_REVIEWER))
    attempt(edition, cast.second_editor)

    for step in (1, 3):
        with pytest.raises(WrongState, match="no such step"):
            ask(edition, cast.editor, wanted(cast.reviewer, step=step))


def test_a_later_step_can_be_asked_of_somebody_ahead(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, EDITOR), ReviewStep(2, MEDICAL_REVIEWER))

    ask(edition, cast.editor, wanted(cast.reviewer, step=2))

    assert ReviewRequest.objects.get().step == 2


def test_a_day_beyond_a_year_is_refused(cast: Cast) -> None:
    edition = in_review(cast)

    with pytest.raises(NotReady, match="Give a day within a year"):
        ask(edition, cast.editor, wanted(cast.reviewer, due_on=TURN.date() + MOST_DAYS * WHOLE_DAY + WHOLE_DAY))
    ask(edition, cast.editor, wanted(cast.reviewer, due_on=TURN.date() + MOST_DAYS * WHOLE_DAY))


def test_a_day_that_is_over_is_refused(cast: Cast) -> None:
    edition = in_review(cast)

    with pytest.raises(NotReady, match="still to come"):
        ask(edition, cast.editor, wanted(cast.reviewer, due_on=TURN.date() - WHOLE_DAY))
    ask(edition, cast.editor, wanted(cast.reviewer, due_on=TURN.date()))


@pytest.mark.parametrize("prepare", [draft, approved])
def test_nobody_is_asked_while_no_round_runs(cast: Cast, prepare: Any) -> None:
    edition = prepare(cast)

    with pytest.raises(WrongState, match="No round of review runs"):
        ask(edition, cast.editor, wanted(cast.second_reviewer))
    with pytest.raises(WrongState, match="No round of review runs"):
        claim(edition, cast.reviewer)


def test_a_request_about_another_text_is_refused(cast: Cast) -> None:
    edition = in_review(cast)

    with pytest.raises(OutOfDate):
        actions.ask(edition, wanted(cast.reviewer), by=cast.editor, at=TURN, seen="0" * 64)
    with pytest.raises(OutOfDate):
        actions.claim(edition, by=cast.reviewer, at=TURN, seen="0" * 64)


# Declining


def test_who_declines_says_why_and_the_request_moves_on(cast: Cast) -> None:
    edition = in_review(cast)
    request = ask(edition, cast.editor, wanted(cast.reviewer))

    actions.decline(request, reason=" On leave. ", by=cast.reviewer, at=TURN)

    assert not ReviewRequest.objects.standing().exists()
    event = Event.objects.latest("position")
    assert (event.verb, event.fields["comment"], event.fields["asked_by_id"]) == (
        "decline",
        "On leave.",
        cast.editor.pk,
    )
    assert claim(edition, cast.second_reviewer).reviewer == cast.second_reviewer


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_declining_takes_a_reason(cast: Cast, reason: str) -> None:
    request = asked(cast, in_review(cast), cast.reviewer)

    with pytest.raises(NotReady, match="Say why you decline"):
        actions.decline(request, reason=reason, by=cast.reviewer, at=TURN)
    assert ReviewRequest.objects.standing().exists()


def test_nobody_declines_for_another(cast: Cast) -> None:
    request = asked(cast, in_review(cast), cast.reviewer)

    for who in (cast.second_reviewer, cast.editor, cast.administrator):
        with pytest.raises(NotPermitted):
            actions.decline(request, reason="Not needed.", by=who, at=TURN)


def test_who_declined_can_be_asked_again_and_claim_it_and_the_record_keeps_all_of_it(cast: Cast) -> None:
    edition = in_review(cast)
    asked(cast, edition, cast.reviewer)
    declined(edition, cast.reviewer)
    claim(edition, cast.reviewer)
    declined(edition, cast.reviewer)
    asked(cast, edition, cast.reviewer)

    request = ReviewRequest.objects.get()
    assert (request.answer, request.reason, request.answered_at) == ("waiting", "", None)
    verbs = Event.objects.filter(edition=edition).order_by("position").values_list("verb", flat=True)
    assert list(verbs)[2:] == ["ask", "decline", "claim", "decline", "ask"]


def test_a_verdict_answers_the_request_and_ends_every_other_with_the_round(cast: Cast) -> None:
    edition = in_review(cast)
    for who in (cast.reviewer, cast.second_reviewer):
        asked(cast, edition, who)

    actions.approve(edition, by=cast.reviewer, at=TURN, seen=edition.text.digest, said=yes_to_all(edition))

    assert ReviewRequest.objects.get(reviewer=cast.reviewer).answer == "given"
    assert not ReviewRequest.objects.standing().exists()
    with pytest.raises(WrongState, match="does not wait for you any more"):
        declined(edition, cast.second_reviewer)


def test_requests_of_an_earlier_round_wait_for_nobody_in_the_next(cast: Cast) -> None:
    edition = in_review(cast)
    asked(cast, edition, cast.reviewer)
    submitted(cast, changes_requested(cast.second_reviewer, edition, at=TURN), at=TURN + STEP)

    assert not ReviewRequest.objects.standing().exists()
    assert asked(cast, edition, cast.reviewer).round == 2


def test_an_ask_that_cannot_be_recorded_leaves_no_request(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = in_review(cast)

    def broken(*_: object, **__: object) -> None:
        raise OSError("The record cannot be written.")

    monkeypatch.setattr(asking, "remark", broken)
    with pytest.raises(OSError, match="cannot be written"):
        ask(edition, cast.editor, wanted(cast.reviewer))

    assert not ReviewRequest.objects.exists()


def test_a_step_that_all_sign_awaits_everybody_who_is_asked(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER, ALL_WHO_ARE_ASKED))
    for who in (cast.reviewer, cast.second_reviewer, cast.everything):
        asked(cast, edition, who)
    declined(edition, cast.everything)

    assert [step.awaited for step in standing(fresh(edition))] == [2]
