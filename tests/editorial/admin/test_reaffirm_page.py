"""The page on which a reviewer signs that the live text needs no change."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial import actions
from alstrom_site.editorial.admin.addresses import document_url
from alstrom_site.editorial.admin.history import last_position
from alstrom_site.editorial.models import Document, Edition, Flag, Reason, Review, Revision
from alstrom_site.editorial.review_policy import ReviewStep
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, fresh, made_live, next_edition, published
from tests.editorial.admin.desk_visits import approval_form, page, signed, signed_in
from tests.editorial.policies_of_tests import TURN, attempt, under

pytestmark = pytest.mark.django_db


def send(person: User, edition: Edition, **changed: Any) -> Any:
    """Send a whole form, signed, unless the test says otherwise."""
    form = {**signed(approval_form(edition)), **changed}
    form.pop("verdict", None)
    return signed_in(person).post(document_url(edition.document, "reaffirm"), form)


def test_a_reviewer_signs_and_the_review_date_moves(cast: Cast) -> None:
    live = published(cast, "article")
    due = live.document.review_due_on

    answer = send(cast.reviewer, live, comment="Nothing to add.")

    document = Document.objects.get(pk=live.document_id)
    assert (answer.status_code, answer["Location"]) == (302, document_url(document))
    assert document.review_due_on is not None
    assert due is not None
    assert document.review_due_on > due
    assert document.last_reviewed_at is not None
    assert document.last_reviewed_at > timezone.now() - timedelta(minutes=1)
    review = Review.objects.get(verdict="reaffirm")
    assert (review.comment, review.signed_with) == ("Nothing to add.", "password")


def test_the_form_says_that_one_signature_is_enough_where_the_policy_asks_for_two(cast: Cast) -> None:
    edition = under(cast, ReviewStep(1, MEDICAL_REVIEWER, needed=2))
    assert [attempt(edition, who) for who in (cast.reviewer, cast.second_reviewer)] == ["in review", "approved"]
    live = made_live(cast, fresh(edition), at=TURN + STEP)

    assert "Your signature is enough, also where the policy asks for several." in page(cast.reviewer, live, "reaffirm")
    assert send(cast.reviewer, live).status_code == 302


def test_it_is_offered_to_a_reviewer_and_to_nobody_else(cast: Cast) -> None:
    live = published(cast)
    address = document_url(live.document, "reaffirm")

    offered = {name for name in ("editor", "reviewer", "publisher") if address in page(getattr(cast, name), live)}

    assert offered == {"reviewer"}


def test_it_is_offered_beside_an_open_draft_and_is_about_the_live_text(cast: Cast) -> None:
    live = published(cast)
    begun = next_edition(cast, live.document, at=NOW + 10 * STEP, volume="8")

    assert document_url(live.document, "reaffirm") in page(cast.second_reviewer, live)
    answer = send(cast.second_reviewer, live)

    assert answer.status_code == 302
    assert Review.objects.get(verdict="reaffirm").revision == live.text
    assert fresh(begun).status == "draft"


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"checklist": ["0"]}, "Tick every statement to sign."),
        ({"signature-password": "not the password"}, "not"),
        ({"signature-password": ""}, "sign"),
    ],
    ids=["a statement", "the right password", "any password"],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(cast: Cast, missing: dict[str, Any], sentence: str) -> None:
    live = published(cast)

    answer = send(cast.reviewer, live, comment="Kept for the next try.", **missing)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in html
    assert "Kept for the next try." in html
    assert not Review.objects.filter(verdict="reaffirm").exists()


def test_a_live_text_that_was_replaced_meanwhile_is_not_signed(cast: Cast) -> None:
    live = published(cast)
    answer = send(cast.reviewer, live, seen="0" * 64)

    assert answer.status_code == 409
    assert not Review.objects.filter(verdict="reaffirm").exists()


def test_pressing_the_button_twice_signs_once(cast: Cast) -> None:
    live = published(cast)
    opened_at = last_position(live.document)

    send(cast.reviewer, live, after=opened_at)
    again = send(cast.reviewer, live, after=opened_at)

    assert again.status_code == 302
    assert Review.objects.filter(verdict="reaffirm").count() == 1


def test_the_same_reviewer_signs_again_a_year_later(cast: Cast) -> None:
    live = published(cast)
    send(cast.reviewer, live)

    send(cast.reviewer, live, after=last_position(live.document))

    assert Review.objects.filter(verdict="reaffirm").count() == 2


def test_a_flag_that_nobody_saw_is_not_settled_by_a_signature(cast: Cast) -> None:
    live = published(cast)
    seen_so_far = last_position(live.document)
    actions.raise_flag(
        live.document, Reason.SOURCE, about=None, statement="Raised since.", by=cast.editor, at=NOW + 9 * STEP
    )

    answer = send(cast.reviewer, live, after=seen_so_far)

    assert (answer.status_code, "flagged since you opened the page" in answer.content.decode()) == (409, True)
    assert Flag.objects.standing().count() == 1
    send(cast.reviewer, live, after=last_position(live.document))
    assert Flag.objects.standing().count() == 0


def test_a_proposal_to_take_the_text_from_readers_is_shown_and_not_signed_over_unseen(cast: Cast) -> None:
    live = published(cast)
    before = last_position(live.document)
    proposed = actions.Retirement("withdraw", "The dose is wrong.")
    actions.propose(live, proposed, by=cast.editor, at=NOW + 9 * STEP, seen=live.text.digest)

    answer = send(cast.reviewer, live, after=before)

    assert answer.status_code == 409
    assert "proposed to take this text from readers since you opened the page" in answer.content.decode()
    assert "Test editor proposed to withdraw it: “The dose is wrong.”" in page(cast.reviewer, live, "reaffirm")
    assert send(cast.reviewer, live, after=last_position(live.document)).status_code == 302


def test_an_editor_is_told_why_not_and_nothing_is_written(cast: Cast) -> None:
    live = published(cast)
    texts = Revision.objects.count()

    answer = send(cast.editor, live)

    assert answer.status_code == 403
    assert Revision.objects.count() == texts
    assert not Review.objects.filter(verdict="reaffirm").exists()


def test_what_no_reader_sees_has_nothing_to_sign(cast: Cast) -> None:
    edition = draft(cast)

    answer = signed_in(cast.reviewer).get(document_url(edition.document, "reaffirm"))

    assert (answer.status_code, answer["Location"]) == (302, document_url(edition.document))
