"""Former address: where a document stood before it was renamed."""

from typing import ClassVar

from django.db import models

from alstrom_site.immutability import kept_for_good


class FormerAddress(models.Model):
    """An address under which readers knew a document: it leads to the document for good. Never changes.

    Texts that refer to the document by the old address still find it.
    """

    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=120)
    document = models.ForeignKey("editorial.Document", on_delete=models.PROTECT, related_name="former_addresses")
    since = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        triggers = kept_for_good()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="editorial_former_address_of_one", fields=["kind", "address"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.address}"
