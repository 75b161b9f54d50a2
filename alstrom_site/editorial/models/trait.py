"""Trait: what a document is told apart by, or found to be like another one."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q

LONGEST_VALUE = 400
FOUND_BY = "found by"
"""The scheme of the words by which somebody at the desk finds a document while they type, each behind a space."""


class Trait(models.Model):
    """A trait of what is live and what is worked on of a document. Derived from these texts as they are saved.

    `scheme` is the name of the field from which an own trait comes, such as "DOI", and belongs to one kind. A trait is
    given up with the last text that has it: one that was discarded, superseded or unpublished holds nothing.
    """

    document = models.ForeignKey("editorial.Document", on_delete=models.PROTECT, related_name="traits")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=LONGEST_VALUE)
    is_own = models.BooleanField(help_text="No other document may have it.")

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="editorial_trait_once", fields=["value", "scheme", "document"]),
            models.UniqueConstraint(
                name="editorial_trait_of_one_document", fields=["value", "scheme"], condition=Q(is_own=True)
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(
                OpClass("value", name="gin_trgm_ops"), name="editorial_trait_found_by", condition=Q(scheme=FOUND_BY)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
