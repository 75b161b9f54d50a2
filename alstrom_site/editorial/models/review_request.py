"""Review request: somebody is asked to review, or took it on."""

from datetime import date
from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce

from alstrom_site.accounts.models import User
from alstrom_site.accounts.roles import MEDICAL_REVIEWER
from alstrom_site.editorial.models.guards import REVIEW_REQUEST_KEEPS_ITS_PERSON
from alstrom_site.editorial.workflow import Status
from alstrom_site.immutability import Guard, never_removed


class Answer(models.TextChoices):
    """What became of a request."""

    WAITING = "waiting", "Waiting"
    DECLINED = "declined", "Declined"
    GIVEN = "given", "Verdict given"
    NOT_NEEDED = "not needed", "No longer needed"


class ReviewRequestQuerySet(models.QuerySet["ReviewRequest"]):
    """Requests, by the questions the desk asks of them."""

    def of_who_can_sign(self) -> Self:
        """Those of people whose account is open and who are in the role of the step."""
        # The policy stands in the edition in its order; a round of before there were policies has none, and one step.
        place = Cast(OuterRef("step") - 1, TextField())
        role = Func(OuterRef("edition__policy"), place, Value("role"), function="jsonb_extract_path_text")
        named = Coalesce(role, Value(MEDICAL_REVIEWER.name), output_field=TextField())
        roles = User.groups.through.objects.filter(user_id=OuterRef("reviewer_id"), group__name=named)
        return self.filter(Exists(roles), reviewer__is_active=True)

    def standing(self) -> Self:
        """Those that wait for a verdict in a round that runs, from somebody who can give it; no other has a place."""
        waiting = self.filter(answer=Answer.WAITING, edition__status=Status.IN_REVIEW, round=F("edition__round"))
        return waiting.of_who_can_sign()

    def asked_of(self, person: User) -> Self:
        """Those that wait for this person."""
        return self.standing().filter(reviewer=person)

    def late(self, day: date) -> Self:
        """Those that were wanted before `day`."""
        return self.standing().filter(due_on__lt=day)


class ReviewRequest(models.Model):
    """A person is asked by name, or claimed it from the queue, to fill one step of one round. Answered through actions.

    A round that ends lets off who still waits. Rounds of before that was so left theirs: `standing()` asks the edition.
    """

    edition = models.ForeignKey("editorial.Edition", on_delete=models.PROTECT, related_name="review_requests")
    round = models.PositiveIntegerField()
    step = models.PositiveSmallIntegerField(default=1)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="review_requests")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", help_text="The reviewer: it was claimed."
    )
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="Why it was declined.")

    objects = ReviewRequestQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        triggers = [
            Guard(REVIEW_REQUEST_KEEPS_ITS_PERSON, name="keeps_its_person", operation=pgtrigger.Update),
            *never_removed(),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="editorial_review_request_once_in_a_round", fields=["edition", "round", "reviewer"]
            ),
            models.CheckConstraint(
                name="editorial_review_request_declined_with_a_reason", condition=~Q(answer="declined") | ~Q(reason="")
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="editorial_request_by_reviewer", fields=["reviewer", "answer"]),
            models.Index(name="editorial_request_by_due", fields=["due_on"], condition=Q(answer="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.edition}, round {self.round}"

    @property
    def was_claimed(self) -> bool:
        """Whether the reviewer took it on without being asked."""
        return self.asked_by_id == self.reviewer_id
