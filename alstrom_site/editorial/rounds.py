"""How far a round of review has come: which steps of the policy are signed, and whom it waits for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alstrom_site.editorial import review_policy
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Answer, Document, Edition, Review, Verdict
from alstrom_site.editorial.review_policy import ALL_WHO_ARE_ASKED, ReviewStep
from alstrom_site.editorial.workflow import Status

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
    asked: frozenset[int] = frozenset()
    """The ids of those who were asked for it and can still sign."""

    @property
    def lacks_a_stand_in(self) -> bool:
        """Whether all who were asked and are left have signed, and nobody is asked in the place of who dropped out."""
        is_left = self.asked - {review.reviewer_id for review in self.signed}
        return self.open and self.step.needed == ALL_WHO_ARE_ASKED and bool(self.signed) and not is_left

    @property
    def is_complete(self) -> bool:
        """Whether nobody is awaited any more."""
        return self.awaited == 0

    def is_complete_with(self, person: "User") -> bool:
        """Whether nobody is awaited any more once this person has signed, too."""
        if self.step.needed == ALL_WHO_ARE_ASKED:
            return not self.asked - {person.pk, *(review.reviewer_id for review in self.signed)}
        return self.awaited <= 1


def policy_of(document: Document) -> tuple[ReviewStep, ...]:
    """Return who must sign the next text of a document, in order: its own policy, else that of its kind."""
    if document.review_policy:
        return review_policy.read(document.review_policy)
    return review_policy.in_order(kind_named(document.kind).review_policy)


def standing(edition: Edition) -> list[StepStanding]:
    """Return the steps of the edition's round, in order. Two queries."""
    steps = review_policy.read(edition.policy)
    signed, asked = _signatures(edition), _asked(edition)
    runs = edition.state is Status.IN_REVIEW
    numbered = list(enumerate(steps, start=1))
    awaited = [_awaited(step, signed.get(n, []), asked.get(n, set()), runs=runs) for n, step in numbered]
    if runs and not any(awaited):
        _leave_one_open(steps, awaited)
    turn = min((step.place for step, left in zip(steps, awaited, strict=True) if left), default=None)
    return [
        StepStanding(
            number=number,
            step=step,
            signed=tuple(signed.get(number, [])),
            awaited=left,
            open=bool(left) and step.place == turn,
            asked=frozenset(asked.get(number, set())),
        )
        for (number, step), left in zip(numbered, awaited, strict=True)
    ]


def open_step_for(edition: Edition, person: "User") -> StepStanding | None:
    """Return the step whose turn it is and for which `person` holds the role, or None.

    Of several that stand side by side, the one for which they were asked.
    """
    theirs = [each for each in standing(edition) if each.open and person.holds(each.step.role)]
    return next((each for each in theirs if person.pk in each.asked), theirs[0] if theirs else None)


def unasked(edition: Edition) -> list[StepStanding]:
    """Return the steps whose turn it is and for which fewer people are asked than must sign: what the queue holds."""
    asked = Counter(edition.review_requests.standing().values_list("step", flat=True))
    return [each for each in standing(edition) if each.open and asked[each.number] < each.awaited]


def completes_the_round(edition: Edition, filled: StepStanding, person: "User") -> bool:
    """Whether the signature of `person` on that step is the last one that the policy waits for."""
    others = (each for each in standing(edition) if each.number != filled.number)
    return filled.is_complete_with(person) and all(each.is_complete for each in others)


def is_complete(steps: Sequence[StepStanding]) -> bool:
    """Whether everybody has signed."""
    return all(step.is_complete for step in steps)


def _signatures(edition: Edition) -> dict[int, list[Review]]:
    """The approvals of exactly the current text in the round that runs, by step.

    A request for changes voids those before it. Who has lost the role since, or has left, was entitled when they
    signed: that signature stands.
    """
    found: dict[int, list[Review]] = {}
    reviews = edition.reviews.filter(round=edition.round, revision=edition.head, revision_digest=edition.text.digest)
    for review in reviews.order_by("at", "pk"):
        if review.verdict == Verdict.REQUEST_CHANGES:
            found.clear()
        elif review.verdict == Verdict.APPROVE:
            found.setdefault(review.step, []).append(review)
    return found


def _asked(edition: Edition) -> dict[int, set[int]]:
    """Who was asked for each step, has not declined or been let off, and still works here in the role of that step."""
    found: dict[int, set[int]] = {}
    requests = edition.review_requests.of_who_can_sign().filter(round=edition.round)
    counted = requests.exclude(answer__in=[Answer.DECLINED, Answer.NOT_NEEDED])
    for step, reviewer_id in counted.values_list("step", "reviewer_id"):
        found.setdefault(step, set()).add(reviewer_id)
    return found


def _awaited(step: ReviewStep, signed: Sequence[Review], asked: set[int], *, runs: bool) -> int:
    if step.needed != ALL_WHO_ARE_ASKED:
        return max(step.needed - len(signed), 0)
    if not runs:
        # Who can sign again after the round closed, their account having been opened or a role given, changes nothing.
        return 0 if signed else 1
    left = asked - {review.reviewer_id for review in signed}
    return len(left) if signed else max(len(left), 1)


def _leave_one_open(steps: Sequence[ReviewStep], awaited: list[int]) -> None:
    """Whoever was left has declined or gone after the others signed: somebody signs in their place, or none ever could.

    An approval is the act of a person; it never follows from what somebody else leaves undone.
    """
    last = max((n for n, step in enumerate(steps) if step.needed == ALL_WHO_ARE_ASKED), default=len(steps) - 1)
    awaited[last] = 1
