"""Document: the lasting thing that editions are editions of."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models

from alstrom_site.editorial.models.guards import (
    DOCUMENT_KEEPS_ITS_KIND,
    DOCUMENT_OWNER_AND_POLICY_ARE_RECORDED,
    DOCUMENT_POINTS_TO_ITS_LIVE_EDITION,
)
from alstrom_site.editorial.workflow import OPEN, Status
from alstrom_site.immutability import Guard, at_commit, never_removed

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User
    from alstrom_site.editorial.models.edition import Edition


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, by the questions the desk asks of them."""

    def of_kind(self, kind: str) -> Self:
        """Those of one kind, such as "article"."""
        return self.filter(kind=kind)

    def live(self) -> Self:
        """Those that readers can read now."""
        return self.filter(live_edition__isnull=False)

    def addressed(self, kind: str, addresses: list[str]) -> Self:
        """Those of one kind that stand at any of `addresses`."""
        return self.filter(kind=kind, address__in=addresses)

    def to_be_reviewed(self) -> Self:
        """Live ones, which are reviewed again by a day; what was withdrawn is not: nobody is to rely on it any more."""
        return self.live().exclude(editions__status=Status.WITHDRAWN)

    def due_for_review(self, day: date) -> Self:
        """Those whose next review is due on or before `day`."""
        return self.to_be_reviewed().filter(review_due_on__lte=day)

    def owned_by(self, person: "User") -> Self:
        """Those that `person` answers for."""
        return self.filter(owner=person)

    def in_review(self) -> Self:
        """Those whose open edition waits for a medical reviewer."""
        return self.filter(editions__status=Status.IN_REVIEW)


class Document(models.Model):
    """An article, a question, a glossary term or a bibliography entry: its identity, address, owner and review policy.

    Its pointers and dates change, through `editorial.actions` only. It is never deleted.
    """

    kind = models.CharField(max_length=20)
    address = models.CharField(max_length=120, help_text="The last part of its public address; unique within its kind.")
    title = models.CharField(max_length=400, help_text="Of the latest text; kept here for lists.")
    sort_title = models.CharField(max_length=400)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="owned_documents")
    review_months = models.PositiveSmallIntegerField(
        "months between reviews", null=True, blank=True, help_text="Empty: as the kind says. At most 36."
    )
    review_policy = models.JSONField(
        null=True,
        blank=True,
        help_text="Who must sign, as `editorial.review_policy` writes it; empty: as the kind says.",
    )
    live_edition = models.OneToOneField(
        "editorial.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    first_published_at = models.DateTimeField(null=True, blank=True)
    last_published_at = models.DateTimeField(null=True, blank=True)
    last_updated_at = models.DateTimeField(
        null=True, blank=True, help_text="When the last major change went live; a minor one does not move it."
    )
    last_reviewed_at = models.DateTimeField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True, db_index=True)
    changed_at = models.DateTimeField(
        null=True, blank=True, help_text="When its newest event was; kept here for lists. Empty: it has none yet."
    )
    moved_to = models.CharField(
        max_length=200, blank=True, help_text="The public path to which an unpublished page leads; empty: it is gone."
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        permissions = [
            ("write_document", "Can write and submit text"),
            ("review_edition", "Can review and sign as a medical reviewer"),
            ("publish_edition", "Can publish approved text"),
            ("administer", "Can look after owners and people"),
            ("view_record", "Can read the whole record"),
        ]
        default_permissions = ("view",)
        triggers = [
            Guard(DOCUMENT_KEEPS_ITS_KIND, name="keeps_its_kind", operation=pgtrigger.Update),
            Guard(
                DOCUMENT_OWNER_AND_POLICY_ARE_RECORDED,
                name="owner_and_policy_are_recorded",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
            ),
            at_commit(DOCUMENT_POINTS_TO_ITS_LIVE_EDITION, name="points_to_its_live_edition"),
            *never_removed(),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="editorial_document_one_per_address", fields=["kind", "address"]),
            models.CheckConstraint(
                name="editorial_document_review_within_three_years",
                condition=models.Q(review_months__isnull=True) | models.Q(review_months__gte=1, review_months__lte=36),
            ),
            models.CheckConstraint(
                name="editorial_document_live_has_dates",
                condition=models.Q(live_edition__isnull=True)
                | models.Q(
                    first_published_at__isnull=False, last_updated_at__isnull=False, review_due_on__isnull=False
                ),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # With the number in the database, so that a page of a list is found in the index alone.
            models.Index(name="editorial_document_by_title", fields=["sort_title", "id"]),
            models.Index(name="editorial_document_by_kind", fields=["kind", "sort_title", "id"]),
            models.Index(name="editorial_document_by_change", fields=["changed_at"]),
            # For addresses that begin with what somebody types, whatever the collation of the database.
            models.Index("kind", OpClass("address", name="varchar_pattern_ops"), name="editorial_document_beginning"),
            models.Index(models.F("last_published_at").desc(nulls_last=True), name="editorial_document_by_news"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def open_edition(self) -> "Edition | None":
        """The edition that is being worked on, if there is one; an urgent fix beside it is `urgent_edition`."""
        return self.editions.filter(status__in=OPEN, is_urgent=False).order_by("-number").first()

    @property
    def urgent_edition(self) -> "Edition | None":
        """The urgent fix that is being worked on, if there is one."""
        return self.editions.filter(status__in=OPEN, is_urgent=True).order_by("-number").first()

    @property
    def last_public_edition(self) -> "Edition | None":
        """The edition that readers see, else the one that they saw last, else None. Its number does not tell."""
        public = self.editions.filter(published_at__isnull=False).order_by("-published_at", "-pk")
        return self.live_edition or public.first()

    @property
    def latest_edition(self) -> "Edition":
        """The open edition, else an urgent fix, else the one that readers see or saw last, else the last that ended."""
        found = self.open_edition or self.urgent_edition or self.last_public_edition
        found = found or self.editions.order_by("-number").first()
        if found is None:
            raise LookupError(f"{self} has no edition.")
        return found

    @property
    def next_review_on(self) -> date | None:
        """By which day readers' text is to be reviewed again; None when there is none, or when it was withdrawn."""
        live = self.live_edition
        return None if live is None or live.state is Status.WITHDRAWN else self.review_due_on

    def is_overdue(self, day: date) -> bool:
        """Whether a live text's review date lies before `day`."""
        return self.next_review_on is not None and self.next_review_on < day
