"""Relation: a text refers to another document."""

from typing import ClassVar

from django.db import models


class Relation(models.Model):
    """A document that a revision leads to: a question it carries, a related page, a term it links to.

    Derived from the revision's text when it is saved. Sources are not among them: see Citation. `kind` and `address`
    name the other document, which need not exist yet while the text is a draft.
    """

    revision = models.ForeignKey("editorial.Revision", on_delete=models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=120)
    position = models.PositiveIntegerField(help_text="Counts from 1 through the whole text.")

    class Meta:
        default_permissions = ("view",)
        ordering: ClassVar[list[str]] = ["revision", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="editorial_relation_once_per_revision", fields=["revision", "kind", "address"]
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="editorial_relation_by_address", fields=["kind", "address", "revision"]),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.kind} {self.address}"
