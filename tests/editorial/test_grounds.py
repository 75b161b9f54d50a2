"""An approval is of a text on its sources: whether it still bears the text when one of them changed. A truth table."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import publish_due
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.review_policy import ReviewStep
from alstrom_site.editorial.workflow import NotReady, Status
from references.watching import Notice, observe
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
    submitted,
    yes_to_all,
)
from tests.editorial.policies_of_tests import under
from tests.outbox import forget_mails, queued_mails

pytestmark = pytest.mark.django_db

SIGNED, SINCE = NOW + 10 * STEP, NOW + 20 * STEP
OTHER = {"title": "Quite another study"}
Changing = Callable[[Cast, Edition], object]


def goes_live(cast: Cast, edition: Edition) -> Edition:
    """Take a draft through its review, after the text that rests on it was signed."""
    return made_live(cast, signed(cast, submitted(cast, fresh(edition), at=SINCE), at=SINCE), at=SINCE)


def next_live(change: str, **fields: str) -> Changing:
    """A next edition goes live by a change of this size."""

    def act(cast: Cast, live: Edition) -> None:
        edition = next_edition(cast, Document.objects.get(pk=live.document_id), at=SINCE, **fields)
        actions.submit(edition, by=cast.editor, at=SINCE, seen=edition.text.digest, change=change, note="It says more.")
        made_live(cast, signed(cast, fresh(edition), at=SINCE), at=SINCE)

    return act


def rewritten(**fields: str) -> Changing:
    """The draft is rewritten and then published."""

    def act(cast: Cast, drafted: Edition) -> None:
        content = {**drafted.text.fields, **fields}
        actions.save(fresh(drafted), content, by=cast.editor, at=SINCE, seen=drafted.text.digest)
        goes_live(cast, drafted)

    return act


def noted(cast: Cast, live: Edition) -> None:
    """A correction of the work becomes known."""
    observe(live.document, [Notice("ErratumIn", "2010")], source="PubMed", by=cast.editor, at=SINCE)


def withdrawn(cast: Cast, live: Edition) -> None:
    """It is withdrawn, and published again as it was."""
    actions.propose(live, actions.Retirement("withdraw", "No."), by=cast.editor, at=SINCE, seen=live.text.digest)
    actions.withdraw(live, by=cast.publisher, at=SINCE, seen=live.text.digest, reason="No.")
    next_live("minor", volume="8")(cast, live)


# What the text rests on, whether readers saw it when the text was signed, what happened then, and what is said of it.
TABLE: dict[str, tuple[str, bool, Changing, str]] = {
    "a minor change of a source": ("reference", True, next_live("minor", volume="8"), ""),
    "a major one": (
        "reference",
        True,
        next_live("major", volume="8"),
        "a major change (“It says more.”) on 3 March",
    ),
    "another work": ("reference", True, next_live("minor", **OTHER), "title now “Quite another study”, before"),
    "a correction of the work": ("reference", True, noted, "“PubMed: Corrected 2010.”"),
    "withdrawn for a while": ("reference", True, withdrawn, "it was withdrawn on 3 March 2026"),
    "a drafted source goes live with a detail more": ("reference", False, rewritten(volume="8"), ""),
    "as another work": ("reference", False, rewritten(**OTHER), "title now “Quite another study”, before"),
    "a minor change of an answer": (
        "faq",
        True,
        next_live("minor", answer="Safe."),
        "it says something else in its answer, since",
    ),
    "a major change of it": (
        "faq",
        True,
        next_live("major", answer="Deadly."),
        "a major change (“It says more.”)",
    ),
    "a drafted answer goes live": ("faq", False, goes_live, ""),
    "saying something else": ("faq", False, rewritten(answer="Deadly."), "it says something else in its answer"),
}


@pytest.mark.parametrize(("kind", "was_live", "change", "said"), TABLE.values(), ids=TABLE)
def test_what_was_signed_on_other_grounds_does_not_go_live(
    kind: str, was_live: bool, change: Changing, said: str, cast: Cast
) -> None:
    published(cast, key="other2001", at=NOW - 10 * STEP)
    ground = (published if was_live else draft)(cast, kind)
    if kind == "reference":
        resting = draft(cast, "faq", slug="rests", answer="[@sample2001]")
    else:
        body = "A made-up sentence [@other2001]."
        resting = draft(cast, "article", slug="rests", faqs=[ground.document.address], body=body)
    resting = signed(cast, submitted(cast, resting, at=SIGNED), at=SIGNED)

    change(cast, fresh(ground))

    if not said:
        assert made_live(cast, resting, at=SINCE).state is Status.PUBLISHED
        return
    with pytest.raises(NotReady) as refused:
        made_live(cast, resting, at=SINCE)
    (issue,) = refused.value.issues
    assert issue.code == "grounds-changed"
    assert said in issue.message


def on_a_source_that_changed(cast: Cast) -> Edition:
    """Return an approved text on a source that had a major change since."""
    source = published(cast)
    edition = draft(cast, "faq", slug="rests", answer="[@sample2001]")
    edition = signed(cast, submitted(cast, edition, at=SIGNED), at=SIGNED)
    next_live("major", volume="8")(cast, source)
    return edition


def test_a_reviewer_sends_it_back_and_it_goes_live_signed_anew_as_it_stands(cast: Cast) -> None:
    edition = on_a_source_that_changed(cast)
    digest = edition.text.digest

    edition = changes_requested(cast.reviewer, edition, at=SINCE, comment="Its source has changed.")
    edition = signed(cast, submitted(cast, edition, at=SINCE), at=SINCE)

    assert made_live(cast, edition, at=SINCE).text.digest == digest


def test_a_text_that_cannot_wait_goes_out_unreviewed_and_flagged(cast: Cast) -> None:
    edition = changes_requested(cast.reviewer, on_a_source_that_changed(cast), at=SINCE)
    seen, known = edition.text.digest, actions.Besides(despite=[review.pk for review in edition.reviews.all()])

    live = actions.publish_in_emergency(
        edition, by=cast.publisher, at=SINCE, seen=seen, reason="It cannot wait.", besides=known
    )

    assert live.document.flags.standing().exists()


def test_who_wrote_approved_or_scheduled_a_text_is_mailed_once_as_its_source_overtakes_it(cast: Cast) -> None:
    source = published(cast)
    edition = draft(cast, "faq", slug="rests", question="Does it rest?", answer="[@sample2001]")
    edition = signed(cast, submitted(cast, edition, at=SIGNED), at=SIGNED)
    actions.schedule(edition, actions.Window(SINCE + 9 * STEP), by=cast.everything, at=SIGNED, seen=edition.text.digest)
    in_review(cast, "faq", slug="another", answer="[@sample2001]", at=SIGNED)
    told = []
    for change in (next_live("minor", volume="8"), next_live("major", volume="9"), noted):
        forget_mails()
        change(cast, source)
        told.append(
            [mail for mail in queued_mails() if mail.subject == "Cannot go live as it was signed: Does it rest?"]
        )

    assert [{mail.to for mail in mails} for mails in told] == [set(), {"editor", "reviewer", "everything"}, set()]
    text = told[1][0].text
    assert "has changed: edition 3 went live with a major change (“It says more.”) on" in text
    assert "then submit it, as it stands or mended, to be signed anew." in text
    assert "which would fail" in text


def test_a_schedule_fails_with_the_reason_and_a_mail(cast: Cast) -> None:
    source = published(cast)
    edition = signed(cast, submitted(cast, draft(cast, "faq", answer="[@sample2001]"), at=SIGNED), at=SIGNED)
    window = actions.Window(SINCE + STEP)
    actions.schedule(edition, window, by=cast.publisher, at=SIGNED, seen=edition.text.digest)
    next_live("major", volume="8")(cast, source)
    forget_mails()

    publish_due(SINCE + timedelta(days=1))

    edition = fresh(edition)
    assert (edition.state, "went live with a major change" in edition.failure) == (Status.FAILED_TO_PUBLISH, True)
    assert any(mail.to == "publisher" and edition.failure in mail.text for mail in queued_mails())


def test_of_two_who_sign_the_second_is_told_that_the_first_signed_on_other_grounds(cast: Cast) -> None:
    source = published(cast)
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2), kind="faq", at=SIGNED, answer="[@sample2001]")
    edition = signed(cast, edition, at=SIGNED + 2 * STEP)
    next_live("major", volume="8")(cast, source)

    with pytest.raises(NotReady, match="Since this text was signed"):
        actions.approve(edition, by=cast.second_reviewer, at=SINCE, seen=edition.text.digest, said=yes_to_all(edition))
