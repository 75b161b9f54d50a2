"""Who answers for a document."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from alstrom_site.editorial.actions._record import remark_all
from alstrom_site.editorial.actions._transitions import patience
from alstrom_site.editorial.models import Document, Edition
from alstrom_site.editorial.workflow import NotPermitted

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

MAY_OWN = ("editorial.write_document", "editorial.publish_edition", "editorial.administer")


def can_own(person: "User") -> bool:
    """Whether documents can be handed to this person."""
    return person.is_active and any(person.has_perm(permission) for permission in MAY_OWN)


def may_hand_over(document: Document, by: "User") -> bool:
    """Whether this person may give the document to somebody else."""
    return by.is_active and (by.pk == document.owner_id or by.has_perm("editorial.administer"))


@patience()
@transaction.atomic
def hand_over(document: Document, *, to: "User", by: "User", at: datetime) -> None:
    """Make `to` the owner.

    Raises NotPermitted unless `by` owns it or looks after owners, and `to` works at the desk.
    """
    hand_over_all([document], to=to, by=by, at=at)


@patience()
@transaction.atomic
def hand_over_all(documents: Sequence[Document], *, to: "User", by: "User", at: datetime) -> int:
    """Make `to` the owner of all of these or of none, one event for each and one letter, and return how many changed.

    Raises NotPermitted as `hand_over` does, for the first that may not be handed over.
    """
    if not can_own(to):
        raise NotPermitted(f"{to} cannot own a document: the account is closed or has no role for it.")
    # In one order for everybody, so that two who hand over at once wait for each other and do not block.
    locked = Document.objects.select_for_update(of=("self",)).order_by("pk")
    known = locked.select_related("owner", "live_edition__head")
    found = list(known.filter(pk__in=[document.pk for document in documents]))
    for document in found:
        if not may_hand_over(document, by):
            raise NotPermitted(f"Only the owner or an administrator can hand over “{document}”.")
    changing = [document for document in found if document.owner_id != to.pk]
    told = [_handed_over(document, to) for document in changing]
    remark_all("hand over", told, by=by, at=at)
    return len(changing)


def _handed_over(document: Document, to: "User") -> tuple[Edition, dict[str, Any]]:
    details = {"from": str(document.owner), "to": str(to), "to_id": to.pk}
    document.owner = to
    document.save(update_fields=["owner"])
    return document.latest_edition, details
