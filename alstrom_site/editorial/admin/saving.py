"""Saving what was typed: over the text that was seen, or merged with what somebody else saved meanwhile."""

import json
import re
import secrets
from datetime import datetime

from django.db import transaction
from django.http import QueryDict

from alstrom_site.accounts.models import User
from alstrom_site.editorial.actions import Saved, open_edition, save, working_copies
from alstrom_site.editorial.admin.forms import ContentForm
from alstrom_site.editorial.admin.visit import Visit
from alstrom_site.editorial.kinds import Content, ContentRefused, Kind
from alstrom_site.editorial.merging import Choice, Merged, merge
from alstrom_site.editorial.models import Document, Edition, Revision
from alstrom_site.editorial.models.working_copy import LONGEST_TAB
from alstrom_site.editorial.workflow import OPEN, TAKE_BACK, OutOfDate, WrongState
from alstrom_site.numbers_sent import number_sent

MINE = "mine"
"""What the person had typed before it was merged, as JSON; the page of a conflict carries it unseen."""
CHOICE = "choice"
TAB = "tab"
"""The random name of an opened form, by which what is typed into it is kept apart from that of another one."""
_A_TAB = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_TAB}}}")
NO_LONGER_OPEN = "The edition that you wrote in is no longer open. Nothing was saved."
CHOOSE = "Choose what shall stand at each place that you both changed. Nothing was saved yet."
CHOOSE_BY_HAND = (
    "You changed a text below at a place for which you also chose what shall stand there. Choose “By hand” for it."
    " Nothing was saved yet."
)


def save_typed(visit: Visit, form: ContentForm, *, at: datetime) -> Saved:
    """Save a valid form's content over the text that was seen, and return what it came to.

    When the edition was closed meanwhile and the person chose to go on, a new one is begun for it. What was kept of
    their typing is dropped. Raises as saving does, and then nothing is written.
    """
    edition, by = visit.edition, visit.person
    is_open = edition.state in OPEN
    if not is_open and not form.saves_over:
        raise WrongState(NO_LONGER_OPEN)
    content = settled(form, visit.document) if form.saves_over else form.content()
    take_back = form.takes_back and edition.state in TAKE_BACK.sources
    with transaction.atomic():
        saved_in = edition if is_open else open_edition(visit.document, by=by, at=at)
        saved = save(saved_in, content, by=by, at=at, seen=form.seen_digest, take_back=take_back)
        drop_typing(visit, by)
    return saved


def drop_typing(visit: Visit, by: User) -> None:
    """Forget what the person typed into the form that was sent, of the edition that the page names."""
    working_copies.drop(by, written_in(visit), tab=tab_in(visit.request.POST))


def new_tab() -> str:
    """Return a name for a form that is being opened."""
    return secrets.token_urlsafe(18)


def tab_in(sent: QueryDict) -> str:
    """Return the name of the opened form that was sent; "" without one."""
    name = sent.get(TAB, "")
    return name if _A_TAB.fullmatch(name) else ""


def written_in(visit: Visit) -> Edition:
    """Return the edition that the page names, open or not, else the document's latest."""
    named = visit.request.POST.get("edition") or visit.request.GET.get("edition", "")
    edition = visit.document.editions.select_related("head").filter(pk=number_sent(named) or 0).first()
    edition = edition or visit.document.latest_edition
    edition.document = visit.document
    return edition


def text_of(document: Document, digest: str) -> Revision | None:
    """Return a text of the document by its digest, if it has one such."""
    return Revision.objects.filter(edition__document=document, digest=digest).first()


def merged_with(form: ContentForm, theirs: Revision, document: Document) -> Merged:
    """Return what the person typed merged with a text of somebody else, from the text that they began with."""
    base = text_of(document, form.base_digest)
    return merge(base.fields if base else None, typed_before(form), theirs.fields, form.kind.fields)


def typed_before(form: ContentForm) -> Content:
    """Return what the person had typed before anything was merged into it."""
    try:
        return form.kind.clean(json.loads(form.data.get(MINE, "")))
    except (ValueError, TypeError, AttributeError, RecursionError, ContentRefused):
        return form.content()


def choices_in(form: ContentForm, merged: Merged) -> list[Choice | None]:
    """Return what was chosen for each conflict; None where nothing was."""
    sent = [str(form.data.get(f"{CHOICE}-{conflict.number}", "")) for conflict in merged.conflicts]
    return [Choice(each) if each in set(Choice) else None for each in sent]


def settled(form: ContentForm, document: Document) -> Content:
    """Return the merged text with the choices made and the changes that were made by hand.

    Raises OutOfDate when something is not settled yet.
    """
    theirs = text_of(document, form.seen_digest)
    if MINE not in form.data or theirs is None:
        return form.content()
    merged = merged_with(form, theirs, document)
    chosen = [choice for choice in choices_in(form, merged) if choice is not None]
    if len(chosen) < len(merged.conflicts):
        raise OutOfDate(CHOOSE)
    by_hand = merge(_in_shape(form.kind, merged.content()), form.content(), merged.content(chosen), form.kind.fields)
    if by_hand.conflicts:
        raise OutOfDate(CHOOSE_BY_HAND)
    return by_hand.content()


def _in_shape(kind: Kind, content: Content) -> Content:
    """The content in its full shape; as it is when an older text brings what is refused now."""
    try:
        return kind.clean(content)
    except ContentRefused:
        return content
