"""What was withdrawn or taken down comes back by no signature that was given before, on no way: a truth table."""

from collections.abc import Callable

import pytest

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.actions.scheduling import Result
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.review_policy import ReviewStep
from alstrom_site.editorial.workflow import NotReady, Status
from tests.cast import Cast
from tests.documents import (
    STEP,
    changes_requested,
    fresh,
    made_live,
    next_edition,
    published,
    signed,
    submitted,
    yes_to_all,
)
from tests.editorial.actions.scheduled import LATE, SET_AT, TIME, put_on, results
from tests.editorial.admin.desk_visits import page, take

pytestmark = pytest.mark.django_db
REASON = "The made-up number is wrong."
DONE = {"withdraw": "withdrawn", "unpublish": "taken down"}


def next_signed(cast: Cast, live: Edition) -> Edition:
    """Return the next edition, which says the same but for a sign, as the reviewer signed it."""
    edition = next_edition(cast, Document.objects.get(pk=live.document_id), at=SET_AT, answer="It is 50!")
    return signed(cast, submitted(cast, edition, at=SET_AT), at=SET_AT)


def proposed(cast: Cast, live: Edition, verb: str = "withdraw") -> None:
    wanted = actions.Retirement(verb, REASON)
    actions.propose(fresh(live), wanted, by=cast.editor, at=SET_AT + STEP, seen=live.text.digest)


def taken(cast: Cast, live: Edition, verb: str) -> None:
    proposed(cast, live, verb)
    step = actions.withdraw if verb == "withdraw" else actions.unpublish
    step(fresh(live), by=cast.publisher, at=SET_AT + STEP, seen=live.text.digest, reason=REASON)


def by_hand(cast: Cast, edition: Edition) -> None:
    made_live(cast, edition, at=LATE)


def by_a_schedule_to_come(cast: Cast, edition: Edition) -> None:
    actions.schedule(edition, actions.Window(LATE), by=cast.publisher, at=TIME, seen=edition.text.digest)


def by_a_further_signature(cast: Cast, edition: Edition) -> None:
    actions.approve(edition, by=cast.second_reviewer, at=TIME, seen=edition.text.digest, said=yes_to_all(edition))


@pytest.mark.parametrize("verb", DONE)
@pytest.mark.parametrize("way", [by_hand, by_a_schedule_to_come, by_a_further_signature])
def test_an_older_signature_bears_no_step(verb: str, way: Callable[[Cast, Edition], None], cast: Cast) -> None:
    live = published(cast, "faq", answer="It is 50.")
    if way is by_a_further_signature:
        two, own = actions.OwnPolicy((ReviewStep(1, MEDICAL_REVIEWER, 2),)), actions.own_policy(live.document)
        actions.set_policy(live.document, two, by=cast.publisher, at=SET_AT, seen=own.digest)
    edition = next_signed(cast, live)
    taken(cast, live, verb)

    with pytest.raises(NotReady) as refused:
        way(cast, fresh(edition))

    (issue,) = refused.value.issues
    said = f"edition 1 of this document was {DONE[verb]} on 2 March 2026: “{REASON}”. A reviewer must look at this text"
    assert said in issue.message


@pytest.mark.parametrize("verb", DONE)
def test_a_schedule_fails_with_it_and_the_text_goes_live_signed_anew(verb: str, cast: Cast) -> None:
    live = published(cast, "faq", answer="It is 50.")
    edition = put_on(cast, next_signed(cast, live))
    taken(cast, live, verb)

    (outcome,) = actions.publish_due(TIME)

    assert (outcome.result, f"was {DONE[verb]} on" in outcome.reason) == (Result.FAILED, True)
    edition = changes_requested(cast.reviewer, fresh(edition), at=TIME)
    edition = signed(cast, submitted(cast, edition, at=TIME), at=TIME)
    assert made_live(cast, edition, at=LATE).state is Status.PUBLISHED


def test_a_page_that_was_opened_before_publishes_nothing(cast: Cast) -> None:
    live = published(cast, "faq", answer="It is 50.")
    edition = next_signed(cast, live)
    taken(cast, live, "withdraw")

    answer = take(cast.publisher, edition, "publish")

    assert "edition 1 of this document was withdrawn" in answer.content.decode()
    assert fresh(live).state is Status.WITHDRAWN


def test_a_schedule_fails_while_it_is_proposed_and_a_person_who_publishes_is_told(cast: Cast) -> None:
    live = published(cast, "faq", answer="It is 50.")
    edition = put_on(cast, next_signed(cast, live))
    proposed(cast, live)

    outcomes = actions.publish_due(TIME)

    assert results(outcomes) == [Result.FAILED]
    assert outcomes[0].reason.startswith(f"Test editor has proposed to withdraw what readers see: “{REASON}”")
    shown = page(cast.publisher, edition)
    assert "If you publish this edition, you decide against that, and the proposal lapses." in shown
    assert "no schedule is carried out" in page(cast.publisher, edition, "schedule")
    assert made_live(cast, fresh(edition), at=LATE).state is Status.PUBLISHED
