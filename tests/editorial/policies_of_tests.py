"""Editions under a review policy of their own, and the turns that people take on them."""

from datetime import datetime
from typing import Any

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.models import Edition, ReviewRequest
from alstrom_site.editorial.review_policy import ReviewStep
from alstrom_site.editorial.workflow import ActionRefused
from tests.cast import NOW, Cast
from tests.documents import STEP, draft, fresh, submitted, yes_to_all

TURN = NOW + 5 * STEP


def under(cast: Cast, *steps: ReviewStep, kind: str = "reference", at: datetime = NOW, **fields: Any) -> Edition:
    """Return an edition in review, of a document that asks for these signatures."""
    edition = draft(cast, kind, at=at, **fields)
    document = edition.document
    policy = actions.OwnPolicy(steps)
    actions.set_policy(document, policy, by=cast.publisher, at=at, seen=actions.own_policy(document).digest)
    return submitted(cast, fresh(edition), at=at + STEP)


def attempt(edition: Edition, who: User) -> str:
    """Let somebody approve; return where the edition is then, or "no" when they were refused."""
    now = fresh(edition)
    try:
        actions.approve(now, by=User.objects.get(pk=who.pk), at=TURN, seen=now.text.digest, said=yes_to_all(now))
    except ActionRefused:
        return "no"
    return str(fresh(edition).status)


def asked(cast: Cast, edition: Edition, who: User, *, step: int = 1) -> ReviewRequest:
    """Have the editor ask somebody by name."""
    now = fresh(edition)
    wanted = actions.Wanted(who, step, (TURN + 100 * STEP).date())
    return actions.ask(now, wanted, by=cast.editor, at=TURN, seen=now.text.digest)


def declined(edition: Edition, who: User, *, reason: str = "No time for it.") -> None:
    """Let somebody decline what they were asked for."""
    request = edition.review_requests.get(reviewer=who, round=fresh(edition).round)
    actions.decline(request, reason=reason, by=who, at=TURN)
