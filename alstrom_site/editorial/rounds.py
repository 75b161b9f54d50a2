"""How far a round of review has come: which steps of the policy are signed, and whom it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alstrom_site.editorial import review_policy
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Answer, Document, Edition, Review, Verdict
from alstrom_site.editorial.review_policy import ALL_WHO_ARE_ASKED, ReviewStep

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User


@dataclass(frozen=True)
class StepStanding:
    """One step of the policy in the round that runs: `number` counts from 1; `open` when it is its turn."""

    number: int
    step: ReviewStep
    signed: tuple[Review, ...]
    awaited: int
    open: bool

    @property
    def is_complete(self) -> bool:
        """Whether nobody is awaited any more."""
        return self.awaited == 0


def policy_of(document: Document) -> tuple[ReviewStep, ...]:
    """Return who must sign the next text of a document: its own policy, else that of its kind."""
    if document.review_policy:
        return review_policy.read(document.review_policy)
    return tuple(kind_named(document.kind).review_policy)


def standing(edition: Edition) -> list[StepStanding]:
    """Return the steps of the edition's round, in order. Two queries."""
    steps = review_policy.read(edition.policy)
    signed = _signatures(edition)
    asked = _asked(edition)
    awaited = [_awaited(step, signed.get(n, []), asked.get(n, set())) for n, step in enumerate(steps, start=1)]
    turn = min((step.place for step, left in zip(steps, awaited, strict=True) if left), default=None)
    return [
        StepStanding(number, step, tuple(signed.get(number, [])), left, open=bool(left) and step.place == turn)
        for number, (step, left) in enumerate(zip(steps, awaited, strict=True), start=1)
    ]


def open_step_for(edition: Edition, person: "User") -> StepStanding | None:
    """Return the step whose turn it is and for which `person` holds the role, or None."""
    return next((each for each in standing(edition) if each.open and person.holds(each.step.role)), None)


def completes_the_round(edition: Edition, filled: StepStanding) -> bool:
    """Whether one more signature on that step is the last one that the policy waits for."""
    return filled.awaited == 1 and all(each.is_complete or each.number == filled.number for each in standing(edition))


def is_complete(steps: Sequence[StepStanding]) -> bool:
    """Whether everybody has signed."""
    return all(step.is_complete for step in steps)


def _signatures(edition: Edition) -> dict[int, list[Review]]:
    """The approvals of exactly the current text in the round that runs, by step."""
    found: dict[int, list[Review]] = {}
    reviews = edition.reviews.filter(
        verdict=Verdict.APPROVE, round=edition.round, revision=edition.head, revision_digest=edition.text.digest
    )
    for review in reviews.order_by("at", "pk"):
        found.setdefault(review.step, []).append(review)
    return found


def _asked(edition: Edition) -> dict[int, set[int]]:
    """Who was asked for each step and has not declined."""
    found: dict[int, set[int]] = {}
    requests = edition.review_requests.filter(round=edition.round).exclude(answer=Answer.DECLINED)
    for step, reviewer_id in requests.values_list("step", "reviewer_id"):
        found.setdefault(step, set()).add(reviewer_id)
    return found


def _awaited(step: ReviewStep, signed: Sequence[Review], asked: set[int]) -> int:
    if step.needed == ALL_WHO_ARE_ASKED:
        left = asked - {review.reviewer_id for review in signed}
        return len(left) if signed else max(len(left), 1)
    return max(step.needed - len(signed), 0)
