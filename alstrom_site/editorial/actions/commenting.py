"""Commenting on a text: beginning a thread on a passage, answering, resolving and reopening it.

None of it moves a state or a date. Each leaves a remark in the chain; that of a comment holds the digest of its words.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial.actions._passages import anchored
from alstrom_site.editorial.actions._record import remark
from alstrom_site.editorial.actions._transitions import lock, patience
from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.comment_rules import Commenter
from alstrom_site.editorial.content import not_said
from alstrom_site.editorial.models import Comment, Edition, Revision
from alstrom_site.editorial.workflow import ActionRefused, Issue, NotReady, OutOfDate

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

LONGEST_COMMENT = 10_000
# Who presses a button twice says a thing once.
TWICE_WITHIN = timedelta(minutes=1)
NO_SUCH_TEXT = (
    "The text that you commented on is not one of this edition. Nothing was written. Look at what is there now."
)


@dataclass(frozen=True)
class Words:
    """What somebody says, and the passage it is about; without one it is about the whole text.

    `passage` may be the words as they read on the page; `field` may be left empty, then all fields are searched. What
    stands `before` and `after` tells two like places apart.
    """

    body: str
    must_fix: bool = False
    field: str = ""
    passage: str = ""
    before: str = ""
    after: str = ""


@patience()
@transaction.atomic
def comment(edition: Edition, words: Words, *, by: "User", at: datetime, seen: str) -> Comment:
    """Begin a thread on the text of that digest and return its first comment; it need not be the newest text.

    Raises NotPermitted, WrongState, OutOfDate, NotReady or Busy, and then nothing was written.
    """
    with _holding(edition) as held:
        _raise(Commenter.of(held, by).may_comment())
        revision = held.revisions.filter(digest=seen).order_by("-number").first()
        if revision is None:
            raise OutOfDate(NO_SUCH_TEXT)
        return say(held, revision, words, by=by, at=at)


@patience()
@transaction.atomic
def answer(thread: Comment, body: str, *, by: "User", at: datetime) -> Comment:
    """Answer a thread and return the answer. Raises as `comment` does."""
    with _holding(thread.edition) as held:
        _raise(Commenter.of(held, by).may_answer())
        return _answer(_current(thread, held), body, by=by, at=at)


@patience()
@transaction.atomic
def resolve(thread: Comment, *, by: "User", at: datetime, body: str = "") -> None:
    """Note that a thread is settled, with an answer when there is a `body`. Raises as `comment` does."""
    with _holding(thread.edition) as held:
        current = _current(thread, held)
        _raise(Commenter.of(held, by).may_resolve(current))
        if body.strip():
            _answer(current, body, by=by, at=at)
        _settle(current, "resolve", by=by, at=at, resolved=True)


@patience()
@transaction.atomic
def reopen(thread: Comment, *, by: "User", at: datetime, body: str = "") -> None:
    """Note that a thread is not settled after all, with an answer when there is a `body`. Raises as `comment` does."""
    with _holding(thread.edition) as held:
        current = _current(thread, held)
        _raise(Commenter.of(held, by).may_reopen(current))
        if body.strip():
            _answer(current, body, by=by, at=at)
        _settle(current, "reopen", by=by, at=at, resolved=False)


@dataclass(frozen=True)
class Speaker:
    """Who a comment is by: a person of the desk, or a guest who came by a link."""

    name: str
    role: str = ""
    link_id: int | None = None


def say(
    edition: Edition, revision: Revision, words: Words, *, by: "User", at: datetime, guest: Speaker | None = None
) -> Comment:
    """Write the first comment of a thread on a locked edition; for a `guest`, `by` is who made their link."""
    body = fit(words.body)
    passage = anchored(revision, edition, words) if words.passage.strip() else None
    said = Comment(edition=edition, revision=revision, body=body, must_fix=words.must_fix, at=at)
    if passage is not None:
        said.field, said.passage = passage.field, passage.quote.exact
        said.before, said.after = passage.quote.before, passage.quote.after
    return _written(said, "comment", by=by, guest=guest)


def fit(body: str) -> str:
    """Return the words of a comment as they are kept; raise NotReady when there are none, or none that can be kept."""
    if issues := unfit(body):
        raise NotReady(issues)
    return body.replace("\r\n", "\n").replace("\r", "\n").strip()


def unfit(body: str) -> list[Issue]:
    """Return all that is wrong with the words of a comment."""
    issues = not_said("comment", "The comment", body, ask="Write your comment.")
    if len(body) > LONGEST_COMMENT:
        sentence = f"The comment has {len(body):,} characters. Shorten it to {LONGEST_COMMENT:,}."
        issues.append(Issue("comment", sentence, "too-long"))
    return issues


def _answer(thread: Comment, body: str, *, by: "User", at: datetime) -> Comment:
    said = Comment(edition=thread.edition, revision=thread.revision, answers=thread, body=fit(body), at=at)
    return _written(said, "answer", by=by, guest=None)


def _written(said: Comment, verb: str, *, by: "User", guest: Speaker | None) -> Comment:
    if guest is None:
        said.author, said.author_name = by, str(by)
    else:
        said.author_name, said.author_role, said.link_id = guest.name, guest.role, guest.link_id
    twin = _said_just_now(said)
    if twin is not None:
        return twin
    said.save(force_insert=True)
    beside = {} if guest is None else {"guest": guest.name, "came_by": guest.link_id}
    digest = sha256(canonical_json(said.as_said()))
    remark(said.edition, verb, by=by, at=said.at, remark=said.pk, words=digest, **beside)
    return said


def _said_just_now(said: Comment) -> Comment | None:
    """The same words by the same person at the same place, moments ago."""
    place = {name: getattr(said, name) for name in ("answers_id", "field", "passage", "before", "body", "must_fix")}
    of_them = {"author_id": said.author_id, "author_name": said.author_name, "link_id": said.link_id}
    earlier = said.edition.comments.filter(at__gt=said.at - TWICE_WITHIN, at__lte=said.at)
    return earlier.filter(**place, **of_them, revision_id=said.revision_id).first()


def _settle(thread: Comment, verb: str, *, by: "User", at: datetime, resolved: bool) -> None:
    thread.resolved_at, thread.resolved_by = (at, by) if resolved else (None, None)
    thread.save(update_fields=["resolved_at", "resolved_by"])
    remark(thread.edition, verb, by=by, at=at, remark=thread.pk)


@contextmanager
def _holding(edition: Edition) -> Iterator[Edition]:
    """The edition as it is now, locked, so that a comment and an approval queue."""
    with patience():
        yield lock(edition)


def _current(thread: Comment, edition: Edition) -> Comment:
    current = Comment.objects.threads().select_related("revision").get(pk=thread.pk)
    current.edition = edition
    return current


def _raise(refusal: ActionRefused | None) -> None:
    if refusal is not None:
        raise refusal
