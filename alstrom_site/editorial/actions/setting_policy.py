"""Saying who must sign the texts of one document, and how often it is reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alstrom_site.editorial import policies, projection
from alstrom_site.editorial.actions._record import remark
from alstrom_site.editorial.actions._transitions import CHANGED_MEANWHILE, lock, patience
from alstrom_site.editorial.actions.publishing import DATE_COLUMNS, take_review_dates
from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.review_policy import ReviewStep, read, written
from alstrom_site.editorial.workflow import Issue, NotReady, OutOfDate

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

LONGEST_INTERVAL = 36


@dataclass(frozen=True)
class OwnPolicy:
    """What a document says for itself: its steps (none: as its kind says) and its months (None: as its kind says)."""

    steps: Sequence[ReviewStep] = ()
    months: int | None = None

    @property
    def as_stored(self) -> dict[str, Any]:
        """The policy as the record holds it."""
        return {"steps": written(self.steps), "months": self.months}

    @property
    def digest(self) -> str:
        """What a form carries, so that nobody overwrites what they have not seen."""
        return sha256(canonical_json(self.as_stored))


def own_policy(document: Document) -> OwnPolicy:
    """Return what a document says for itself now."""
    steps = read(document.review_policy) if document.review_policy else ()
    return OwnPolicy(steps, document.review_months)


@patience()
@transaction.atomic
def set_policy(document: Document, policy: OwnPolicy, *, by: "User", at: datetime, seen: str) -> None:
    """Set a document's own policy; it holds from the next round on, and its review date follows at once.

    `seen` is the digest of the policy that was on the screen. Raises NotPermitted, NotReady, OutOfDate or Busy. A
    policy that changes nothing writes nothing.
    """
    refused = policies.may_set_policy(by)
    if refused is not None:
        raise refused
    issues = policy_issues(policy)
    if issues:
        raise NotReady(issues)
    edition = lock(document.latest_edition)
    document = edition.document
    before = own_policy(document)
    if before.digest != seen:
        raise OutOfDate(CHANGED_MEANWHILE)
    if before.digest == policy.digest:
        return
    document.review_policy, document.review_months = written(policy.steps) or None, policy.months
    document.save(update_fields=["review_policy", "review_months"])
    # Before the pages: whoever publishes waits for the chain first, and then for them.
    remark(edition, "set policy", by=by, at=at, before=before.as_stored, now=policy.as_stored)
    _move_the_date(document)


def policy_issues(policy: OwnPolicy) -> list[Issue]:
    """Return what is wrong with a policy."""
    issues = []
    if policy.months is not None and not 1 <= policy.months <= LONGEST_INTERVAL:
        issues.append(Issue("months", f"A text is reviewed every 1 to {LONGEST_INTERVAL} months.", "interval"))
    try:
        read(written(policy.steps))
    except ValueError as wrong:
        issues.append(Issue("steps", str(wrong), "policy"))
    return issues


def _move_the_date(document: Document) -> None:
    """The next review is the last one plus the interval; nothing but the date follows from another interval."""
    live = document.live_edition
    if live is None:
        return
    live.document = document
    take_review_dates(document, live)
    document.save(update_fields=DATE_COLUMNS)
    projection.refresh(document)
