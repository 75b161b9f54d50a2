"""Everything that is missing before a step, as a list and never the first only."""

from collections.abc import Sequence

from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition, Verdict
from alstrom_site.editorial.workflow import PUBLISH, Issue, Transition


def missing(transition: Transition, edition: Edition) -> list[Issue]:
    """Return what stands between this edition and the step; an empty list when nothing does."""
    if not transition.needs_ready:
        return []
    kind = kind_named(edition.document.kind)
    issues = kind.issues(edition.text.fields, for_publication=transition is PUBLISH)
    if transition is PUBLISH:
        issues += _approval(edition)
    return issues


def unanswered(statements: Sequence[str], answers: Sequence[tuple[str, bool]]) -> list[Issue]:
    """Return an issue for each statement of a kind's checklist that the reviewer has not answered with yes."""
    given = {statement for statement, answer in answers if answer}
    denied = {statement for statement, answer in answers if not answer}
    return [
        Issue("checklist", f"Tick “{statement}” to approve. If it is not true, request changes.", "unanswered")
        for statement in statements
        if statement not in given - denied
    ]


def _approval(edition: Edition) -> list[Issue]:
    """The approval must be of this round and of exactly this text: law 3."""
    signed = edition.reviews.filter(
        verdict=Verdict.APPROVE,
        round=edition.round,
        revision=edition.head,
        revision_digest=edition.text.digest,
    )
    if signed.exists():
        return []
    return [Issue("", "No medical reviewer has approved exactly this text. Submit it for review.", "not-approved")]
