"""Edition: one pass of a document through the workflow."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial.models.guards import (
    DOCUMENT_POINTS_TO_ITS_LIVE_EDITION,
    EDITION_IS_APPROVED,
    EDITION_KEEPS_WHAT_IT_IS,
    EDITION_MOVES_BY_THE_WORKFLOW,
)
from alstrom_site.editorial.models.review import Review, Verdict
from alstrom_site.editorial.models.revision import Revision
from alstrom_site.editorial.workflow import LIVE, OPEN, PUBLISH_PERMISSION, WRITE, Status
from alstrom_site.immutability import Guard, at_commit, never_removed

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions, by the questions the desk asks of them."""

    def open(self) -> Self:
        """Those being worked on."""
        return self.filter(status__in=OPEN)

    def live(self) -> Self:
        """Those that readers see."""
        return self.filter(status__in=LIVE)

    def written_by(self, person: "User") -> Self:
        """Those in which `person` saved a text."""
        return self.filter(revisions__author=person).distinct()

    def waiting_for(self, person: "User") -> Self:
        """Open editions whose next step `person` may be the one to take, by role and by the four-eyes rule.

        Of those in which changes were requested, the ones that `person` wrote in.
        """
        wrote = Revision.objects.filter(author=person)
        wanted = Q(pk__in=[])
        if person.holds(MEDICAL_REVIEWER):
            change = wrote.in_the_change_up_to(OuterRef("document"), OuterRef("number"))
            wanted |= Q(status=Status.IN_REVIEW) & Q(~Exists(change))
        if person.has_perm(PUBLISH_PERMISSION):
            signed = Review.objects.filter(edition=OuterRef("pk"), round=OuterRef("round"), reviewer=person)
            wanted |= Q(status=Status.APPROVED) & Q(~Exists(signed.filter(verdict=Verdict.APPROVE)))
        if person.has_perm(WRITE):
            wanted |= Q(status=Status.CHANGES_REQUESTED) & Q(Exists(wrote.filter(edition=OuterRef("pk"))))
        return self.filter(wanted)


class Edition(models.Model):
    """A numbered pass from draft to published and on. `head` is its latest text; it changes through actions only.

    While it is live, `head` is the text that was approved: a save is possible in open states only.
    """

    document = models.ForeignKey("editorial.Document", on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=[(status.value, status.label) for status in Status])
    round = models.PositiveIntegerField(default=0, help_text="How many times it was submitted.")
    based_on = models.ForeignKey(
        "editorial.Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    head = models.ForeignKey("editorial.Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    review_due_on = models.DateField("review wanted by", null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        triggers = [
            # The database calls them in the order of their names.
            Guard(EDITION_KEEPS_WHAT_IT_IS, name="a_keeps_what_it_is", operation=pgtrigger.Update),
            Guard(
                EDITION_MOVES_BY_THE_WORKFLOW,
                name="b_moves_by_the_workflow",
                operation=pgtrigger.Insert | pgtrigger.Update,
            ),
            Guard(EDITION_IS_APPROVED, name="c_is_approved", operation=pgtrigger.Insert | pgtrigger.Update),
            at_commit(DOCUMENT_POINTS_TO_ITS_LIVE_EDITION, name="is_pointed_to"),
            *never_removed(),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="editorial_edition_number_per_document", fields=["document", "number"]),
            models.UniqueConstraint(
                name="editorial_edition_one_live_per_document",
                fields=["document"],
                condition=Q(status__in=sorted(LIVE)),
            ),
            models.UniqueConstraint(
                name="editorial_edition_one_open_per_document",
                fields=["document"],
                condition=Q(status__in=sorted(OPEN)),
            ),
            models.CheckConstraint(name="editorial_edition_status_is_known", condition=Q(status__in=sorted(Status))),
            models.CheckConstraint(
                name="editorial_edition_approved_has_its_time",
                condition=~Q(status__in=sorted({Status.APPROVED, Status.SCHEDULED, *LIVE}))
                | Q(approved_at__isnull=False, head__isnull=False),
            ),
            models.CheckConstraint(
                name="editorial_edition_published_has_its_person",
                condition=~Q(status__in=sorted(LIVE)) | Q(published_at__isnull=False, published_by__isnull=False),
            ),
            models.CheckConstraint(
                name="editorial_edition_only_published_has_its_time",
                condition=Q(status__in=sorted({*LIVE, Status.SUPERSEDED, Status.UNPUBLISHED}))
                | Q(published_at__isnull=True, published_by__isnull=True),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="editorial_edition_by_status", fields=["status", "document"]),
        ]

    def __str__(self) -> str:
        return f"{self.document}, edition {self.number}"

    @property
    def state(self) -> Status:
        """Where it stands."""
        return Status(self.status)

    @property
    def text(self) -> Revision:
        """Its latest revision; every edition has one from its first moment."""
        if self.head is None:
            raise LookupError(f"{self} has no text.")
        return self.head

    def is_late(self, day: date) -> bool:
        """Whether its review was wanted before `day`."""
        return self.review_due_on is not None and self.review_due_on < day and self.state is Status.IN_REVIEW
