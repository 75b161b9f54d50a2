"""What a person keeps for themselves at the desk: the address of their calendar, and filters with a name."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class CalendarAddress(models.Model):
    """The private address of a person's calendar feed; a new one takes its place. Only the digest is kept."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_address")
    secret_digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret in the address.")
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Calendar of {self.person}"


class SavedFilter(models.Model):
    """A list with its filters under a name that the person gave it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=80)
    list_path = models.CharField(max_length=200, help_text="The list at the desk, such as /admin/pages/article/.")
    query = models.TextField(help_text="The query string of the list.")

    class Meta:
        default_permissions = ()
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="editorial_saved_filter_one_of_a_name", fields=["person", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
