"""Published page: what the public gets."""

import re
from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models

# What holds from a day on stands in a comment with the day before it, and never holds two hyphens in a row.
_FROM_A_DAY_ON = re.compile(rb"<!--after (\d{4}-\d\d-\d\d) (.*?)-->", re.DOTALL)

# What holds while the page is marked stands in another one.
_WHILE_MARKED = re.compile(rb"<!--while marked (.*?)-->", re.DOTALL)


class PublishedPageQuerySet(models.QuerySet["PublishedPage"]):
    """Published pages; all that public views may read."""

    def of_kind(self, kind: str) -> Self:
        """Those of one kind, in the order of their folded titles."""
        return self.filter(kind=kind).order_by("sort_title", "path")

    def to_rely_on(self) -> Self:
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def made_from(self, document_ids: list[int]) -> Self:
        """Those whose bytes were made from any of these documents."""
        return self.filter(made_from__overlap=document_ids)


class PublishedPage(models.Model):
    """The rendered bytes of one live document, and what lists and search need of it. Derived; made anew by a command.

    `body_overdue` is the same page with the notice that its review is late; which of the two is served depends on
    `review_due_on` alone, so that no clock goes into the bytes. What else holds from a day on stands in both, in a
    comment that begins with the day (see `served_on`), and so does what is said while the page is marked as stale.
    """

    document = models.OneToOneField("editorial.Document", on_delete=models.CASCADE, related_name="published_page")
    revision = models.ForeignKey("editorial.Revision", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    path = models.CharField(max_length=200, unique=True)
    title = models.CharField(max_length=400)
    sort_title = models.CharField(max_length=400)
    description = models.TextField(blank=True)
    listing = models.JSONField(default=dict, help_text="What lists of this kind show, such as a formatted citation.")
    body = models.BinaryField()
    body_overdue = models.BinaryField()
    etag = models.CharField(max_length=64)
    etag_overdue = models.CharField(max_length=64)
    revision_digest = models.CharField(max_length=64)
    review_due_on = models.DateField()
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, help_text="Since when it must not be relied on; it stays readable.")
    made_from = ArrayField(models.BigIntegerField(), help_text="Ids of all documents that show in the bytes.")
    is_stale = models.BooleanField(default=False, help_text="Something that it shows has changed.")
    search_title = models.TextField(help_text="Title and other names, folded.")
    search_text = models.TextField(help_text="Plain text of the page, folded.")
    search_vector = SearchVectorField(null=True)

    objects = PublishedPageQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="editorial_page_stale", fields=["document"], condition=models.Q(is_stale=True)),
            models.Index(name="editorial_page_by_kind", fields=["kind", "sort_title"]),
            GinIndex(name="editorial_page_made_from", fields=["made_from"]),
            GinIndex(name="editorial_page_search", fields=["search_vector"]),
            GinIndex(OpClass("search_title", name="gin_trgm_ops"), name="editorial_page_title_trigrams"),
        ]

    def __str__(self) -> str:
        return self.path

    def is_overdue(self, day: date) -> bool:
        """Whether the review date lies before `day`."""
        return self.review_due_on < day

    def served_on(self, day: date) -> tuple[bytes, str]:
        """Return the bytes to serve on `day` and their ETag."""
        is_late = self.is_overdue(day)
        body, etag = (self.body_overdue, self.etag_overdue) if is_late else (self.body, self.etag)
        body, etag = _as_of(day, bytes(body), etag)
        # Nobody reads as valid what may have been withdrawn, however long the page takes to be made, or cannot be.
        return (_WHILE_MARKED.sub(rb"\1", body), f"{etag}-marked") if self.is_stale else (body, etag)


def _as_of(day: date, body: bytes, etag: str) -> tuple[bytes, str]:
    """Put in what holds by that day, such as that the review of a carried answer is late; till then it is a comment."""
    shown = 0

    def put_in(passage: re.Match[bytes]) -> bytes:
        nonlocal shown
        has_come = date.fromisoformat(passage[1].decode()) < day
        shown += has_come
        return passage[2] if has_come else passage[0]

    body = _FROM_A_DAY_ON.sub(put_in, body)
    # They come one after the other, so their number tells one state of the page from the next.
    return body, f"{etag}-{shown}" if shown else etag
