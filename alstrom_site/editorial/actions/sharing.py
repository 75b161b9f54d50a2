"""Sharing one text with somebody who has no account: a link with a secret, its visits, and what its holder says.

Only the digest of the secret is kept. Whoever holds the link may use it, so it shows one text, ends within weeks, and
nothing said by it ever counts as an approval.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from alstrom_site.accounts.names import name_is_taken
from alstrom_site.editorial.actions._inviting import address_of, invite
from alstrom_site.editorial.actions._record import remark
from alstrom_site.editorial.actions._transitions import lock, patience
from alstrom_site.editorial.actions.commenting import Speaker, Words, say, unfit
from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.comment_rules import may_share
from alstrom_site.editorial.content import unseen_characters
from alstrom_site.editorial.models import Comment, Edition, LinkVisit, Purpose, Revision, SharedLink
from alstrom_site.editorial.workflow import ActionRefused, Issue, NotPermitted, NotReady, WrongState
from alstrom_site.unseen import says_something

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

__all__ = ["Invitation", "TooMany", "address_of", "advise", "link_behind", "note_visit", "revoke", "share"]

USUAL_DAYS = 14
MOST_DAYS = 60
LONGEST_QUESTION = 2_000
LONGEST_NAME = 150
LONGEST_ROLE = 200
OPENED, COMMENTED = "opened", "commented"
# One reader opens a page several times within moments; a flood of visits would bury the others.
SEEN_WITHIN = timedelta(minutes=1)
MOST_COMMENTS, WITHIN = 20, timedelta(hours=1)
TOO_MANY = "You have sent {most} comments within an hour. Send this one later: what you wrote is still here."
TAKEN_DOWN = "This text was taken down, so no link shows it to anybody. Share the text of another edition."
GONE = "This link does not work any more."
NAME_OF_THE_DESK = (
    "Somebody of the desk has this name. If that is you, sign in and comment there; else add what tells you apart, "
    "such as another first name or where you work."
)
ONLY_TO_READ = "This link is for reading only."
NO_PLACE_TO_ANSWER = "Who only reads has no place to answer. Take the question away, or let them read and advise."


class TooMany(ActionRefused):
    """More comments came by one link than a person writes."""


@dataclass(frozen=True)
class Invitation:
    """For whom a link is, what its holder may do, for how many days, and what they are asked."""

    purpose: str
    guest_name: str = ""
    guest_email: str = ""
    question: str = ""
    days: int = USUAL_DAYS


@patience()
@transaction.atomic
def share(revision: Revision, invitation: Invitation, *, by: "User", at: datetime) -> tuple[SharedLink, str]:
    """Make a link to exactly this text and return it with its secret, which is kept nowhere; mail it to the guest.

    Raises NotPermitted, NotReady, WrongState for what was taken down, or Busy, and then nothing was written.
    """
    _raise(may_share(by))
    issues = _lacking(invitation)
    if issues:
        raise NotReady(issues)
    with _holding(revision.edition) as edition:
        if Edition.objects.taken_down().filter(pk=edition.pk).exists():
            raise WrongState(TAKEN_DOWN)
        secret = secrets.token_urlsafe(32)
        link = SharedLink.objects.create(
            revision=revision,
            purpose=invitation.purpose,
            secret_digest=sha256(secret),
            guest_name=invitation.guest_name.strip(),
            guest_email=invitation.guest_email.strip(),
            question=invitation.question.strip(),
            made_by=by,
            made_at=at,
            expires_at=at + timedelta(days=invitation.days),
        )
        digest = sha256(canonical_json(link.as_made()))
        remark(edition, "share", by=by, at=at, link=link.pk, words=digest, text=revision.digest)
    invite(link, secret)
    return link, secret


@patience()
@transaction.atomic
def revoke(link: SharedLink, *, by: "User", at: datetime) -> None:
    """Make a link end now. Raises NotPermitted, WrongState or Busy."""
    _raise(may_share(by))
    with _holding(link.revision.edition) as edition:
        current = SharedLink.objects.select_for_update().get(pk=link.pk)
        if not current.works(at):
            raise WrongState("This link has ended already.")
        current.revoked_at, current.revoked_by = at, by
        current.save(update_fields=["revoked_at", "revoked_by"])
        remark(edition, "revoke link", by=by, at=at, link=link.pk)


def link_behind(secret: str) -> SharedLink | None:
    """Return the link of this secret, whether it works or not; None when there is none."""
    known = SharedLink.objects.select_related("revision__edition__document", "made_by")
    return known.filter(secret_digest=sha256(secret)).first()


@patience()
@transaction.atomic
def note_visit(link: SharedLink, what: str, *, at: datetime) -> None:
    """Log that a link was opened or used; the same within a minute is one visit."""
    if not link.visits.filter(what=what, at__gt=at - SEEN_WITHIN, at__lte=at).exists():
        LinkVisit.objects.create(link=link, at=at, what=what)


@patience()
@transaction.atomic
def advise(link: SharedLink, words: Words, *, name: str, role: str, at: datetime) -> Comment:
    """Begin a thread with what a guest says of the text of their link, and return it. It never counts as an approval.

    Raises NotPermitted when the link is for reading or has ended, NotReady, TooMany or Busy; nothing was written then.
    """
    with _holding(link.revision.edition) as edition:
        current = SharedLink.objects.select_for_update().select_related("made_by", "revision").get(pk=link.pk)
        if not current.works(at):
            raise NotPermitted(GONE)
        if current.purpose != Purpose.ADVICE:
            raise NotPermitted(ONLY_TO_READ)
        if current.comments.filter(at__gt=at - WITHIN).count() >= MOST_COMMENTS:
            raise TooMany(TOO_MANY.format(most=MOST_COMMENTS))
        if issues := [*unfit(words.body), *_unnamed(name, role)]:
            raise NotReady(issues)
        guest = Speaker(" ".join(name.split()), " ".join(role.split()), link_id=current.pk)
        plain = Words(words.body, False, words.field, words.passage, words.before, words.after)
        said = say(edition, current.revision, plain, by=current.made_by, at=at, guest=guest)
        note_visit(current, COMMENTED, at=at)
    return said


def _lacking(invitation: Invitation) -> list[Issue]:
    issues = _too_long("guest_name", "The name", invitation.guest_name, LONGEST_NAME)
    issues += _too_long("question", "The question", invitation.question, LONGEST_QUESTION)
    if invitation.purpose not in Purpose.values:
        issues.append(Issue("purpose", "Say whether the guest is asked for advice or only reads.", "unanswered"))
    if not 1 <= invitation.days <= MOST_DAYS:
        issues.append(Issue("days", f"A link lasts from 1 to {MOST_DAYS} days.", "unfit"))
    if invitation.purpose == Purpose.ADVICE and not says_something(invitation.guest_name):
        issues.append(Issue("guest_name", "Say whom you ask for advice."))
    if invitation.purpose == Purpose.READING and invitation.question.strip():
        issues.append(Issue("question", NO_PLACE_TO_ANSWER, "unfit"))
    if invitation.guest_email.strip():
        try:
            validate_email(invitation.guest_email.strip())
        except ValidationError:
            issues.append(Issue("guest_email", "Check the email address: it is not complete.", "unfit"))
    return issues


def _unnamed(name: str, role: str) -> list[Issue]:
    issues = _too_long("name", "Your name", name, LONGEST_NAME) + _too_long("role", "Your role", role, LONGEST_ROLE)
    if not says_something(name):
        issues.append(Issue("name", "Write your name: it stands beside your comment."))
    elif name_is_taken(name):
        issues.append(Issue("name", NAME_OF_THE_DESK, "taken"))
    if not says_something(role):
        issues.append(Issue("role", "Say in what role you advise, such as your profession."))
    return issues


def _too_long(field: str, label: str, text: str, longest: int) -> list[Issue]:
    issues = unseen_characters(field, label, text)
    if len(text.strip()) > longest:
        sentence = f"{label} has {len(text.strip()):,} characters. Shorten it to {longest:,}."
        issues.append(Issue(field, sentence, "too-long"))
    return issues


@contextmanager
def _holding(edition: Edition) -> Iterator[Edition]:
    with patience():
        yield lock(edition)


def _raise(refusal: ActionRefused | None) -> None:
    if refusal is not None:
        raise refusal
