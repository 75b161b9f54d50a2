"""Working copy: what somebody has typed and not yet saved."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

LONGEST_TAB = 32
"""Of the name of an opened form."""


class WorkingCopyQuerySet(models.QuerySet["WorkingCopy"]):
    """Working copies, by who has a document open."""

    def touched_since(self, at: datetime) -> Self:
        """Those whose form was open at or after that moment, and was not left since."""
        return self.filter(touched_at__gte=at)

    def with_typing(self) -> Self:
        """Those that hold something typed and not saved."""
        return self.filter(typed_at__isnull=False)


class WorkingCopy(models.Model):
    """What one person has typed into one opened form of an edition, kept by itself while they type. No part of the
    record.

    `seen` is the digest of the text from which they began. `form` is what the browser sent, field by field, so that a
    half-written text is kept whatever its shape. Empty while nothing differs: then it only says that they are there.
    `touched_at` is empty once they have left; what they typed before stays until it is saved or discarded. A document
    that is being begun has no edition yet; there `kind` tells the copies apart. `tab` is the random name of the opened
    form, so that two of them never overwrite each other; "" where the page had none yet.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="working_copies")
    edition = models.ForeignKey(
        "editorial.Edition", on_delete=models.CASCADE, null=True, blank=True, related_name="working_copies"
    )
    kind = models.CharField(max_length=20)
    tab = models.CharField(max_length=LONGEST_TAB, blank=True, default="")
    seen = models.CharField(max_length=64, blank=True)
    form = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField(
        null=True, blank=True, help_text="When their form was open last; empty: they left it."
    )
    typed_at = models.DateTimeField(null=True, blank=True, help_text="When what they typed was kept last.")

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="editorial_working_copy_one_each",
                fields=["person", "kind", "edition", "tab"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="editorial_working_copy_typing_has_its_time",
                condition=models.Q(form={}, typed_at__isnull=True)
                | (~models.Q(form={}) & models.Q(typed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.edition or self.kind}"
