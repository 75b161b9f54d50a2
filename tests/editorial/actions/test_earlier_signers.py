"""Who approved an earlier text of a round, or saw their approval undone, fills no other step of the text of now."""

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.notifications.recipients import publishers_for
from alstrom_site.editorial.verification import faults
from alstrom_site.editorial.workflow import NotPermitted, Status
from tests.cast import NOW, Cast
from tests.documents import STEP, changes_requested, fresh, in_review, yes_to_all
from tests.editorial.actions.test_emergency import AFTERWARDS, LATER, approve_afterwards, in_emergency

pytestmark = pytest.mark.django_db


def approved_by_everything(cast: Cast) -> Edition:
    """Return an answer that somebody approved who is a reviewer and a publisher."""
    edition = in_review(cast, "faq")
    seen = edition.text.digest
    actions.approve(edition, by=cast.everything, at=NOW + 2 * STEP, seen=seen, said=yes_to_all(edition))
    return fresh(edition)


def rewritten(cast: Cast, edition: Edition) -> Edition:
    """Take it back and rewrite it, without a new submission."""
    content = {**edition.text.fields, "answer": "Quite another answer."}
    actions.save(edition, content, by=cast.editor, at=NOW + 3 * STEP, seen=edition.text.digest, take_back=True)
    return fresh(edition)


def test_they_approve_the_rewritten_text_that_went_out_in_an_emergency(cast: Cast) -> None:
    edition = in_emergency(cast, rewritten(cast, approved_by_everything(cast)))

    edition = approve_afterwards(cast, edition, by=cast.everything)

    assert (edition.approved_afterwards_at, edition.document.flags.standing().exists()) == (AFTERWARDS, False)
    assert list(faults()) == []


def test_they_publish_the_rewritten_text_in_an_emergency_and_do_not_approve_it(cast: Cast) -> None:
    edition = rewritten(cast, approved_by_everything(cast))
    assert cast.everything in publishers_for(edition)

    edition = in_emergency(cast, edition, by=cast.everything)

    with pytest.raises(NotPermitted, match="You published this text, so somebody else must approve it"):
        approve_afterwards(cast, edition, by=cast.everything)
    edition = approve_afterwards(cast, edition)
    assert (edition.state, list(faults())) == (Status.PUBLISHED, [])


def test_an_approval_that_was_undone_keeps_nobody_from_giving_another(cast: Cast) -> None:
    edition = changes_requested(cast.second_reviewer, approved_by_everything(cast), at=LATER)
    despite = list(edition.reviews.values_list("pk", flat=True))
    edition = in_emergency(cast, edition, despite=despite)

    assert approve_afterwards(cast, edition, by=cast.everything).approved_afterwards_at == AFTERWARDS
    assert list(faults()) == []


def test_who_approved_just_this_text_publishes_it_on_no_way(cast: Cast) -> None:
    edition = approved_by_everything(cast)

    with pytest.raises(NotPermitted, match="You approved this text, so somebody else must take the next step"):
        actions.publish(edition, by=cast.everything, at=LATER, seen=edition.text.digest)
    assert cast.everything not in publishers_for(edition)
    assert not Edition.objects.to_publish(cast.everything).exists()
