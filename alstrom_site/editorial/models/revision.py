"""Revision: one saved text."""

import json
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Exists, OuterRef, Q

from alstrom_site.accounts.models import LONGEST_NAME
from alstrom_site.editorial.models.event import Event
from alstrom_site.editorial.workflow import APPROVE_AFTERWARDS, OPEN, PUBLISH
from alstrom_site.immutability import kept_for_good

# As PostgreSQL computes it without an extension.
SHA256_OF_THE_CONTENT = models.Func(
    models.F("content"),
    template="encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')",
    output_field=models.CharField(),
)


# Every text that a text goes back to: the ones saved before it, and the ones that its edition was begun from or has
# taken over. The walk ends, if asked to, at texts that went live approved, those of its own edition aside.
LINEAGE = """
WITH RECURSIVE line(id) AS (
    SELECT %s::bigint
    UNION
    SELECT earlier.id FROM line
        JOIN editorial_revision later ON later.id = line.id
        JOIN editorial_edition its ON its.id = later.edition_id
        CROSS JOIN LATERAL (VALUES (later.parent_id), (its.based_on_id)) AS back(id)
        JOIN editorial_revision earlier ON earlier.id = back.id
        JOIN editorial_edition of ON of.id = earlier.edition_id
    WHERE %s OR earlier.edition_id = %s OR of.published_at IS NULL OR earlier.id <> of.head_id
        OR (of.emergency_reason <> '' AND of.approved_afterwards_at IS NULL)
)
SELECT id FROM line
"""


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Texts, by the questions that the four-eyes rule asks of them."""

    def that_led_to(self, revision: "Revision") -> Self:
        """That text and every one that it goes back to, in whichever edition."""
        return self.filter(pk__in=_lineage(revision, whole=True))

    def unapproved_before(self, revision: "Revision") -> Self:
        """That text and those it goes back to, as far as the ones that went live approved."""
        return self.filter(pk__in=_lineage(revision, whole=False))

    def in_the_change_up_to(self, document: int | OuterRef, number: int | OuterRef) -> Self:
        """Those of the document's edition of that number and of all before it, back to the one last published.

        What was published is asked of the events, which nobody can change; what went out in an emergency counts from
        its approval. Other open editions, such as the one beside an urgent fix, are no part of the change.
        """
        of_another = Q(edition__status__in=OPEN) & ~Q(edition__number=number)
        published_since = Event.objects.filter(
            Q(verb=PUBLISH.verb) | Q(verb=APPROVE_AFTERWARDS.verb, source=APPROVE_AFTERWARDS.target),
            document=OuterRef("edition__document"),
            edition__number__gte=OuterRef("edition__number"),
            edition__number__lt=OuterRef(number) if isinstance(number, OuterRef) else number,
        )
        return self.filter(
            ~Exists(published_since), ~of_another, edition__document=document, edition__number__lte=number
        )


def _lineage(revision: "Revision", *, whole: bool) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(LINEAGE, [revision.pk, whole, revision.edition_id])
        return [pk for (pk,) in cursor.fetchall()]


class Revision(models.Model):
    """The whole content of a document at one moment, as canonical JSON with its SHA-256 digest. Never changes."""

    edition = models.ForeignKey("editorial.Edition", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(help_text="Counts within the edition.")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    content = models.TextField(help_text="Canonical JSON.")
    digest = models.CharField(max_length=64)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revisions")
    author_name = models.CharField(max_length=LONGEST_NAME)
    created_at = models.DateTimeField()

    objects = RevisionQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        triggers = kept_for_good()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="editorial_revision_number_per_edition", fields=["edition", "number"]),
            models.CheckConstraint(
                name="editorial_revision_digest_is_of_its_content",
                condition=models.Q(digest=SHA256_OF_THE_CONTENT),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="editorial_revision_by_digest", fields=["digest"]),
            models.Index(name="editorial_revision_by_author", fields=["author", "edition"]),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, text {self.number}"

    @property
    def fields(self) -> dict[str, Any]:
        """The content as it was saved, in the shape that its kind documents."""
        loaded: dict[str, Any] = json.loads(self.content)
        return loaded
