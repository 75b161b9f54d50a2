"""People: who writes, reviews and publishes."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from alstrom_site.accounts.orcid import parse_orcid
from alstrom_site.accounts.roles import Role
from alstrom_site.immutability import kept_for_good, never_removed

LONGEST_NAME = 150
"""As long as a user name: who gave no display name signs with that."""
DETAILS: tuple[str, ...] = ("display_name", "professional_title", "credentials", "affiliation", "orcid")
"""What a review freezes of who signs it."""
ORCID_FORM = r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$"
"""The canonical form, which is what a review has room for; the check digit is `parse_orcid`'s to check."""


class User(AbstractUser):
    """A person who works on the site. Who leaves is deactivated, never deleted: the record names them.

    The professional details are what a review freezes at the moment of signing; a later change here changes no review.
    """

    first_name: None = None  # type: ignore[assignment]  # one display name, as the person writes it
    last_name: None = None  # type: ignore[assignment]  # one display name, as for the first name
    display_name = models.CharField(
        max_length=LONGEST_NAME, help_text="As shown on public pages, such as “Dr A. Example”."
    )
    professional_title = models.CharField(max_length=120, blank=True, help_text="Such as “Consultant cardiologist”.")
    credentials = models.CharField(max_length=120, blank=True, help_text="Such as “MD, PhD”.")
    affiliation = models.CharField(max_length=200, blank=True)
    orcid = models.CharField("ORCID iD", max_length=60, blank=True)
    interests = models.TextField(
        "declared interests", blank=True, help_text="Write “None” if there are none; shown with every review."
    )
    interests_declared_on = models.DateField("interests declared on", null=True, blank=True)
    is_demonstration = models.BooleanField(
        "demonstration account",
        default=False,
        help_text="Its signature stands for no clinician, and every page says so.",
    )

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "display_name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        triggers = never_removed()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="accounts_user_interests_have_their_date",
                condition=models.Q(interests="") | models.Q(interests_declared_on__isnull=False),
                violation_error_message="Say on which day the interests were declared.",
            ),
            models.CheckConstraint(
                name="accounts_user_orcid_is_canonical",
                condition=models.Q(orcid="") | models.Q(orcid__regex=ORCID_FORM),
                violation_error_message="Write the ORCID iD as in 0000-0002-1825-0097.",
            ),
            # Signing in by address, and a link to a new password, must lead to one person.
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_of_one",
                condition=~models.Q(email=""),
                violation_error_message="Somebody else has this e-mail address.",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def clean(self) -> None:
        """Bring ORCID iD and e-mail address to one spelling; raise ValidationError when the iD is none."""
        super().clean()
        # allauth finds people by the address in small letters.
        self.email = self.email.lower()
        try:
            self.orcid = parse_orcid(self.orcid) if self.orcid else ""
        except ValueError as wrong:
            raise ValidationError({"orcid": str(wrong)}, code="orcid") from wrong

    def get_full_name(self) -> str:
        """The display name; Django's admin asks for it by this name."""
        return str(self)

    def get_short_name(self) -> str:
        """The display name."""
        return str(self)

    def holds(self, role: Role) -> bool:
        """Whether this person is in the group of `role`."""
        return self.is_active and self.groups.filter(name=role.name).exists()

    def interests_confirmed_since(self, day: date) -> bool:
        """Whether interests were declared on or after `day`."""
        return self.interests_declared_on is not None and self.interests_declared_on >= day


class AccountEvent(models.Model):
    """What was done to an account, when and by whom. Never changes: whoever could sign must be known later."""

    class What(models.TextChoices):
        """What was done."""

        MADE = "made", "account made"
        ROLE_GRANTED = "role-granted", "role granted"
        ROLE_REMOVED = "role-removed", "role taken away"
        CLOSED = "closed", "account closed"
        REOPENED = "reopened", "account opened again"
        ADDRESS_CHANGED = "address-changed", "e-mail address changed"
        DETAILS_CHANGED = "details-changed", "details shown with reviews changed by somebody else"
        OWN_DETAILS_CHANGED = "own-details-changed", "details shown with reviews changed by the person"
        LINK_SENT = "link-sent", "link to set a password sent"
        SECOND_STEPS_REMOVED = "second-steps-removed", "passkeys, authenticator app and recovery codes removed"

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="account_events")
    what = models.CharField(max_length=30, choices=What)
    detail = models.TextField(blank=True, help_text="The role, where it is one; of changed details, what was before.")
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, help_text="Nobody, where a command did it."
    )
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        triggers = kept_for_good()
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "at"], name="accounts_event_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_what_display()}{f' ({self.detail})' if self.detail else ''}"
