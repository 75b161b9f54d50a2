"""Edition: one pass of a document through the workflow."""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from alstrom_site.editorial.models.guards import (
    DOCUMENT_POINTS_TO_ITS_LIVE_EDITION,
    EDITION_IS_APPROVED,
    EDITION_KEEPS_WHAT_IT_IS,
    EDITION_MOVES_BY_THE_WORKFLOW,
    EDITION_STATE_IS_RECORDED,
)
from alstrom_site.editorial.models.review import Review
from alstrom_site.editorial.models.revision import Revision
from alstrom_site.editorial.models.whose_turn import waiting_for_a_signature
from alstrom_site.editorial.review_policy import SIGNING_ROLES
from alstrom_site.editorial.workflow import LIVE, OPEN, PUBLISH_PERMISSION, READY, WRITE, Status
from alstrom_site.immutability import Guard, at_commit, never_removed

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User


class Change(models.TextChoices):
    """How much a change means to readers."""

    MINOR = "minor", "Minor"
    MAJOR = "major", "Major"


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions, by the questions the desk asks of them."""

    def open(self) -> Self:
        """Those being worked on."""
        return self.filter(status__in=OPEN)

    def live(self) -> Self:
        """Those that readers see."""
        return self.filter(status__in=LIVE)

    def taken_down(self) -> Self:
        """What readers are not to see again: those that were unpublished, and what readers saw before them."""
        later = Edition.objects.filter(document=OuterRef("document"), ended_at__gte=OuterRef("ended_at"))
        gone = later.filter(status=Status.UNPUBLISHED)
        return self.filter(Exists(gone), status__in=[Status.SUPERSEDED, Status.UNPUBLISHED])

    def due_to_publish(self, at: datetime) -> Self:
        """Scheduled ones whose time has come."""
        return self.filter(status=Status.SCHEDULED, publish_at__lte=at).order_by("publish_at", "pk")

    def pending_review(self) -> Self:
        """Published ones that went out in an emergency and that nobody has approved since."""
        published = self.filter(status=Status.PUBLISHED)
        return published.exclude(emergency_reason="").filter(approved_afterwards_at__isnull=True)

    def written_by(self, person: "User") -> Self:
        """Those in which `person` saved a text."""
        return self.filter(revisions__author=person).distinct()

    def waiting_for(self, person: "User") -> Self:
        """Open editions whose next step `person` may be the one to take, by role, turn and the four-eyes rule."""
        waiting = [
            Edition.objects.to_sign(person),
            Edition.objects.to_publish(person),
            Edition.objects.to_change(person),
        ]
        return self.filter(pk__in=waiting[0].values("pk").union(*(each.values("pk") for each in waiting[1:])))

    def to_sign(self, person: "User") -> Self:
        """Those in review where it is the turn of a role of `person`, who neither wrote the change nor has signed."""
        roles = [role for role in SIGNING_ROLES.values() if person.holds(role)]
        if not roles:
            return self.none()
        theirs = self.filter(status=Status.IN_REVIEW, pk__in=waiting_for_a_signature(roles))
        return theirs.not_signed_by(person).not_written_by(person)

    def to_publish(self, person: "User") -> Self:
        """Approved ones that `person` may publish, which whoever approved them may not."""
        if not person.has_perm(PUBLISH_PERMISSION):
            return self.none()
        return self.filter(status=Status.APPROVED).not_signed_by(person)

    def to_change(self, person: "User") -> Self:
        """Those in which changes were requested and `person` wrote."""
        if not person.has_perm(WRITE):
            return self.none()
        wrote = Revision.objects.filter(author=person, edition=OuterRef("pk"))
        return self.filter(Exists(wrote), status=Status.CHANGES_REQUESTED)

    def not_signed_by(self, person: "User") -> Self:
        """Those whose text of now `person` has not approved."""
        signed = Review.objects.of_the_current_text().approvals().filter(edition=OuterRef("pk"), reviewer=person)
        return self.exclude(Exists(signed))

    def not_written_by(self, person: "User") -> Self:
        """Those of whose change since the edition that was last published `person` wrote nothing.

        The change is looked at only in documents in which they wrote at all, which is asked once for all of them.
        """
        wrote = Revision.objects.filter(author=person)
        change = wrote.in_the_change_up_to(OuterRef("document"), OuterRef("number"))
        return self.exclude(Q(document__in=wrote.values("edition__document")) & Q(Exists(change)))


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
    is_urgent = models.BooleanField(
        "urgent fix", default=False, help_text="Begun from the live text while another edition stays open."
    )
    policy = models.JSONField(default=list, help_text="Who must sign, as it stood when it was submitted.")
    change = models.CharField(max_length=5, blank=True, choices=Change.choices, help_text="Empty: the first edition.")
    change_note = models.TextField(blank=True, help_text="What readers are told of the change.")
    publish_at = models.DateTimeField(null=True, blank=True, help_text="When it is to go live by itself.")
    publish_until = models.DateTimeField(null=True, blank=True, help_text="After this it must not go live any more.")
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    failure = models.TextField(blank=True, help_text="Why a scheduled text did not go live.")
    emergency_reason = models.TextField(blank=True, help_text="Why it went live before anybody approved it.")
    approved_afterwards_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(blank=True, help_text="What readers are told under the notice.")

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
            at_commit(EDITION_STATE_IS_RECORDED, name="state_is_recorded"),
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
                condition=Q(status__in=sorted(OPEN), is_urgent=False),
            ),
            models.UniqueConstraint(
                name="editorial_edition_one_urgent_per_document",
                fields=["document"],
                condition=Q(status__in=sorted(OPEN), is_urgent=True),
            ),
            models.CheckConstraint(name="editorial_edition_status_is_known", condition=Q(status__in=sorted(Status))),
            models.CheckConstraint(
                name="editorial_edition_approved_has_its_time",
                condition=~Q(status__in=sorted(READY | LIVE))
                | Q(approved_at__isnull=False, head__isnull=False)
                | ~Q(emergency_reason=""),
            ),
            models.CheckConstraint(
                name="editorial_edition_scheduled_has_its_time",
                condition=~Q(status=Status.SCHEDULED.value) | Q(publish_at__isnull=False, scheduled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="editorial_edition_withdrawn_has_its_reason",
                condition=~Q(status=Status.WITHDRAWN.value)
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
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
            # So that the documents of many editions, such as all that one person wrote, are found in the index alone.
            models.Index(name="editorial_edition_of_document", fields=["id"], include=["document"]),
            models.Index(
                name="editorial_edition_by_schedule", fields=["publish_at"], condition=Q(status=Status.SCHEDULED.value)
            ),
            models.Index(
                name="editorial_edition_by_review",
                fields=["review_due_on", "document"],
                condition=Q(status=Status.IN_REVIEW.value),
            ),
            models.Index(
                name="editorial_edition_emergency",
                fields=["document"],
                condition=~Q(emergency_reason="") & Q(approved_afterwards_at__isnull=True),
            ),
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

    @property
    def review_is_pending(self) -> bool:
        """Whether it went out in an emergency and nobody has approved it since."""
        return bool(self.emergency_reason) and self.approved_afterwards_at is None and self.state in LIVE

    @property
    def is_behind(self) -> bool:
        """Whether another text went live since this one was begun, though it may be live no more.

        It must be taken over before this one is approved.
        """
        if self.state not in OPEN:
            return False
        public = self.document.last_public_edition
        return public is not None and self.based_on_id != public.head_id

    def is_late(self, day: date) -> bool:
        """Whether its review was wanted before `day`."""
        return self.review_due_on is not None and self.review_due_on < day and self.state is Status.IN_REVIEW
