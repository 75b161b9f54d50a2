"""TakenOver: where values of a saved text came from."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alstrom_site.immutability import kept_for_good

LONGEST_WORDS = 200_000


class TakenOver(models.Model):
    """What one revision took over from elsewhere: which fields, from where, and the words as they stood there.

    Who took them over, and when, is said by the revision. Never changes.
    """

    revision = models.ForeignKey("editorial.Revision", on_delete=models.PROTECT, related_name="taken_over")
    way = models.CharField(max_length=20, help_text="“Imported” or “Looked up”.")
    source = models.CharField(max_length=100, help_text="“PubMed”, “Crossref”, “MEDLINE (nbib)”.")
    place = models.CharField(max_length=400, blank=True, help_text="The file and the line, or the identifier.")
    fields = ArrayField(models.CharField(max_length=40))
    words = models.TextField(blank=True)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()
        ordering: ClassVar[list[str]] = ["pk"]
        triggers = kept_for_good()

    def __str__(self) -> str:
        return f"{self.revision}: {self.way} from {self.source}"

    @property
    def said(self) -> str:
        """How it was taken over, who says so, and where there."""
        return f"{self.way}: {self.source}{f', {self.place}' if self.place else ''}"
