"""What people have typed and not saved, and who is in which document now. No part of the record."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial import policies
from alstrom_site.editorial.actions._transitions import patience
from alstrom_site.editorial.canonical import is_storable
from alstrom_site.editorial.content import UNSTORABLE
from alstrom_site.editorial.models import Document, Edition, WorkingCopy
from alstrom_site.editorial.workflow import Issue, NotReady

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User
    from alstrom_site.editorial.models.working_copy import WorkingCopyQuerySet

Typed = Mapping[str, Sequence[str]]
"""What a form sends, field by field."""
PRESENCE = timedelta(seconds=45)
"""How long somebody counts as being in a document after their form was heard of last."""
MOST_BYTES = 1_500_000
MOST_FIELDS = 8_000


@patience()
@transaction.atomic
def keep(person: "User", where: Edition | str, *, seen: str, form: Typed, at: datetime, tab: str = "") -> WorkingCopy:
    """Keep what a person has typed into the form of an edition, or of a document of a kind that they begin.

    It makes no text and no event. What was kept of the same opened form, named by `tab`, is replaced. Raises
    NotPermitted, and NotReady when it is too long or holds what cannot be stored.
    """
    _check_may_write(person)
    _check_form(form)
    kept = {name: list(values) for name, values in form.items()}
    typed_at = at if kept else None
    return _written(person, where, tab, seen=seen, form=kept, typed_at=typed_at, touched_at=at)


@patience()
@transaction.atomic
def touch(person: "User", where: Edition | str, *, at: datetime, tab: str = "") -> WorkingCopy:
    """Note that a person has the form open now; what is kept of their typing stays as it is. Raises NotPermitted."""
    _check_may_write(person)
    return _written(person, where, tab, touched_at=at)


@patience()
@transaction.atomic
def leave(person: "User", where: Edition | str, *, tab: str = "") -> None:
    """Note that a person has left the form; what is kept of their typing stays."""
    _of(person, where, tab).filter(typed_at=None).delete()
    _of(person, where, tab).update(touched_at=None)


@patience()
@transaction.atomic
def drop(person: "User", where: Edition | str, *, tab: str = "") -> None:
    """Forget what a person has typed into one opened form: it was saved, or they discarded it."""
    _of(person, where, tab).delete()


def copies_anew(person: "User", kind: str) -> list[WorkingCopy]:
    """Return what a person has typed into forms of documents that they have not begun yet, newest first."""
    return list(WorkingCopy.objects.with_typing().filter(person=person, kind=kind, edition=None).order_by("-typed_at"))


def copies_of(person: "User", document: Document) -> list[WorkingCopy]:
    """Return what a person has typed into the editions of a document and not saved, newest first."""
    copies = WorkingCopy.objects.with_typing().filter(person=person, edition__document=document)
    return list(copies.select_related("edition").order_by("-typed_at"))


def others_in(document: Document, *, than: "User", at: datetime) -> list[WorkingCopy]:
    """Return a copy for each other person and edition whose form is open now, by who came first."""
    present = WorkingCopy.objects.filter(edition__document=document).touched_since(at - PRESENCE).exclude(person=than)
    return list(present.select_related("person", "edition").order_by("opened_at", "pk").defer("form"))


def _written(person: "User", where: Edition | str, tab: str, *, touched_at: datetime, **fields: object) -> WorkingCopy:
    # A kept form and a save by the same person wait for nothing of each other: no lock but that of this one row.
    place, defaults = _place(where), {"touched_at": touched_at, **fields}
    copy, is_new = WorkingCopy.objects.update_or_create(
        person=person, **place, tab=tab, defaults=defaults, create_defaults={"opened_at": touched_at, **defaults}
    )
    if is_new:
        # Forms that were closed without a word, and into which nothing was typed.
        gone = WorkingCopy.objects.filter(person=person, **place, typed_at=None)
        gone.filter(touched_at__lt=touched_at - PRESENCE).delete()
    return copy


def _of(person: "User", where: Edition | str, tab: str) -> "WorkingCopyQuerySet":
    return WorkingCopy.objects.filter(person=person, **_place(where), tab=tab)


def _place(where: Edition | str) -> dict[str, object]:
    if isinstance(where, str):
        return {"kind": where, "edition": None}
    return {"kind": where.document.kind, "edition": where}


def _check_may_write(person: "User") -> None:
    refused = policies.may_open_edition(person)
    if refused is not None:
        raise refused


def _check_form(form: Typed) -> None:
    parts = [part for name, values in form.items() for part in (name, *values)]
    if len(parts) > MOST_FIELDS or sum(len(part.encode("utf-8", "surrogatepass")) for part in parts) > MOST_BYTES:
        raise NotReady([Issue("", "What you typed is too long to be kept while you type. Save it.", "unfit")])
    if not all(map(is_storable, parts)):
        raise NotReady([Issue("", f"What you typed {UNSTORABLE}", "unfit")])
