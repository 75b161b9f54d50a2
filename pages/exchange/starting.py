"""The starter content: brought in, signed and published by the demonstration accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.accounts.models import User
from alstrom_site.editorial import actions
from alstrom_site.editorial.kinds import kind_named
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import Status
from pages.exchange.importing import REFUSALS, bring_in, existing, name_refusal
from pages.exchange.incoming import Incoming
from pages.exchange.report import Outcome, Report, Result

if TYPE_CHECKING:
    from collections.abc import Iterator

USERNAMES = ("editor", "reviewer", "publisher")


class NoDemonstration(Exception):
    """A demonstration account is missing; the text says which and what to do."""


@dataclass(frozen=True)
class Signers:
    """The demonstration accounts that fill the three steps."""

    editor: User
    reviewer: User
    publisher: User


def demonstration_signers() -> Signers:
    """The demonstration accounts; raises NoDemonstration rather than sign in the name of a person's own account."""
    found = {user.username: user for user in User.objects.filter(username__in=USERNAMES, is_demonstration=True)}
    missing = [name for name in USERNAMES if name not in found]
    if missing:
        raise NoDemonstration(
            f"There is no demonstration account “{'”, “'.join(missing)}”. "
            "Run “manage.py create_demonstration_accounts” first."
        )
    return Signers(*(found[name] for name in USERNAMES))


def bring_in_and_publish(documents: Iterable[Incoming], report: Report, *, signers: Signers, at: datetime) -> None:
    """Make live what is not there yet. What people have changed or published since stays as it stands."""
    chosen = [each for each in documents if not _stands(each, report)]
    bring_in(chosen, report, by=signers.editor, at=at)
    # All are drafts by now, so that pages which point to each other find each other.
    for document in chosen:
        _publish_one(document, report, signers=signers, at=at)


def _stands(document: Incoming, report: Report) -> bool:
    """Whether the site has its own text at this address; only an untouched first draft of ours is gone on with."""
    found = Document.objects.addressed(document.kind, [document.address]).first()
    if found is None:
        return False
    latest = found.latest_edition
    same = latest.text.digest == document.digest
    if same and latest.state is Status.DRAFT and found.first_published_at is None:
        return False
    result = Result.UNCHANGED if same else Result.KEPT
    report.outcomes.append(Outcome(result, document.kind, document.address, document.path))
    return True


def _publish_one(document: Incoming, report: Report, *, signers: Signers, at: datetime) -> None:
    drafted = [number for number, outcome in _outcomes_of(document, report)]
    if not drafted:
        return
    try:
        with transaction.atomic():
            _sign_and_publish(existing(document).latest_edition, signers=signers, at=at)
    except REFUSALS as refusal:
        name_refusal(report, document, refusal)
    else:
        report.outcomes[drafted[0]] = Outcome(Result.PUBLISHED, document.kind, document.address, document.path)


def _outcomes_of(document: Incoming, report: Report) -> "Iterator[tuple[int, Outcome]]":
    for number, outcome in enumerate(report.outcomes):
        if (outcome.kind, outcome.address) == (document.kind, document.address):
            yield number, outcome


def _sign_and_publish(edition: Edition, *, signers: Signers, at: datetime) -> None:
    seen = edition.text.digest
    checklist = [(statement, True) for statement in kind_named(edition.document.kind).checklist]
    actions.submit(edition, by=signers.editor, at=at, seen=seen)
    actions.approve(edition, by=signers.reviewer, at=at, seen=seen, said=actions.Said(checklist=checklist))
    actions.publish(edition, by=signers.publisher, at=at, seen=seen)
