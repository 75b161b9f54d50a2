"""Distinction: two documents that look alike are not the same."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from alstrom_site.immutability import kept_for_good


class Distinction(models.Model):
    """Somebody looked at two documents that look alike and said that they are not the same. Never changes."""

    first = models.ForeignKey("editorial.Document", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("editorial.Document", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200, help_text="As it was then.")
    at = models.DateTimeField()

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()
        triggers = kept_for_good()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="editorial_distinction_once", fields=["first", "second"]),
            models.CheckConstraint(name="editorial_distinction_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first} is not {self.second}"
