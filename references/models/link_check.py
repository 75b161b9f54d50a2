"""LinkCheck: whether an address of a work still leads to it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Outcome(models.TextChoices):
    """What came of asking for an address."""

    WORKS = "works", "Works"
    MOVED = "moved", "Leads elsewhere"
    GONE = "gone", "Is not there any more"
    REFUSED = "refused", "Lets no program look"
    UNREACHABLE = "unreachable", "Could not be reached"
    NOT_FOLLOWED = "not_followed", "Leads to where this site does not go"


FAILING = (Outcome.GONE, Outcome.UNREACHABLE, Outcome.NOT_FOLLOWED)
TO_BE_SEEN = (*FAILING, Outcome.MOVED, Outcome.REFUSED)
"""What a person should look at."""


class LinkCheck(models.Model):
    """The last check of one address of a live entry; replaced at each check. No text changes by it.

    An entry without any address has one row without an address, so that it is not looked for again each time.
    """

    document = models.ForeignKey("editorial.Document", on_delete=models.PROTECT, related_name="link_checks")
    name = models.CharField(max_length=20, blank=True, help_text="DOI, PubMed, PubMed Central or Web page.")
    url = models.CharField(max_length=2000, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    said = models.CharField(max_length=300, blank=True, help_text="A sentence about it.")
    location = models.CharField(max_length=2000, blank=True, help_text="Where it leads, when that is elsewhere.")
    archived = models.CharField(max_length=2000, blank=True, help_text="An archived copy of the page.")
    checked_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering: ClassVar[list[str]] = ["failing_since", "document", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="references_link_check_once", fields=["document", "name"]),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="references_link_check_by_time", fields=["document", "checked_at"]),
            models.Index(
                name="references_link_check_to_see", fields=["failing_since"], condition=Q(outcome__in=TO_BE_SEEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.document}: {self.get_outcome_display()}"
