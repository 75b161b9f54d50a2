"""ObservedNotice: what was learned of a work from outside after its entry was written."""

from collections.abc import Collection
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from alstrom_site.editorial.models import FormerAddress
from alstrom_site.immutability import Function, Guard, at_commit, never_removed

LONGEST_TYPE = 60
LONGEST_DATE = 40
LONGEST_PMID = 20
LONGEST_DOI = 300
LONGEST_LINE = 1000

NOTICE_IS_TAKEN_BACK_ONCE = Function(
    "references_notice_is_taken_back_once",
    """
DECLARE
    ending text[] := ARRAY['taken_back_at', 'taken_back_by_id', 'taken_back_because'];
BEGIN
    IF (to_jsonb(NEW) - ending) IS DISTINCT FROM (to_jsonb(OLD) - ending) OR OLD.taken_back_at IS NOT NULL THEN
        RAISE EXCEPTION 'A notice keeps what it says; it is taken back, once, and noted again by another one.'
            USING ERRCODE = '23000', CONSTRAINT = 'references_notice_is_taken_back_once';
    END IF;
    RETURN NEW;
END;
""",
)

# Its event is written after it, with the entry that stands in for a merged one.
NOTICE_IS_RECORDED = Function(
    "references_notice_is_recorded",
    """
BEGIN
    IF NOT EXISTS (
        SELECT FROM editorial_event v WHERE v.document_id IN (NEW.document_id, (
            SELECT f.document_id FROM editorial_document d JOIN editorial_formeraddress f USING (kind, address)
                WHERE d.id = NEW.document_id
        ))
            AND v.at = coalesce(NEW.taken_back_at, NEW.seen_at)
            AND v.by_id = coalesce(NEW.taken_back_by_id, NEW.seen_by_id)
            AND CASE WHEN NEW.taken_back_at IS NULL
                THEN v.details::jsonb -> 'noted' @> jsonb_build_array(jsonb_build_object('id', NEW.id))
                ELSE v.details::jsonb -> 'taken_back' = to_jsonb(NEW.id) END
    ) THEN
        RAISE EXCEPTION 'A notice is noted, and taken back, with an event that names it, in the same transaction.'
            USING ERRCODE = '23000', CONSTRAINT = 'references_notice_is_recorded';
    END IF;
    RETURN NULL;
END;
""",
)


class ObservedNoticeQuerySet(models.QuerySet["ObservedNotice"]):
    """Notices, by whether they hold."""

    def holding(self) -> Self:
        """Those that nobody has taken back, in the order in which they were seen."""
        return self.filter(taken_back_at__isnull=True).order_by("seen_at", "pk")

    def about(self, documents: Collection[int]) -> Self:
        """Those about the works of these entries, the entries that they took in among them; `entry` names which."""
        rows = FormerAddress.objects.filter(kind=OuterRef("document__kind"), address=OuterRef("document__address"))
        taken_in = Coalesce(Subquery(rows.values("document")[:1]), F("document"), output_field=models.BigIntegerField())
        return self.annotate(entry=taken_in).filter(entry__in=documents)


class ObservedNotice(models.Model):
    """One notice about the work of an entry, in PubMed's terms: who says so, and when and by whom that was seen.

    Public pages are made from it beside the approved text, so it is marked at once. It never goes; it can be taken back
    once, with a reason, when it is about another work. Who took it back by mistake has it noted again: a new row, which
    names the one that was taken back, and why.
    """

    document = models.ForeignKey("editorial.Document", on_delete=models.PROTECT, related_name="observed_notices")
    type = models.CharField(max_length=LONGEST_TYPE, help_text="As references.standing reads it: “RetractionIn”.")
    date = models.CharField(
        max_length=LONGEST_DATE, blank=True, help_text="As precise as it is known: 2010, 2010-02-06."
    )
    pmid = models.CharField(max_length=LONGEST_PMID, blank=True)
    doi = models.CharField(max_length=LONGEST_DOI, blank=True)
    text = models.CharField(max_length=LONGEST_LINE, blank=True)
    source = models.CharField(max_length=100, help_text="Who says so: “Retraction Watch”, “Crossref”, “PubMed”.")
    seen_at = models.DateTimeField()
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_because = models.TextField(blank=True)
    again = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="noted_again",
        help_text="The notice that was taken back, and is noted again by this one.",
    )
    again_because = models.TextField(blank=True)

    objects = ObservedNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "observed notice"
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering: ClassVar[list[str]] = ["seen_at", "pk"]
        triggers = [
            Guard(NOTICE_IS_TAKEN_BACK_ONCE, name="is_taken_back_once", operation=pgtrigger.Update),
            at_commit(NOTICE_IS_RECORDED, name="is_recorded"),
            *never_removed(),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="references_notice_holds_once_from_each_source",
                fields=["document", "source", "type", "date", "pmid", "doi"],
                condition=Q(taken_back_at__isnull=True),
            ),
            models.CheckConstraint(
                name="references_notice_noted_again_with_a_reason",
                condition=Q(again__isnull=True, again_because="") | (Q(again__isnull=False) & ~Q(again_because="")),
            ),
            models.CheckConstraint(
                name="references_notice_taken_back_whole",
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_because="")
                | (Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} ({self.source}): {self.document}"
