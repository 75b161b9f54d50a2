"""Bringing documents in as drafts, each in a transaction of its own."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import DataError, transaction

from alstrom_site.editorial import actions
from alstrom_site.editorial.kinds import ContentRefused
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import ActionRefused, Issue, NotReady, WrongState
from pages.exchange.incoming import Incoming, refused
from pages.exchange.report import Outcome, Report, Result

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

REFUSALS = (ActionRefused, ContentRefused, DataError)


def bring_in(documents: Iterable[Incoming], report: Report, *, by: "User | None", at: datetime) -> None:
    """Make a draft of each document that is new or changed; without `by` only say what would be made.

    What is refused is named in the report and costs no other document.
    """
    for document in documents:
        try:
            with transaction.atomic():
                result = standing(document) if by is None else draft(document, by=by, at=at)
        except REFUSALS as refusal:
            name_refusal(report, document, refusal)
        else:
            note_outcome(report, document, result)


def draft(document: Incoming, *, by: "User", at: datetime) -> Result:
    """Save the document as a draft if its text is a new one, and return what that came to. Raises as actions do."""
    result = standing(document)
    if result is Result.NEW:
        actions.start(document.kind, document.content, by=by, at=at)
    elif result is Result.CHANGED:
        edition = actions.open_edition(existing(document), by=by, at=at)
        actions.save(edition, document.content, by=by, at=at, seen=edition.text.digest)
    return result


def standing(document: Incoming) -> Result:
    """What a draft of this document would come to now; raises WrongState when it would cover an open edition."""
    found = Document.objects.addressed(document.kind, [document.address]).first()
    if found is None:
        return Result.NEW
    open_edition = found.open_edition
    current = [edition for edition in (open_edition, found.live_edition) if edition is not None]
    if any(edition.text.digest == document.digest for edition in current):
        return Result.UNCHANGED
    if document.only_new:
        return Result.KEPT
    if open_edition is not None:
        raise WrongState(
            f"Another text of it is open at the desk ({open_edition.status}), by {open_edition.text.author_name}. "
            "Nothing was written over it. Finish or discard that edition, then import again."
        )
    return Result.CHANGED


def existing(document: Incoming) -> Document:
    """The document that stands at this one's address; raises Document.DoesNotExist when none does."""
    return Document.objects.get(kind=document.kind, address=document.address)


def note_outcome(report: Report, document: Incoming, result: Result) -> None:
    """Add what became of the document to the report."""
    report.outcomes.append(Outcome(result, document.kind, document.address, document.path))


def name_refusal(report: Report, document: Incoming, refusal: Exception) -> None:
    """Add a refusal to the report: each of its issues, else its own sentence."""
    if isinstance(refusal, ContentRefused | NotReady):
        issues = refusal.issues
    elif isinstance(refusal, DataError):
        issues = (Issue("", f"The database cannot hold this text: {str(refusal).splitlines()[0]}.", "unstorable"),)
    else:
        issues = (Issue("", str(refusal), "refused"),)
    refused(report, document, issues)
