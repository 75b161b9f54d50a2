"""What other systems let through: an old text going live by a stale approval, and approvals beside a refusal."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.actions import merging_documents
from alstrom_site.editorial.actions.merging_documents import Merge
from alstrom_site.editorial.admin.approvals import reviews_of
from alstrom_site.editorial.models import Edition, PublishedPage, Reason, Review
from alstrom_site.editorial.review_policy import ReviewStep
from tests.cast import NOW, Cast, person
from tests.documents import (
    STEP,
    changes_requested,
    draft,
    fresh,
    in_review,
    next_edition,
    path_of,
    published,
    signed,
    submitted,
    yes_to_all,
)
from tests.editorial.actions.test_emergency import in_emergency
from tests.editorial.admin.desk_visits import approval_form, page, review, seen_form, take
from tests.editorial.policies_of_tests import under
from tests.posting import fields_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
OLD, NEW = "The made-up number is 50.", "The made-up number is 5."


def form_on_the_screen(who: User, edition: Edition) -> dict[str, Any]:
    """Return what the review screen would send, filled in to approve, as this person has it before them now."""
    hidden = fields_of(page(who, edition, "review"))
    return {**approval_form(edition), **{name: hidden[name] for name in ("edition", "seen", "after")}}


def test_a_stale_approval_puts_no_old_number_live(cast: Cast) -> None:
    live = published(cast, "term", definition="Nothing is said of a number.")
    edition = submitted(cast, next_edition(cast, live.document, at=LATER, definition=OLD), at=LATER)
    sent_late = form_on_the_screen(cast.reviewer, edition)
    corrected = {**edition.text.fields, "definition": NEW}
    actions.save(edition, corrected, by=cast.editor, at=LATER + STEP, seen=edition.text.digest, take_back=True)
    submitted(cast, fresh(edition), at=LATER + 2 * STEP)

    answer = review(cast.reviewer, edition, sent_late)

    assert answer.status_code == 409
    assert "Somebody changed this text since you opened it." in answer.content.decode()
    assert not Review.objects.filter(edition=edition).exists()
    assert take(cast.publisher, edition, "publish").status_code in {403, 409}
    assert take(cast.publisher, fresh(edition), "publish").status_code in {403, 409}
    page_of_readers = Client().get(path_of(live.document)).content.decode()
    assert "Nothing is said of a number." in page_of_readers
    assert OLD not in page_of_readers
    assert PublishedPage.objects.get(document=live.document).revision_digest == live.text.digest


def test_an_approval_is_refused_when_a_flag_came_after_its_page_was_opened_and_keeps_what_was_typed(cast: Cast) -> None:
    live = published(cast, "term")
    edition = submitted(cast, next_edition(cast, live.document, at=LATER, definition=NEW), at=LATER)
    opened_before = {**form_on_the_screen(cast.reviewer, edition), "comment": "Read it all."}
    news, flagged = "A source was corrected.", LATER + STEP
    actions.raise_flag(live.document, Reason.SOURCE, about=None, statement=news, by=cast.editor, at=flagged)

    answer = review(cast.reviewer, edition, opened_before)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "This text was flagged since you opened the page." in html
    assert news in html
    assert fields_of(html)["comment"] == ["Read it all."]
    assert not Review.objects.filter(edition=edition).exists()
    review(cast.reviewer, edition, form_on_the_screen(cast.reviewer, edition))
    assert fresh(edition).status == "approved"


def test_an_approval_is_refused_when_its_text_was_submitted_anew_to_be_announced_otherwise(cast: Cast) -> None:
    live = published(cast, "term")
    edition = next_edition(cast, live.document, at=LATER, definition=NEW)
    actions.submit(edition, by=cast.editor, at=LATER, seen=edition.text.digest, change="minor")
    opened_before = form_on_the_screen(cast.reviewer, edition)
    changes_requested(cast.second_reviewer, fresh(edition), at=LATER + STEP)
    noted = {"change": "major", "note": "The made-up number was wrong."}
    actions.submit(fresh(edition), by=cast.editor, at=LATER + 2 * STEP, seen=edition.text.digest, **noted)

    answer = review(cast.reviewer, edition, opened_before)

    assert answer.status_code == 409
    assert "This text was submitted anew since you opened the page." in answer.content.decode()
    assert not Review.objects.filter(edition=edition, verdict="approve").exists()
    review(cast.reviewer, edition, form_on_the_screen(cast.reviewer, edition))
    assert "The made-up number was wrong." in Review.objects.get(edition=edition, verdict="approve").meaning


def test_an_approval_is_refused_when_a_source_was_merged_after_its_page_was_opened(cast: Cast) -> None:
    kept, gone = published(cast, key="kept2001"), published(cast, key="gone2001")
    asked, other = (in_review(cast, "faq", slug=f"cites-{key}", answer=f"[@{key}]") for key in ("gone2001", "kept2001"))
    forms = [form_on_the_screen(cast.reviewer, edition) for edition in (asked, other)]
    merge = Merge(gone.document, kept.document, "Both are the same.", (gone.text.digest, kept.text.digest))
    merging_documents.propose_merge(merge, by=cast.editor, at=LATER)
    merging_documents.merge(merge, by=cast.everything, at=LATER)

    answers = [review(cast.reviewer, edition, form) for edition, form in zip((asked, other), forms, strict=True)]

    assert [answer.status_code for answer in answers] == [409, 302]
    assert "A source that this text cites was merged with another one" in answers[0].content.decode()
    review(cast.reviewer, asked, form_on_the_screen(cast.reviewer, asked))
    assert fresh(asked).status == "approved"


def test_an_approval_is_refused_when_a_source_became_another_one_after_its_page_was_opened(cast: Cast) -> None:
    source = draft(cast)
    edition = submitted(cast, draft(cast, "faq", answer="[@sample2001]"), at=LATER)
    opened_before = {**form_on_the_screen(cast.reviewer, edition), "comment": "Read it all."}
    another = {**source.text.fields, "title": "Quite another study"}
    actions.save(source, another, by=cast.editor, at=LATER, seen=source.text.digest)

    answer = review(cast.reviewer, edition, opened_before)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The bibliography entry “Quite another study” has changed: it is cited otherwise" in html
    assert fields_of(html)["comment"] == ["Read it all."]
    assert not Review.objects.filter(edition=edition).exists()
    review(cast.reviewer, edition, form_on_the_screen(cast.reviewer, edition))
    assert fresh(edition).status == "approved"


def test_the_text_that_is_approved_in_the_end_is_the_corrected_one(cast: Cast) -> None:
    edition = in_review(cast, "term", definition=OLD)
    sent_late = form_on_the_screen(cast.reviewer, edition)
    corrected = {**edition.text.fields, "definition": NEW}
    actions.save(edition, corrected, by=cast.editor, at=LATER, seen=edition.text.digest, take_back=True)
    submitted(cast, fresh(edition), at=LATER + STEP)
    review(cast.reviewer, edition, approval_form(fresh(edition)))

    # The old form once more, now that the edition is approved: and its old text to the publisher.
    assert review(cast.second_reviewer, edition, sent_late).status_code == 409
    assert take(cast.publisher, edition, "publish").status_code == 409
    assert take(cast.publisher, fresh(edition), "publish").status_code == 302

    readers = Client().get(path_of(edition.document)).content.decode()
    assert NEW in readers
    assert OLD not in readers


def test_of_two_reviewers_who_both_approve_the_first_one_counts(cast: Cast) -> None:
    edition = in_review(cast, "term")
    forms = {who: form_on_the_screen(who, edition) for who in (cast.reviewer, cast.second_reviewer)}

    answers = [review(who, edition, {**form, "comment": f"By {who}."}) for who, form in forms.items()]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert [given.reviewer for given in Review.objects.all()] == [cast.reviewer]
    assert "By Test second reviewer.</textarea>" in answers[1].content.decode()


def test_where_two_must_sign_one_person_is_not_two(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2), kind="term")
    form = form_on_the_screen(cast.reviewer, edition)

    review(cast.reviewer, edition, form)
    again = review(cast.reviewer, edition, {**form, "comment": "Once more."})

    assert again.status_code == 302, "sent twice, done once"
    assert Review.objects.count() == 1
    assert fresh(edition).status == "in review"
    assert take(cast.publisher, edition, "publish").status_code in {403, 409}


@pytest.mark.parametrize("steps", [[], [ReviewStep(1, MEDICAL_REVIEWER, 2)]], ids=["one signs", "two sign"])
def test_nobody_approves_what_was_refused_meanwhile(cast: Cast, steps: list[ReviewStep]) -> None:
    edition = under(cast, *steps, kind="term")
    form = form_on_the_screen(cast.reviewer, edition)
    refusal = seen_form(edition, verdict="request-changes", comment="The number is wrong.")
    assert review(cast.second_reviewer, edition, refusal).status_code == 302

    answer = review(cast.reviewer, edition, {**form, "comment": "I find it right."})

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "The number is wrong." in html
    assert "I find it right." in html
    assert (fresh(edition).status, Review.objects.filter(verdict="approve").count()) == ("changes requested", 0)


def test_an_approval_of_the_round_before_a_refusal_counts_no_more(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2), kind="term")
    review(cast.reviewer, edition, form_on_the_screen(cast.reviewer, edition))
    refusal = seen_form(edition, verdict="request-changes", comment="The number is wrong.")
    review(cast.second_reviewer, edition, refusal)

    assert "Void: changes were requested in the same round." in page(cast.editor, edition)

    submitted(cast, fresh(edition), at=LATER)
    review(cast.second_reviewer, edition, form_on_the_screen(cast.second_reviewer, edition))

    assert fresh(edition).status == "in review"
    assert "1 to sign" in page(cast.publisher, edition)


def test_what_a_request_undid_holds_no_more_in_an_emergency_and_what_was_signed_after_it_does(cast: Cast) -> None:
    edition = signed(cast, under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2), kind="term"), at=LATER)
    edition = changes_requested(cast.second_reviewer, edition, at=LATER + STEP)
    in_emergency(cast, edition, at=LATER + 2 * STEP, despite=edition.reviews.values_list("pk", flat=True))
    digest, said = edition.text.digest, yes_to_all(edition)

    assert standings(edition) == ["Void: changes were requested in the same round."]

    third = person("third", MEDICAL_REVIEWER)
    actions.approve_afterwards(fresh(edition), by=third, at=LATER + 3 * STEP, seen=digest, said=said)

    assert standings(edition) == [
        "Signed exactly the text that stands here.",
        "Void: changes were requested in the same round.",
    ]


def test_what_was_signed_before_an_emergency_is_not_said_to_be_enough(cast: Cast) -> None:
    edition = signed(cast, under(cast, ReviewStep(1, MEDICAL_REVIEWER, 2), kind="term"), at=LATER)

    in_emergency(cast, edition, at=LATER + STEP)

    assert standings(edition) == [
        "Signed the text that stands here before it went out in an emergency. A review is still to come."
    ]


def standings(edition: Edition) -> list[str]:
    """What the desk says of the approvals of an edition, the newest first."""
    return [shown.standing for shown in reviews_of(fresh(edition)) if shown.approves]
