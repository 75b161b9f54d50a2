"""Beginning documents and editions, saving texts, and discarding an edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alstrom_site.editorial import derived, policies
from alstrom_site.editorial.actions._addresses import address_issue, leave, stand_at
from alstrom_site.editorial.actions._begun import as_begun
from alstrom_site.editorial.actions._record import Happening, record
from alstrom_site.editorial.actions._transitions import (
    CHANGED_MEANWHILE,
    UNSCHEDULED,
    comment_for,
    lock,
    patience,
    taking,
)
from alstrom_site.editorial.addresses import merged_into
from alstrom_site.editorial.canonical import canonical_json, sha256
from alstrom_site.editorial.content import UNSEEN
from alstrom_site.editorial.kinds import Content, ContentRefused, Kind, kind_named
from alstrom_site.editorial.models import Document, Edition, Revision
from alstrom_site.editorial.workflow import (
    BRING_UP_TO_DATE,
    DISCARD,
    OPEN,
    REVISE,
    START,
    TAKE_BACK,
    OutOfDate,
    Status,
    WrongState,
)
from alstrom_site.folding import fold

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User


@dataclass(frozen=True)
class Saved:
    """What a save came to: the text that is current now, and whether a new one was made."""

    edition: Edition
    revision: Revision
    changed: bool


@patience()
@transaction.atomic
def start(kind: str, raw: Mapping[str, Any], *, by: "User", at: datetime) -> Edition:
    """Begin a document with its first text and return its first edition, a draft.

    Raises NotPermitted, and ContentRefused when the content lacks its shape or its address is taken.
    """
    _check_may_write(by)
    brought = kind_named(kind)
    content = brought.clean(raw)
    document = Document(kind=kind, owner=by, created_at=at)
    _name(document, brought, content)
    return _begin_edition(document, content, based_on=None, by=by, at=at)


@patience()
@transaction.atomic
def open_edition(document: Document, *, by: "User", at: datetime, urgent: bool = False) -> Edition:
    """Begin the next edition of a document from its live text, else from its latest one.

    An urgent fix is begun from the live text beside an edition that stays open, and may go live before it. Raises
    NotPermitted, and WrongState while another edition of that sort is open, where nothing is there to be fixed, or when
    another document took meanwhile what only one may have.
    """
    _check_may_write(by)
    with patience():
        document = Document.objects.select_for_update().get(pk=document.pk)
    _check_may_open(document, urgent=urgent)
    origin = (document.live_edition or document.latest_edition).text
    try:
        return _begin_edition(document, origin.fields, based_on=origin, by=by, at=at, urgent=urgent)
    except ContentRefused as taken:
        raise WrongState(str(taken)) from taken


@patience()
@transaction.atomic
def save(
    edition: Edition, raw: Mapping[str, Any], *, by: "User", at: datetime, seen: str, take_back: bool = False
) -> Saved:
    """Save a text over the one that was seen; a save that changes nothing makes nothing and voids nothing.

    An edition in review or approved is changed only with `take_back`, by which the person says that it goes back to
    draft. Raises NotPermitted, WrongState, OutOfDate, and ContentRefused when the content lacks its shape.
    """
    kind = kind_named(edition.document.kind)
    content = kind.clean(raw)
    _check_may_write(by)
    with patience():
        current = lock(edition)
    if current.text.digest == sha256(canonical_json(content)):
        _check_saved_already(current, seen)
        return Saved(current, current.text, changed=False)
    with taking(TAKE_BACK if take_back else REVISE, edition, by=by, at=at, seen=seen) as step:
        _check_address(kind, content, step.edition.document)
        revision = _add_revision(step.edition, content, by=by, at=at)
        step.changes.update(head=revision, approved_at=None, **UNSCHEDULED)
        document, former = step.edition.document, step.edition.document.address
        # Before the event: who waits for an address must not hold the chain that its holder waits for.
        _name(document, kind, content)
        if leave(document, former, at=at):
            step.details["moved_from"] = former
    return Saved(step.edition, revision, changed=True)


@patience()
@transaction.atomic
def bring_up_to_date(
    edition: Edition, raw: Mapping[str, Any], *, by: "User", at: datetime, seen: str, live_seen: str
) -> Revision:
    """Take over what went live since the edition was begun: `raw` is its text merged with the live one, and confirmed.

    The edition stands on the live text from then on, as a draft that is to be reviewed again. `live_seen` is the digest
    of the live text that the person had on the screen. Raises as every step does, WrongState when nothing else went
    live, and ContentRefused when the content lacks its shape.
    """
    kind = kind_named(edition.document.kind)
    content = _taken_over(kind, raw)
    with taking(BRING_UP_TO_DATE, edition, by=by, at=at, seen=seen) as step:
        live = _text_to_take_over(step.edition, live_seen)
        _check_address(kind, content, step.edition.document)
        revision = _add_revision(step.edition, content, by=by, at=at)
        step.changes.update(head=revision, based_on=live, approved_at=None, **UNSCHEDULED)
        step.details.update(live=live.digest, based_on=live.pk)
        _name(step.edition.document, kind, content)
    return revision


@patience()
@transaction.atomic
def discard(edition: Edition, *, by: "User", at: datetime, seen: str, comment: str) -> None:
    """End an edition without publishing it; its texts stay in the record. Raises as every step does."""
    comment = comment_for(DISCARD, comment, ask="Say in a comment why. It stays in the record.")
    with taking(DISCARD, edition, by=by, at=at, seen=seen) as step:
        step.changes.update(ended_at=at, **UNSCHEDULED)
        step.details["comment"] = comment
        _name_after(step.edition)


def _taken_over(kind: Kind, raw: Mapping[str, Any]) -> Content:
    """The content in its shape; unseen characters that an older text brought along are for the next save to refuse."""
    try:
        return kind.clean(raw)
    except ContentRefused as refused:
        if any(issue.code != UNSEEN for issue in refused.issues):
            raise
        return dict(raw)


def _check_may_write(by: "User") -> None:
    refused = policies.may_open_edition(by)
    if refused is not None:
        raise refused


def _check_may_open(document: Document, *, urgent: bool) -> None:
    """Refuse a second edition of the same sort, an urgent fix that would fix nothing, and what was merged."""
    if (other := merged_into(document)) is not None:
        raise WrongState(f"This was merged into “{other.title}” ({other.address}). Go on with that one.")
    if urgent and document.urgent_edition is not None:
        raise WrongState("An urgent fix is open already. Go on with that one.")
    if urgent and document.live_edition is None:
        raise WrongState("Readers see nothing of this document yet, so there is nothing to fix for them.")
    if urgent and document.open_edition is None:
        raise WrongState("No other edition is open. Begin a new edition: it can go live as soon as it is approved.")
    if not urgent and document.open_edition is not None:
        raise WrongState("An edition is open already. Go on with that one.")


def _text_to_take_over(edition: Edition, live_seen: str) -> Revision:
    live = edition.document.last_public_edition
    if live is None or not edition.is_behind:
        raise WrongState("Nothing else went live since this edition was begun, so there is nothing to take over.")
    if live.text.digest != live_seen:
        raise OutOfDate("Another text went live since you opened this page. Nothing was written. Look at that one.")
    return live.text


def _check_saved_already(edition: Edition, seen: str) -> None:
    """A save of what is there already is fine, in whatever state, from whichever text of it was seen last."""
    if edition.state not in OPEN:
        raise WrongState(f"“{REVISE.label}” is not possible while the edition is {edition.state.value}.")
    if not edition.revisions.filter(digest=seen).exists():
        raise OutOfDate(CHANGED_MEANWHILE)


def _begin_edition(
    document: Document,
    content: Content,
    *,
    based_on: Revision | None,
    by: "User",
    at: datetime,
    urgent: bool = False,
) -> Edition:
    last = document.editions.order_by("-number").first()
    edition = Edition.objects.create(
        document=document,
        number=last.number + 1 if last else 1,
        status=Status.DRAFT,
        based_on=based_on,
        created_at=at,
        created_by=by,
        is_urgent=urgent,
    )
    edition.head = _add_revision(edition, content, by=by, at=at)
    edition.save(update_fields=["head"])
    record(Happening(edition, START, "", Status.DRAFT, by, at, details=as_begun(edition)))
    return edition


def _add_revision(edition: Edition, content: Content, *, by: "User", at: datetime) -> Revision:
    text = canonical_json(content)
    last = edition.revisions.order_by("-number").first()
    revision = Revision.objects.create(
        edition=edition,
        number=last.number + 1 if last else 1,
        parent=edition.head or edition.based_on,
        content=text,
        digest=sha256(text),
        author=by,
        author_name=str(by),
        created_at=at,
    )
    derived.write(revision, kind_named(edition.document.kind), content)
    return revision


def _name(document: Document, kind: Kind, content: Content) -> None:
    """Keep the title for lists, and the address as long as no reader knows it; else it waits for publication."""
    document.title = kind.title(content)[:400]
    document.sort_title = fold(kind.title(content))[:400]
    if document.first_published_at is not None:
        document.save()
        return
    issue = stand_at(document, kind, kind.address(content))
    if issue is not None:
        raise ContentRefused([issue])


def _name_after(discarded: Edition) -> None:
    """Name the document by the text that is worked on beside a discarded one, else by the live one."""
    document = discarded.document
    beside = document.editions.open().exclude(pk=discarded.pk).order_by("-number").first() or document.live_edition
    if beside is not None:
        _name(document, kind_named(document.kind), beside.text.fields)


def _check_address(kind: Kind, content: Content, document: Document) -> None:
    """Refuse an address that the page cannot move to when this text goes live."""
    issue = address_issue(document, kind, kind.address(content))
    if issue is not None:
        raise ContentRefused([issue])
