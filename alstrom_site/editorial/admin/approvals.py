"""Verdicts as the desk shows them: who, as what, on which text, and whether they count for the text of now."""

from dataclasses import dataclass

from alstrom_site.editorial.models import Edition, Review, Verdict
from alstrom_site.editorial.workflow import Status

# What a verdict is called when it was given, and the shape beside it.
_GIVEN = {
    Verdict.APPROVE: ("Approved", "approved"),
    Verdict.REQUEST_CHANGES: ("Changes requested", "changes-requested"),
    Verdict.RECOMMEND: ("Advice", "in-review"),
    Verdict.REAFFIRM: ("Reviewed, no change needed", "approved"),
}
_WORTH = {
    Verdict.REQUEST_CHANGES: "Asked for changes.",
    Verdict.RECOMMEND: "Advice; it decides nothing.",
    Verdict.REAFFIRM: "Signed exactly this text again.",
}


@dataclass(frozen=True)
class ShownReview:
    """A verdict. `counts`: it is an approval of exactly the text that the edition holds now, in this round."""

    review: Review
    counts: bool
    is_void: bool = False
    """An approval of a round in which somebody asked for changes."""

    @property
    def approves(self) -> bool:
        """Whether it is an approval."""
        return self.review.verdict == Verdict.APPROVE

    @property
    def name(self) -> str:
        """The verdict as an address and a class name spell it."""
        return str(self.review.verdict).replace(" ", "-")

    @property
    def given(self) -> str:
        """What was given."""
        return _GIVEN[Verdict(self.review.verdict)][0]

    @property
    def shape(self) -> str:
        """The name of the shape beside it."""
        return _GIVEN[Verdict(self.review.verdict)][1]

    @property
    def standing(self) -> str:
        """Return in a sentence what it is worth now."""
        if not self.approves:
            return _WORTH[Verdict(self.review.verdict)]
        if self.counts:
            return "Signed exactly the text that stands here."
        if self.is_void:
            return "Void: changes were requested in the same round."
        return "Signed an earlier text. It does not count for the text of now."


def reviews_of(edition: Edition) -> list[ShownReview]:
    """Return the verdicts on an edition, newest first."""
    reviews = list(edition.reviews.select_related("revision").order_by("-at", "-pk"))
    voided = {review.round for review in reviews if review.verdict == Verdict.REQUEST_CHANGES}
    return [ShownReview(review, _counts(review, edition, voided), is_void=review.round in voided) for review in reviews]


def _counts(review: Review, edition: Edition, voided: set[int]) -> bool:
    return (
        review.verdict == Verdict.APPROVE
        and review.round == edition.round
        and (review.round not in voided or edition.state is Status.PUBLISHED)
        and review.revision_digest == edition.text.digest
    )
