"""Review: one person's verdict on one exact text."""

from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef

from alstrom_site.accounts.models import LONGEST_NAME
from alstrom_site.editorial.canonical import moment_in_utc
from alstrom_site.editorial.models.guards import REVIEW_IS_OF_ITS_TEXT
from alstrom_site.immutability import Guard, kept_for_good


class Verdict(models.TextChoices):
    """What a reviewer can say."""

    APPROVE = "approve", "Approve"
    REQUEST_CHANGES = "request changes", "Request changes"
    RECOMMEND = "recommend", "Advice"
    REAFFIRM = "reaffirm", "Reviewed, no change needed"


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews, by what they are of."""

    def of_the_current_text(self) -> Self:
        """Those of the text that their edition has now, in its last round, that no request for changes undid."""
        return self.filter(round=F("edition__round"), revision=F("edition__head")).filter(~undone())

    def approvals(self) -> Self:
        """Those that approve."""
        return self.filter(verdict=Verdict.APPROVE)


def undone() -> Exists:
    """Return, for a query of reviews, whether somebody asked for changes after that one and in its round."""
    return Exists(
        Review.objects.filter(
            edition=OuterRef("edition"), round=OuterRef("round"), verdict=Verdict.REQUEST_CHANGES, pk__gt=OuterRef("pk")
        )
    )


class Review(models.Model):
    """A verdict on one revision, with the reviewer's professional details as they were then. Never changes."""

    edition = models.ForeignKey("editorial.Edition", on_delete=models.PROTECT, related_name="reviews")
    revision = models.ForeignKey("editorial.Revision", on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveIntegerField()
    revision_digest = models.CharField(max_length=64)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    reviewer_name = models.CharField(max_length=LONGEST_NAME)
    role = models.CharField(max_length=40)
    professional_title = models.CharField(max_length=120, blank=True)
    credentials = models.CharField(max_length=120, blank=True)
    affiliation = models.CharField(max_length=200, blank=True)
    orcid = models.CharField("ORCID iD", max_length=19, blank=True)
    interests = models.TextField(blank=True)
    interests_declared_on = models.DateField(null=True, blank=True)
    is_demonstration = models.BooleanField(default=False)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    meaning = models.TextField(help_text="What the signature stands for, as it was shown.")
    comment = models.TextField(blank=True)
    checklist = models.JSONField(default=list, help_text="Pairs of statement and answer, as they stood.")
    at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=1, help_text="The place in the review policy that it fills.")
    signed_with = models.CharField(
        max_length=20, blank=True, help_text="How the person proved who they are at that moment: password or passkey."
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        triggers = [
            Guard(REVIEW_IS_OF_ITS_TEXT, name="of_its_text", operation=pgtrigger.Insert),
            *kept_for_good(),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="editorial_review_changes_need_a_comment",
                condition=~models.Q(verdict__in=["recommend", "request changes"]) | ~models.Q(comment=""),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="editorial_review_by_reviewer", fields=["reviewer", "edition"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.revision}"

    def as_signed(self) -> dict[str, Any]:
        """Return all that was signed, as a mapping with a canonical form; the Event keeps its digest.

        What came to it later is in it only where it says something, so that older reviews keep their digests.
        """
        later: dict[str, Any] = {"signed_with": self.signed_with} if self.signed_with else {}
        later |= {"step": self.step} if self.step > 1 else {}
        return later | {
            "edition": self.edition_id,
            "revision": self.revision_id,
            "round": self.round,
            "revision_digest": self.revision_digest,
            "reviewer": self.reviewer_id,
            "reviewer_name": self.reviewer_name,
            "role": self.role,
            "professional_title": self.professional_title,
            "credentials": self.credentials,
            "affiliation": self.affiliation,
            "orcid": self.orcid,
            "interests": self.interests,
            "interests_declared_on": self.interests_declared_on.isoformat() if self.interests_declared_on else "",
            "is_demonstration": self.is_demonstration,
            "verdict": self.verdict,
            "meaning": self.meaning,
            "comment": self.comment,
            "checklist": self.checklist,
            "at": moment_in_utc(self.at),
        }
