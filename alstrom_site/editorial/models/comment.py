"""Comment: a remark on a passage of a text."""

from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from alstrom_site.accounts.models import LONGEST_NAME
from alstrom_site.editorial.canonical import moment_in_utc
from alstrom_site.editorial.models.guards import COMMENT_KEEPS_WHAT_IT_SAYS
from alstrom_site.immutability import Guard, never_removed


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, by the questions the desk asks of them."""

    def threads(self) -> Self:
        """The first comment of each thread."""
        return self.filter(answers__isnull=True)

    def unresolved(self) -> Self:
        """Threads that nobody has resolved."""
        return self.threads().filter(resolved_at__isnull=True)

    def blocking(self) -> Self:
        """Unresolved threads that must be fixed before approval."""
        return self.unresolved().filter(must_fix=True)


class Comment(models.Model):
    """What somebody said about a passage of a revision, or an answer to it. It may be resolved and reopened; no more.

    The passage is named as the W3C Web Annotation Data Model does with its TextQuoteSelector: the words themselves
    with some of the text before and after, within one field of the content. A comment without a passage is about the
    whole text. `answers` is the comment that begins the thread. A guest, who came by a shared link, gives their role.
    """

    edition = models.ForeignKey("editorial.Edition", on_delete=models.PROTECT, related_name="comments")
    revision = models.ForeignKey("editorial.Revision", on_delete=models.PROTECT, related_name="comments")
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    field = models.CharField(max_length=60, blank=True, help_text="The field of the content; empty: the whole text.")
    passage = models.TextField(blank=True, help_text="The words that it is about, as they stand in the source.")
    before = models.CharField(max_length=64, blank=True)
    after = models.CharField(max_length=64, blank=True)
    body = models.TextField()
    must_fix = models.BooleanField(default=False, help_text="Blocks approval until it is resolved.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    author_name = models.CharField(max_length=LONGEST_NAME)
    author_role = models.CharField(max_length=200, blank=True, help_text="As a guest gives it.")
    link = models.ForeignKey(
        "editorial.SharedLink", on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering: ClassVar[list[str]] = ["at", "pk"]
        triggers = [
            Guard(COMMENT_KEEPS_WHAT_IT_SAYS, name="keeps_what_it_says", operation=pgtrigger.Update),
            *never_removed(),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="editorial_comment_is_of_a_person_or_a_guest",
                condition=Q(author__isnull=False, link__isnull=True) | Q(author__isnull=True, link__isnull=False),
            ),
            models.CheckConstraint(
                name="editorial_comment_answer_is_no_thread",
                condition=Q(answers__isnull=True) | Q(must_fix=False, resolved_at__isnull=True, passage=""),
            ),
            models.CheckConstraint(
                name="editorial_comment_guest_blocks_nothing", condition=Q(link__isnull=True) | Q(must_fix=False)
            ),
            models.CheckConstraint(
                name="editorial_comment_resolved_by_somebody",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="editorial_comment_by_edition", fields=["edition", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.body[:60]}"

    @property
    def is_by_a_guest(self) -> bool:
        """Whether it came by a shared link, from somebody without an account."""
        return self.link_id is not None

    @property
    def came_by(self) -> str:
        """By whose link a guest's comment came, and for whom it was made; "" for a person of the desk."""
        if self.link is None:
            return ""
        made_for = self.link.guest_name or "whoever has it"
        return f"By the link that {self.link.made_by} made for {made_for}. Name and role are as they typed them."

    def as_said(self) -> dict[str, Any]:
        """Return all that it says, of which the event that records it holds the digest."""
        return {
            "comment": self.pk,
            "edition": self.edition_id,
            "revision": self.revision_id,
            "answers": self.answers_id,
            "field": self.field,
            "passage": self.passage,
            "before": self.before,
            "after": self.after,
            "body": self.body,
            "must_fix": self.must_fix,
            "author": self.author_id,
            "author_name": self.author_name,
            "author_role": self.author_role,
            "link": self.link_id,
            "at": moment_in_utc(self.at),
        }
