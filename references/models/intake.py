"""Intake: what somebody brought from elsewhere and looks through before it becomes drafts or notices."""

from typing import ClassVar

from django.conf import settings
from django.db import models

LONGEST_NAME = 200


class Intake(models.Model):
    """What one person uploaded, pasted or had looked up, until they have drafted from it or put it away.

    No part of the record: what becomes of it is a draft, a text that is saved or a notice, and these are.
    """

    class Way(models.TextChoices):
        IMPORT = "import", "Imported"
        LOOK_UP = "look-up", "Looked up"
        NOTICES = "notices", "Compared"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="intakes")
    way = models.CharField(max_length=20, choices=Way.choices)
    name = models.CharField(max_length=LONGEST_NAME, help_text="The file, or what was pasted, in a word.")
    document = models.ForeignKey(
        "editorial.Document",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="intakes",
        help_text="The entry that is compared with what was looked up; empty: new entries are to be drafted.",
    )
    brought_at = models.DateTimeField()
    remarks = models.JSONField(default=list, help_text="Pairs of a line and a sentence about what became no record.")

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering: ClassVar[list[str]] = ["-brought_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class IntakeRecord(models.Model):
    """One reference of an intake: its words as they came, what was understood of them, and the draft it became.

    Of a file of notices: one of its rows that are about our works.
    """

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="records")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    item = models.JSONField(help_text="CSL-JSON, or a row of a file of notices.")
    words = models.TextField(blank=True)
    source = models.CharField(max_length=100, help_text="Who or what says so: “PubMed”, “MEDLINE (nbib)”.")
    place = models.CharField(max_length=400, blank=True, help_text="The file and the line, or the identifier.")
    remarks = models.JSONField(default=list, help_text="Sentences about what was not understood.")
    became = models.ForeignKey("editorial.Document", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="references_intake_record_has_its_number", fields=["intake", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.intake}, {self.number}"
