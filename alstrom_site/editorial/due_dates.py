"""When a live document falls due for review: derived from its reviews and its policy, never entered by hand."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet

from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.medical_review import medical_review, reviewed_at
from alstrom_site.editorial.models import Edition, Event, Review
from alstrom_site.editorial.review_dates import spread_review_due
from alstrom_site.editorial.texts import WHOLE_TEXT, standing_signatures

REVIEW_AFTER_AN_EMERGENCY = timedelta(days=7)


@dataclass(frozen=True)
class ReviewDates:
    """When the live text was last reviewed as a whole, and by when it is to be reviewed again."""

    last_reviewed_at: datetime | None
    review_due_on: date


def review_dates(edition: Edition) -> ReviewDates:
    """Return the dates that follow from the reviews of a live edition; raise LookupError when it has none.

    Only medical reviewers review; who else signs moves no date. What went out in an emergency is due within a week, and
    keeps the date of the review before it.
    """
    document = edition.document
    if edition.review_is_pending and edition.published_at is not None:
        soon = (edition.published_at + REVIEW_AFTER_AN_EMERGENCY).astimezone(UTC).date()
        return ReviewDates(_last_before(edition), soon)
    reviews = medical_review(_whole_reviews(edition).order_by("at", "pk"))
    if not reviews:
        raise LookupError(f"No medical reviewer has signed {edition}.")
    last = reviews[-1]
    months = document.review_months or kind_named(document.kind).review_months
    day = last.at.astimezone(UTC).date()
    return ReviewDates(last.at, spread_review_due(day, months, _reviewed_before(last, day)))


def _whole_reviews(edition: Edition) -> QuerySet[Review]:
    return edition.reviews.filter(
        verdict__in=WHOLE_TEXT, round=edition.round, revision=edition.head, revision_digest=edition.text.digest
    )


def _last_before(edition: Edition) -> datetime | None:
    """When the edition was reviewed that was live last before it and had been reviewed."""
    earlier = standing_signatures().filter(
        edition__document=edition.document, edition__published_at__lt=edition.published_at
    )
    signed = list(earlier.order_by("-edition__published_at", "-edition"))
    return reviewed_at(each for each in signed if each.edition_id == signed[0].edition_id)


def _reviewed_before(review: Review, day: date) -> int:
    """How many other documents had a whole text signed on the same day before.

    By their places in the chain: whoever has a place sees all that come before it, which the order of their numbers or
    of their clocks does not promise.
    """
    begin = datetime.combine(day, time.min, tzinfo=UTC)
    same_day = Review.objects.filter(verdict__in=WHOLE_TEXT, at__gte=begin, at__lt=begin + timedelta(days=1))
    others = same_day.exclude(edition__document=review.edition.document_id).filter(event__isnull=False)
    place = Event.objects.filter(review=review).values_list("position", flat=True).first()
    if place is not None:  # else it comes next, and its place is held already
        others = others.filter(event__position__lt=place)
    return others.values("edition__document").distinct().count()
