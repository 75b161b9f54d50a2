"""Verdicts as the desk shows them: who, as what, on which text, and whether they count for the text of now."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from alstrom_site.editorial.models import Edition, Review, Verdict
from alstrom_site.editorial.models.review import undone
from alstrom_site.editorial.texts import standing_signatures

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
NO_CLINICIAN = "Demonstration account, not a clinician"


@dataclass(frozen=True)
class ShownReview:
    """A verdict. `counts`: it signs exactly the text that the edition holds now, in this round, and holds."""

    review: Review
    counts: bool
    is_void: bool = False
    """Somebody asked for changes after it, in the same round."""
    is_of_now: bool = False
    """It signs exactly the text that the edition holds now, in this round."""

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
    def title(self) -> str:
        """The professional title of who gave it, unless the mark of a demonstration account says just that."""
        title = self.review.professional_title
        return "" if self.review.is_demonstration and title == NO_CLINICIAN else title

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
        if self.is_of_now:
            return "Signed the text that stands here before it went out in an emergency. A review is still to come."
        return "Signed an earlier text. It does not count for the text of now."


def reviews_of(edition: Edition) -> list[ShownReview]:
    """Return the verdicts on an edition, newest first."""
    holds = Exists(standing_signatures().filter(pk=OuterRef("pk")))
    reviews = edition.reviews.annotate(holds=holds, is_undone=undone()).select_related("revision")
    return [_shown(review, edition) for review in reviews.order_by("-at", "-pk")]


def _shown(review: Review, edition: Edition) -> ShownReview:
    told = vars(review)
    is_of_now = (review.round, review.revision_id) == (edition.round, edition.head_id)
    return ShownReview(review, told["holds"], is_void=told["is_undone"], is_of_now=is_of_now)
