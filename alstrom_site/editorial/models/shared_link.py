"""Shared link: one text shown to somebody without an account."""

from datetime import datetime
from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import ROLES
from alstrom_site.editorial.canonical import moment_in_utc
from alstrom_site.editorial.models.edition import Edition
from alstrom_site.editorial.models.guards import SHARED_LINK_KEEPS_WHAT_IT_IS
from alstrom_site.editorial.workflow import DECIDES_ABOUT_TEXT
from alstrom_site.immutability import Guard, kept_for_good, never_removed

SHARING_ROLES = [role.name for role in ROLES if set(role.permissions) & set(DECIDES_ABOUT_TEXT)]


class Purpose(models.TextChoices):
    """What the holder of a link may do."""

    ADVICE = "advice", "Read and advise"
    READING = "reading", "Read only"


class SharedLinkQuerySet(models.QuerySet["SharedLink"]):
    """Links, by whether they still work."""

    def working(self, at: datetime) -> Self:
        """Those neither expired nor revoked, made by somebody who still may share, to what was not taken down."""
        roles = User.groups.through.objects.filter(user=OuterRef("made_by"), group__name__in=SHARING_ROLES)
        may_share = Exists(roles) | Q(made_by__is_superuser=True)
        standing = self.filter(may_share, expires_at__gt=at, revoked_at__isnull=True, made_by__is_active=True)
        return standing.exclude(Exists(Edition.objects.taken_down().filter(pk=OuterRef("revision__edition"))))


class SharedLink(models.Model):
    """An address that shows one revision until it expires or is revoked. Only the digest of its secret is kept."""

    revision = models.ForeignKey("editorial.Revision", on_delete=models.PROTECT, related_name="shared_links")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    secret_digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret in the address.")
    guest_name = models.CharField(max_length=150, blank=True)
    guest_email = models.EmailField(blank=True)
    question = models.TextField(blank=True, help_text="What the guest is asked.")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="shared_links")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SharedLinkQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        triggers = [
            Guard(SHARED_LINK_KEEPS_WHAT_IT_IS, name="keeps_what_it_is", operation=pgtrigger.Update),
            *never_removed(),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="editorial_shared_link_ends", condition=Q(expires_at__gt=models.F("made_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.revision}"

    def works(self, at: datetime) -> bool:
        """Whether it is one of those that are `working`. One query."""
        return SharedLink.objects.working(at).filter(pk=self.pk).exists()

    def as_made(self) -> dict[str, Any]:
        """Return what it was made for, of which the event that records it holds the digest."""
        return {
            "link": self.pk,
            "revision": self.revision_id,
            "purpose": self.purpose,
            "secret_digest": self.secret_digest,
            "guest_name": self.guest_name,
            "guest_email": self.guest_email,
            "question": self.question,
            "made_by": self.made_by_id,
            "made_at": moment_in_utc(self.made_at),
            "expires_at": moment_in_utc(self.expires_at),
        }


class LinkVisit(models.Model):
    """That a shared link was opened or used. Never changes."""

    link = models.ForeignKey(SharedLink, on_delete=models.PROTECT, related_name="visits")
    at = models.DateTimeField()
    what = models.CharField(max_length=20, help_text="Such as “opened” or “commented”.")

    class Meta:
        default_permissions = ("view",)
        ordering: ClassVar[list[str]] = ["at", "pk"]
        triggers = kept_for_good()

    def __str__(self) -> str:
        return f"{self.what}: {self.link}"
