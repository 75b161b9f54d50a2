"""List place: where a list that readers get shows a published page."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alstrom_site.editorial.models.published_page import PublishedPage

LONGEST_ORDER = 200
LONGEST_HEADING_ORDER = 100
OWN = Q(heading="")
"""The one place that each page has of its own; the others stand under the page that leads to it."""


class ListPlace(models.Model):
    """One place of a published page in the long list of its kind. Derived, and made anew with the page.

    It holds what the list is ordered and narrowed by and nothing else, so that a list of a hundred thousand is counted
    and gone through without reading a page of it.
    """

    page = models.ForeignKey(PublishedPage, on_delete=models.CASCADE, related_name="places")
    kind = models.CharField(max_length=20)
    heading = models.TextField(blank=True, help_text="The address of the page under which it stands; empty: its own.")
    # Bytes, so that every database sorts alike; cut, because an index holds no longer ones.
    heading_order = models.CharField(max_length=LONGEST_HEADING_ORDER, blank=True, db_collation="C")
    order = models.CharField(max_length=LONGEST_ORDER, blank=True, db_collation="C")
    year = models.CharField(max_length=4, blank=True, db_collation="C")
    type = models.CharField(max_length=40, blank=True, db_collation="C")

    class Meta:
        default_permissions = ()
        indexes: ClassVar[list[models.Index]] = [
            models.Index(name="editorial_place_in_order", fields=["kind", "order", "id"], condition=OWN),
            models.Index(
                F("kind"), F("year").desc(), F("order"), F("id"), name="editorial_place_in_years", condition=OWN
            ),
            models.Index(name="editorial_place_in_types", fields=["kind", "type", "order", "id"], condition=OWN),
            models.Index(
                name="editorial_place_in_headings",
                fields=["kind", "heading_order", "heading", "order", "id"],
                condition=~OWN,
            ),
            # By these two they are counted.
            models.Index(name="editorial_place_counted", fields=["kind", "year", "type"], condition=OWN),
            models.Index(name="editorial_place_under", fields=["kind", "heading"], condition=~OWN),
        ]

    def __str__(self) -> str:
        return f"{self.page} in the list of {self.kind}"
