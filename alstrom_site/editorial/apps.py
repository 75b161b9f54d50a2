"""Wiring of the editorial app."""

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    """The workflow: documents, editions, revisions, reviews, events."""

    name = "alstrom_site.editorial"
    label = "editorial"
    verbose_name = "Editorial record"
