"""What a text is now, in the words that its page has for a guest."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from alstrom_site.editorial.models import Edition, Revision
from alstrom_site.editorial.workflow import OPEN, READY, Status


@dataclass(frozen=True)
class Standing:
    """What a text is now. `is_for_readers`: they see it so; `was_public`: they saw it once, or do; `on`: since when."""

    word: str
    sentence: str
    on: datetime | None = None
    is_for_readers: bool = False
    was_public: bool = False


EARLIER = Standing("Earlier draft", "It was changed since; this text was never published.")
DISCARDED = Standing("Draft", "It was given up and is not going to be published.")
APPROVED = Standing("Draft", "Approved, and not published yet.")
DRAFT = Standing("Draft", "It has not been approved or published.")
UNREVIEWED = " It went out in an emergency, and its review is pending."


def standing_of(revision: Revision) -> Standing:
    """Return what this text is now, whatever it was when its link was made. What was taken down has no link."""
    edition = revision.edition
    if edition.head_id != revision.pk:
        return EARLIER
    if edition.state is Status.DISCARDED:
        return DISCARDED
    if edition.state in OPEN:
        return APPROVED if edition.state in READY else DRAFT
    return _public(edition)


def _public(edition: Edition) -> Standing:
    if edition.state is Status.WITHDRAWN:
        sentence = f"{_ended(edition.withdrawal_reason)} Readers are told so. Do not rely on it."
        return Standing("Withdrawn", sentence, edition.withdrawn_at, was_public=True)
    if edition.state is Status.PUBLISHED:
        pending = edition.emergency_reason and edition.approved_afterwards_at is None
        sentence = f"Readers of the site see this text now.{UNREVIEWED if pending else ''}"
        return Standing("Published", sentence, is_for_readers=True, was_public=True)
    return Standing(
        "Replaced", f"Readers saw this text until {_day(edition.ended_at)}{_withdrawn(edition)}.", was_public=True
    )


def _withdrawn(edition: Edition) -> str:
    if edition.withdrawn_at is None:
        return ""
    return f"; it had been withdrawn on {_day(edition.withdrawn_at)}: {edition.withdrawal_reason.rstrip('. ')}"


def _day(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y}" if moment else ""


def _ended(reason: str) -> str:
    return reason if reason.endswith((".", "!", "?")) else f"{reason}."
