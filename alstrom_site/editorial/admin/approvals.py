"""Verdicts as the desk shows them: who, as what, on which text, and whether they count for the text of now."""

from dataclasses import dataclass

from alstrom_site.editorial.models import Edition, Review, Verdict


@dataclass(frozen=True)
class ShownReview:
    """A verdict. `counts`: it is an approval of exactly the text that the edition holds now, in this round."""

    review: Review
    counts: bool

    @property
    def approves(self) -> bool:
        """Whether it is an approval."""
        return self.review.verdict == Verdict.APPROVE

    @property
    def standing(self) -> str:
        """Return in a sentence what it is worth now."""
        if not self.approves:
            return "Asked for changes."
        if self.counts:
            return "Signed exactly the text that stands here."
        return "Signed an earlier text. It does not count for the text of now."


def reviews_of(edition: Edition) -> list[ShownReview]:
    """Return the verdicts on an edition, newest first."""
    reviews = edition.reviews.select_related("revision").order_by("-at", "-pk")
    return [ShownReview(review, _counts(review, edition)) for review in reviews]


def _counts(review: Review, edition: Edition) -> bool:
    return (
        review.verdict == Verdict.APPROVE
        and review.round == edition.round
        and review.revision_digest == edition.text.digest
    )
