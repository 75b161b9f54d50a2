"""Former address: where a document stood before it was renamed, or one stood that was merged into it."""

from typing import ClassVar

import pgtrigger
from django.db import models

from alstrom_site.editorial.models.guards import FORMER_ADDRESS_MOVES_WITH_A_MERGE
from alstrom_site.immutability import Guard, never_removed


class FormerAddress(models.Model):
    """An address under which a document was known: it leads to the document for good, or to the one that took it in.

    Texts that refer to the document by the old address still find it. A document that stands at a former address of
    another one was merged into that one.
    """

    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=120)
    document = models.ForeignKey("editorial.Document", on_delete=models.PROTECT, related_name="former_addresses")
    since = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        triggers = [
            Guard(FORMER_ADDRESS_MOVES_WITH_A_MERGE, name="moves_with_a_merge", operation=pgtrigger.Update),
            *never_removed(),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="editorial_former_address_of_one", fields=["kind", "address"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.address}"
