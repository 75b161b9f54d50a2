"""Proposal: a step on a live text that a second person must confirm."""

from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from alstrom_site.editorial.models.guards import PROPOSAL_IS_DECIDED_ONCE
from alstrom_site.editorial.workflow import LIVE
from alstrom_site.immutability import Guard, never_removed

if TYPE_CHECKING:
    from alstrom_site.editorial.models.document import Document


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals, by what became of them."""

    def waiting(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(decided_at__isnull=True)

    def waiting_on(self, document: "Document") -> Self:
        """Those that nobody has decided, about what readers see of this document."""
        return self.waiting().filter(edition__document=document, edition__status__in=LIVE)


class Proposal(models.Model):
    """Somebody proposes to withdraw or to unpublish a live edition; somebody else takes the step or turns it down."""

    edition = models.ForeignKey("editorial.Edition", on_delete=models.PROTECT, related_name="proposals")
    verb = models.CharField(max_length=20, help_text="The step that is proposed.")
    reason = models.TextField()
    moved_to = models.CharField(max_length=200, blank=True, help_text="Where an unpublished page is to lead.")
    into = models.ForeignKey(
        "editorial.Document",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The document of the same thing, which is to take this one in.",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    was_taken = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True, help_text="Why it was turned down.")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering: ClassVar[list[str]] = ["at", "pk"]
        triggers = [
            Guard(PROPOSAL_IS_DECIDED_ONCE, name="is_decided_once", operation=pgtrigger.Update),
            *never_removed(),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="editorial_proposal_one_waits", fields=["edition"], condition=Q(decided_at__isnull=True)
            ),
            models.CheckConstraint(
                name="editorial_proposal_is_decided_by_somebody_else",
                condition=Q(was_taken__isnull=True) | Q(was_taken=False) | ~Q(decided_by=models.F("by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.edition}"
