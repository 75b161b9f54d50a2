"""Nobody with a real account approves a text without proving at that moment who they are."""

from dataclasses import replace

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Review
from alstrom_site.editorial.workflow import NotReady
from tests.cast import NOW, Cast
from tests.documents import STEP, fresh, in_review, published, yes_to_all

pytestmark = pytest.mark.django_db

LATER = NOW + 20 * STEP


@pytest.mark.parametrize("is_live", [False, True], ids=["approve", "reaffirm"])
def test_a_whole_text_is_not_signed_without_proof_of_who_signs(cast: Cast, is_live: bool) -> None:
    edition = published(cast) if is_live else in_review(cast)
    said = replace(yes_to_all(edition), signed_with="")
    reviews, act = Review.objects.count(), actions.reaffirm if is_live else actions.approve

    with pytest.raises(NotReady, match="password or a passkey"):
        act(edition, by=cast.second_reviewer, at=LATER, seen=edition.text.digest, said=said)

    assert fresh(edition).status == edition.status
    assert Review.objects.count() == reviews


def test_a_demonstration_account_signs_without_and_the_record_says_which_it_was(cast: Cast) -> None:
    edition = in_review(cast)
    cast.reviewer.is_demonstration = True
    cast.reviewer.save()

    actions.approve(
        edition, by=cast.reviewer, at=LATER, seen=edition.text.digest, said=replace(yes_to_all(edition), signed_with="")
    )

    assert edition.reviews.get().is_demonstration
