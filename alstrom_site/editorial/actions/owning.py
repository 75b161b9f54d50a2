"""Who answers for a document."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from alstrom_site.editorial.actions._record import remark
from alstrom_site.editorial.models import Document
from alstrom_site.editorial.workflow import NotPermitted

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

MAY_OWN = ("editorial.write_document", "editorial.publish_edition", "editorial.administer")


@transaction.atomic
def hand_over(document: Document, *, to: "User", by: "User", at: datetime) -> None:
    """Make `to` the owner.

    Raises NotPermitted unless `by` owns it or looks after owners, and `to` works at the desk.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    if by.pk != document.owner_id and not by.has_perm("editorial.administer"):
        raise NotPermitted("Only the owner or an administrator can hand a document over.")
    if not to.is_active or not any(to.has_perm(permission) for permission in MAY_OWN):
        raise NotPermitted(f"{to} cannot own a document: the account is closed or has no role for it.")
    if document.owner_id == to.pk:
        return
    edition = document.latest_edition
    details = {"from": str(document.owner), "to": str(to), "to_id": to.pk}
    document.owner = to
    document.save(update_fields=["owner"])
    remark(edition, "hand over", by=by, at=at, **details)
