"""What every public page says of its own approval: who wrote it, who signed it, when, and when it is due again."""

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.template.loader import render_to_string

from alstrom_site.editorial.kinds import LiveDocument
from alstrom_site.editorial.models import Review
from alstrom_site.page_parts import About, Notices, Origin, Page, Reviewer, ShownDate
from alstrom_site.partial_dates import PartialDate

MakePage = Callable[[Notices, About], Page]


def shown_day(moment: datetime | date) -> ShownDate:
    """Return a day for the reader; of a moment, the day in UTC."""
    return ShownDate.of(PartialDate.parse(f"{moment:%Y-%m-%d}"))


def shown_partial(text: str) -> ShownDate | None:
    """Return a date as precise as it was written, or None for an empty one."""
    return ShownDate.of(PartialDate.parse(text)) if text else None


def bodies(template: str, live: LiveDocument, make: MakePage, *, origin: Origin | None = None) -> tuple[bytes, bytes]:
    """Return the page's bytes in UTF-8, as served until its review is due and as served after that."""
    return (
        _rendered(template, make(_notices(live, overdue=False), _about(live, origin, overdue=False))),
        _rendered(template, make(_notices(live, overdue=True), _about(live, origin, overdue=True))),
    )


def absolute(path: str) -> str:
    """Return the full address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def _rendered(template: str, page: Page) -> bytes:
    return render_to_string(template, {"page": page}).encode("utf-8")


def _due(live: LiveDocument) -> date:
    if live.document.review_due_on is None:
        raise LookupError(f"{live.document} is live without a review date.")
    return live.document.review_due_on


def _notices(live: LiveDocument, *, overdue: bool) -> Notices:
    return Notices(
        demonstration=live.is_demonstration,
        overdue_since=shown_day(_due(live)) if overdue else None,
    )


def _about(live: LiveDocument, origin: Origin | None, *, overdue: bool) -> About:
    document = live.document
    return About(
        last_reviewed=shown_day(live.reviewed_at),
        next_review_due=shown_day(_due(live)),
        overdue=overdue,
        first_published=shown_day(document.first_published_at) if document.first_published_at else None,
        last_updated=shown_day(document.last_published_at) if document.last_published_at else None,
        authors=live.authors,
        reviewers=tuple(_reviewer(review) for review in live.approvals),
        edition=live.edition.number,
        digest=live.revision.digest,
        origin=origin,
        audience=live.content.get("audience", ""),
    )


def _reviewer(review: Review) -> Reviewer:
    declared = review.interests_declared_on
    return Reviewer(
        name=review.reviewer_name,
        role=review.role.capitalize(),
        professional_title=review.professional_title,
        credentials=review.credentials,
        affiliation=review.affiliation,
        orcid=review.orcid,
        interests=review.interests,
        interests_declared=shown_day(declared) if declared else None,
        signed=shown_day(review.at),
        demonstration=review.is_demonstration,
    )
