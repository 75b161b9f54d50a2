"""A comment that must be fixed and an approval at the same moment, on two real connections: one waits for the other."""

from typing import Any

import pytest

from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Edition, Event
from alstrom_site.editorial.workflow import NotReady
from tests.cast import Cast, make_cast
from tests.documents import in_review, yes_to_all
from tests.editorial.actions.test_races import both_at_once, meet_after_the_check
from tests.editorial.comments.remarks import LATER, commented

pytestmark = pytest.mark.django_db(transaction=True)


def _approve(cast: Cast, edition: Edition) -> Any:
    return actions.approve(edition, by=cast.reviewer, at=LATER, seen=edition.text.digest, said=yes_to_all(edition))


def _hold_up(cast: Cast, edition: Edition) -> Any:
    return commented(edition, cast.second_reviewer, must_fix=True)


def test_no_approval_is_signed_over_a_comment_that_was_there_first(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    edition = in_review(cast)
    meet_after_the_check(monkeypatch, patience=1)

    approving, commenting = both_at_once(cast, edition, (_approve, _hold_up))

    verbs = list(
        Event.objects.filter(verb__in=["approve", "comment"]).order_by("position").values_list("verb", flat=True)
    )
    assert commenting is None
    assert (verbs, approving) == (["approve", "comment"], None) or (verbs == ["comment"] and _was_held_up(approving))


def _was_held_up(refusal: Exception | None) -> bool:
    return isinstance(refusal, NotReady) and "must be fixed" in str(refusal)
