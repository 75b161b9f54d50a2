"""Flag: a reason to look at a live text again before its date."""

import re
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from alstrom_site.editorial.models.guards import FLAG_KEEPS_WHAT_IT_SAYS
from alstrom_site.immutability import Guard, never_removed

if TYPE_CHECKING:
    from alstrom_site.accounts.models import User

WHAT_RESTS = "It is the source of:"
"""Where the statement of a flag goes over from what has changed to the sentences that rest on it."""
_BETWEEN = re.compile(r"(?<=”); (?=“|and \d+ more$)")
_MORE = re.compile(r"and (\d+) more")


class Said(NamedTuple):
    """One cause of a flag: what has changed, and each sentence that rests on it, in quotation marks."""

    cause: str
    resting: tuple[str, ...]

    @property
    def places(self) -> int:
        """How many sentences rest on it, those that are only counted too."""
        more = _MORE.fullmatch(self.resting[-1]) if self.resting else None
        return len(self.resting) - 1 + int(more[1]) if more else len(self.resting)


class Reason(models.TextChoices):
    """Why a text is flagged."""

    EMERGENCY = "emergency", "Published before its review"
    DEPENDENCY = "dependency", "Something it shows has changed"
    SOURCE = "source", "A source it cites has changed its standing"
    ASKED = "asked", "Somebody asks a reviewer to look at it again"


class FlagQuerySet(models.QuerySet["Flag"]):
    """Flags, by whether they still stand."""

    def standing(self) -> Self:
        """Those that nobody has settled."""
        return self.filter(settled_at__isnull=True)

    def calling(self, person: "User") -> Self:
        """Those that stand and call for any reviewer, or for this person by name."""
        return self.standing().filter(Q(asked=None) | Q(asked=person))


class Flag(models.Model):
    """Puts a live document into the review queue, with the reason. Settled by a review, or by the step that takes the
    text from readers; never by itself.

    `about` is the document whose change raised it; `statement` names the place in words that a reviewer understands.
    `asked` is who was asked by name to look at it, with the reason as the statement; that can be taken back, too.
    """

    document = models.ForeignKey("editorial.Document", on_delete=models.PROTECT, related_name="flags")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    about = models.ForeignKey(
        "editorial.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="flags_raised"
    )
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="looks_asked"
    )
    statement = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering: ClassVar[list[str]] = ["raised_at", "pk"]
        triggers = [
            Guard(FLAG_KEEPS_WHAT_IT_SAYS, name="keeps_what_it_says", operation=pgtrigger.Update),
            *never_removed(),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="editorial_flag_once_while_it_stands",
                fields=["document", "reason", "about", "asked"],
                condition=Q(settled_at__isnull=True),
                nulls_distinct=False,
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="editorial_flag_standing", fields=["document"], condition=Q(settled_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.document}"

    @property
    def said(self) -> list[Said]:
        """The statement taken apart into each cause and the sentences that rest on it; what a person asks is whole."""
        if self.reason == Reason.ASKED:
            return [Said(self.statement, ())]
        parts = [line.partition(WHAT_RESTS) for line in self.statement.splitlines() if line.strip()]
        return [Said(cause.strip(), tuple(filter(None, _BETWEEN.split(rests.strip())))) for cause, _, rests in parts]
