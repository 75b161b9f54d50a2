"""Making an approved text the one that readers see."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial import projection
from alstrom_site.editorial.actions._transitions import taking
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition, Verdict
from alstrom_site.editorial.review_dates import next_review_due
from alstrom_site.editorial.workflow import PUBLISH, SUPERSEDE

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User


@transaction.atomic
def publish(edition: Edition, *, by: "User", at: datetime, seen: str) -> Edition:
    """Make the approved text that was seen the one that readers see, and the live one before it history.

    The public pages that show it are made anew in the same transaction. Raises as every step does.
    """
    with taking(PUBLISH, edition, by=by, at=at, seen=seen) as step:
        _supersede(step.edition, by=by, at=at)
        step.changes.update(published_at=at, published_by=by)
    document = step.edition.document
    _point_to(document, step.edition, at=at)
    projection.refresh(document)
    return step.edition


def _supersede(successor: Edition, *, by: "User", at: datetime) -> None:
    live = successor.document.live_edition
    if live is None:
        return
    with taking(SUPERSEDE, live, by=by, at=at, seen=live.text.digest) as step:
        step.changes["ended_at"] = at
        step.details["successor"] = successor.number


def _point_to(document: Document, edition: Edition, *, at: datetime) -> None:
    reviewed_at = _reviewed_at(edition)
    months = document.review_months or kind_named(document.kind).review_months
    document.live_edition = edition
    document.first_published_at = document.first_published_at or at
    document.last_published_at = at
    document.last_reviewed_at = reviewed_at
    document.review_due_on = _due(reviewed_at, months)
    document.save(
        update_fields=[
            "live_edition",
            "first_published_at",
            "last_published_at",
            "last_reviewed_at",
            "review_due_on",
        ]
    )


def _reviewed_at(edition: Edition) -> datetime:
    approvals = edition.reviews.filter(verdict=Verdict.APPROVE, round=edition.round, revision=edition.head)
    return approvals.latest("at").at


def _due(reviewed_at: datetime, months: int) -> date:
    return next_review_due(reviewed_at.astimezone(UTC).date(), months)
