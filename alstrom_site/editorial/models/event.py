"""Event: what happened, chained."""

import json
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models

from alstrom_site.accounts.models import LONGEST_NAME
from alstrom_site.editorial.canonical import moment_in_utc
from alstrom_site.editorial.models.guards import EVENT_FOLLOWS_THE_NEWEST, EVENT_IS_OF_ITS_TEXT
from alstrom_site.immutability import Guard, kept_for_good

FIRST = "0" * 64
"""What the first event holds in the place of the digest before it."""


class Event(models.Model):
    """One step that happened: when, by whom, to which text. Each row holds the digest of the row before. Never changes.

    There is one chain for the whole site: `position` counts from 1 without a gap.
    """

    position = models.PositiveBigIntegerField(unique=True)
    document = models.ForeignKey("editorial.Document", on_delete=models.PROTECT, related_name="events")
    edition = models.ForeignKey("editorial.Edition", on_delete=models.PROTECT, related_name="events")
    revision = models.ForeignKey("editorial.Revision", on_delete=models.PROTECT, related_name="events")
    review = models.OneToOneField(
        "editorial.Review", on_delete=models.PROTECT, null=True, blank=True, related_name="event"
    )
    verb = models.CharField(max_length=30)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="events")
    by_name = models.CharField(max_length=LONGEST_NAME)
    at = models.DateTimeField()
    details = models.TextField(default="{}", help_text="Canonical JSON.")
    revision_digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ("view",)
        ordering: ClassVar[list[str]] = ["position"]
        triggers = [
            Guard(EVENT_FOLLOWS_THE_NEWEST, name="follows_the_newest", operation=pgtrigger.Insert),
            Guard(EVENT_IS_OF_ITS_TEXT, name="of_its_text", operation=pgtrigger.Insert),
            *kept_for_good(),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="editorial_event_one_follows_each", fields=["previous"]),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="editorial_event_by_document", fields=["document", "position"]),
            models.Index(name="editorial_event_by_edition", fields=["edition", "position"]),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.verb}"

    @property
    def fields(self) -> dict[str, Any]:
        """The details, such as {"comment": …} or {"review": digest of the review}."""
        loaded: dict[str, Any] = json.loads(self.details)
        return loaded

    def as_chained(self) -> dict[str, Any]:
        """Return all that the digest is taken over, the digest of the row before included."""
        return {
            "position": self.position,
            "document": self.document_id,
            "edition": self.edition_id,
            "revision": self.revision_id,
            "review": self.review_id,
            "verb": self.verb,
            "source": self.source,
            "target": self.target,
            "by": self.by_id,
            "by_name": self.by_name,
            "at": moment_in_utc(self.at),
            "details": self.details,
            "revision_digest": self.revision_digest,
            "previous": self.previous,
        }
