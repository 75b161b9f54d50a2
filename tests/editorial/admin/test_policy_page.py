"""The page on which a document gets a review policy and an interval of its own."""

from datetime import timedelta
from typing import Any

import pytest

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import EDITOR, MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.policy_words import stored_steps, who_signs
from alstrom_site.editorial.admin.record_words import in_words
from alstrom_site.editorial.models import Document, Event
from alstrom_site.editorial.review_policy import ReviewStep, written
from alstrom_site.editorial.workflow import NotPermitted, NotReady, OutOfDate
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, published
from tests.editorial.admin.desk_visits import signed_in

pytestmark = pytest.mark.django_db

LATER = NOW + 9 * STEP
TWO = ReviewStep(1, MEDICAL_REVIEWER, 2)


def now(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


def send(who: User, document: Document, **fields: Any) -> Any:
    """Send the form as the page has it, with these fields, and return the page that follows."""
    whole = {"seen": actions.own_policy(now(document)).digest, "whose": "kind", "months": "", **fields}
    return signed_in(who).post(document_url(document, "policy"), whole, follow=True)


def rows(*steps: tuple[str, str, str]) -> dict[str, str]:
    """Return the rows of the form: place, role and how many."""
    return {
        f"{name}-{number}": value
        for number, step in enumerate(steps, start=1)
        for name, value in zip(("place", "role", "needed"), step, strict=True)
    }


def test_a_publisher_sets_steps_and_months_without_a_script_and_the_record_says_so(cast: Cast) -> None:
    document = draft(cast).document

    steps = rows(("2", "medical reviewer", "0"), ("1", "editor", "1"), ("3", "", "1"))
    answer = send(cast.publisher, document, whose="own", months="6", **steps)

    policy = actions.own_policy(now(document))
    assert policy.months == 6
    assert policy.steps == (ReviewStep(1, EDITOR), ReviewStep(2, MEDICAL_REVIEWER, 0))
    event = Event.objects.latest("position")
    assert (event.verb, event.by, event.fields["now"]["months"]) == ("set policy", cast.publisher, 6)
    html = answer.content.decode()
    signers = "One editor, then every medical reviewer who is asked"
    assert f"{signers}, then a publisher. Reviewed every 6 months." in html
    assert in_words([event.fields]) == [
        {
            "before": "Who signs: as its kind says. Reviewed as its kind says.",
            "now": f"{signers}. Reviewed every 6 months.",
        }
    ]


def test_who_signs_side_by_side_is_not_told_as_one_after_the_other() -> None:
    steps = (ReviewStep(2, EDITOR, 2), ReviewStep(1, MEDICAL_REVIEWER), ReviewStep(1, EDITOR))

    assert who_signs(steps) == "One medical reviewer and one editor, then 2 editors"
    assert stored_steps(written(steps)) == who_signs(steps)


def test_the_policy_of_the_kind_comes_back_with_its_choice(cast: Cast) -> None:
    document = draft(cast).document
    send(cast.administrator, document, whose="own", months="6", **rows(("1", "medical reviewer", "2")))

    send(cast.administrator, document, whose="kind")

    assert (now(document).review_policy, now(document).review_months) == (None, None)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"months": "37"}, "A text is reviewed every 1 to 36 months."),
        ({"months": "0"}, "A text is reviewed every 1 to 36 months."),
        ({"months": "many"}, "Write the months as a whole number."),
        ({"whose": ""}, "Choose one of both."),
        ({"whose": "own"}, "Name at least one step, or choose the first answer."),
        ({"whose": "own", **rows(("1", "editor", "1"))}, "At least one medical reviewer must sign."),
        ({"whose": "own", **rows(("1", "publisher", "1"))}, "Choose order, role and number from the lists."),
        ({"whose": "own", **rows(("x", "editor", "1"))}, "Choose order, role and number from the lists."),
        ({"whose": "own", **rows(("1", "medical reviewer", "10"))}, "Places count from 1 and signatures from 1"),
        ({"whose": "own", **rows(("0", "medical reviewer", "1"))}, "Places count from 1 and signatures from 1"),
    ],
)
def test_what_is_no_policy_is_refused_in_a_sentence_and_kept_on_the_page(
    cast: Cast, fields: dict[str, str], told: str
) -> None:
    document = draft(cast).document
    before = Event.objects.count()

    html = send(cast.publisher, document, **fields).content.decode()

    assert told in html
    if fields.get("months"):
        assert f'name="months" value="{fields["months"]}"' in html
    assert (now(document).review_policy, Event.objects.count()) == (None, before)


@pytest.mark.parametrize("name", ["editor", "reviewer", "stranger"])
def test_nobody_else_sets_a_policy(cast: Cast, name: str) -> None:
    document = draft(cast).document
    who = getattr(cast, name)

    assert send(who, document, months="6").status_code == 403
    with pytest.raises(NotPermitted):
        actions.set_policy(document, actions.OwnPolicy(), by=who, at=NOW, seen=actions.own_policy(document).digest)


def test_a_policy_that_somebody_else_set_meanwhile_is_not_overwritten(cast: Cast) -> None:
    document = draft(cast).document
    seen = actions.own_policy(document).digest
    actions.set_policy(document, actions.OwnPolicy([TWO]), by=cast.administrator, at=NOW, seen=seen)

    answer = send(cast.publisher, document, seen=seen, months="6")

    assert answer.status_code == 409
    assert 'name="months" value="6"' in answer.content.decode()
    assert actions.own_policy(now(document)) == actions.OwnPolicy((TWO,))
    with pytest.raises(OutOfDate):
        actions.set_policy(document, actions.OwnPolicy(), by=cast.publisher, at=NOW, seen=seen)


def test_a_policy_that_changes_nothing_writes_nothing(cast: Cast) -> None:
    document = draft(cast).document
    before = Event.objects.count()

    send(cast.publisher, document)

    assert Event.objects.count() == before


def test_the_next_review_of_a_live_text_follows_its_interval_and_the_last_one_stays(cast: Cast) -> None:
    document = published(cast).document
    last, due = now(document).last_reviewed_at, now(document).review_due_on
    assert due is not None

    html = send(cast.publisher, document, months="12").content.decode()

    changed = now(document)
    assert f"The next review of the live text is due on {changed.review_due_on:%-d %B %Y} now." in html
    assert changed.last_reviewed_at == last
    assert changed.review_due_on is not None
    assert timedelta(days=729) <= due - changed.review_due_on <= timedelta(days=731)  # of a source: 36 months before


def test_the_page_says_which_part_of_the_policy_is_its_own(cast: Cast) -> None:
    document = draft(cast).document

    html = send(cast.publisher, document, months="1").content.decode()

    assert "then a publisher. Reviewed every month.</p>" in html
    assert "changed the review policy of the document</p>" in html
    assert "How often is this document’s own; bibliography entries are reviewed every 36 months." in html


def test_an_action_refuses_an_interval_of_more_than_three_years(cast: Cast) -> None:
    document = draft(cast).document

    with pytest.raises(NotReady, match="1 to 36 months"):
        actions.set_policy(
            document,
            actions.OwnPolicy(months=37),
            by=cast.publisher,
            at=LATER,
            seen=actions.own_policy(document).digest,
        )
