"""Citation: a text cites a reference at one place."""

from typing import ClassVar

from django.db import models


class Citation(models.Model):
    """One citing place in a revision, in order. Derived from the revision's text when it is saved.

    `key` is the address of a document of kind "reference"; it need not exist yet while the text is a draft.
    """

    revision = models.ForeignKey("editorial.Revision", on_delete=models.PROTECT, related_name="citations")
    position = models.PositiveIntegerField(help_text="Counts from 1 through the whole text.")
    key = models.CharField(max_length=120)
    prefix = models.CharField(max_length=400, blank=True)
    locator = models.CharField(max_length=200, blank=True)
    suffix = models.CharField(max_length=400, blank=True)
    field = models.CharField(max_length=60, help_text="The field of the content in which it stands.")
    line = models.PositiveIntegerField(help_text="Counts from 1 within that field.")

    class Meta:
        default_permissions = ("view",)
        ordering: ClassVar[list[str]] = ["revision", "position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="editorial_citation_position_per_revision", fields=["revision", "position"]),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="editorial_citation_by_key", fields=["key", "revision"]),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.key}"
