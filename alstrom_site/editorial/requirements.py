"""Everything that is missing before a step, as a list and never the first only."""

from collections.abc import Sequence

from alstrom_site.editorial import addresses
from alstrom_site.editorial.grounds import changed_since_signed
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Edition
from alstrom_site.editorial.rounds import is_complete, standing
from alstrom_site.editorial.workflow import (
    APPROVE,
    APPROVE_AFTERWARDS,
    APPROVE_IN_PART,
    PUBLISH,
    PUBLISH_IN_EMERGENCY,
    REAFFIRM,
    SCHEDULE,
    Issue,
    Transition,
)

FOR_READERS = (PUBLISH, PUBLISH_IN_EMERGENCY, APPROVE_AFTERWARDS, REAFFIRM)
"""What the text leads to must be live for these. A schedule is checked again when its time comes."""
FOR_APPROVED_TEXTS = (PUBLISH, SCHEDULE)
ON_WHAT_WAS_SIGNED = (APPROVE, APPROVE_IN_PART, *FOR_APPROVED_TEXTS)
"""These add to the signatures that are there, or rely on them: what those rest on must be what it was."""
BEHIND = "Another text went live since this one was begun. Bring this one up to date first."


def missing(transition: Transition, edition: Edition) -> list[Issue]:
    """Return what stands between this edition and the step; an empty list when nothing does."""
    if not transition.needs_ready:
        return []
    kind = kind_named(edition.document.kind)
    issues = kind.issues(edition.text.fields, for_publication=transition in FOR_READERS)
    issues += _address(edition)
    if edition.is_behind:
        issues.append(Issue("", BEHIND, "behind"))
    if transition in FOR_APPROVED_TEXTS:
        issues += _approval(edition)
    if transition in ON_WHAT_WAS_SIGNED:
        issues += changed_since_signed(edition)
    if transition in (*ON_WHAT_WAS_SIGNED, APPROVE_AFTERWARDS, REAFFIRM):
        issues += _must_be_fixed(edition)
    return issues


def for_readers(edition: Edition) -> list[Issue]:
    """Return what a text lacks that readers are to see, such as a source that holds; other documents have a say in it.

    What is of the edition itself is not among it: nobody else changes that while its document is locked.
    """
    lacks = kind_named(edition.document.kind).issues(edition.text.fields, for_publication=True)
    return lacks + changed_since_signed(edition)


def unanswered(statements: Sequence[str], answers: Sequence[tuple[str, bool]]) -> list[Issue]:
    """Return an issue for each statement of a kind's checklist that the reviewer has not answered with yes."""
    given = {statement for statement, answer in answers if answer}
    denied = {statement for statement, answer in answers if not answer}
    return [
        Issue("checklist", f"Tick “{statement}” to approve. If it is not true, request changes.", "unanswered")
        for statement in statements
        if statement not in given - denied
    ]


def _address(edition: Edition) -> list[Issue]:
    """The address to which a known page moves must not be another one's, nor have been."""
    content, kind = edition.text.fields, kind_named(edition.document.kind)
    if not addresses.moves(edition.document, content):
        return []
    issue = addresses.taken(kind, kind.address(content), edition.document)
    return [issue] if issue else []


def _approval(edition: Edition) -> list[Issue]:
    """The approvals must be of this round and of exactly this text, and all that the policy asks for: law 3."""
    if is_complete(standing(edition)):
        return []
    return [Issue("", "No medical reviewer has approved exactly this text. Submit it for review.", "not-approved")]


def _must_be_fixed(edition: Edition) -> list[Issue]:
    return [
        Issue("comments", f"“{comment.body[:80]}” ({comment.author_name}) must be fixed: resolve it first.", "must-fix")
        for comment in edition.comments.blocking()
    ]
