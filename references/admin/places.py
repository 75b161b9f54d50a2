"""The screens of the bibliography beside those that every kind has: route, view and name of each."""

from collections.abc import Callable

from django.http import HttpResponse

from alstrom_site.editorial.admin.visit import Page
from references.admin import bringing, duplicates, intakes, sources, watching

PLACES: tuple[tuple[str, Callable[..., HttpResponse], str], ...] = (
    ("import/", bringing.import_references, "references_import"),
    ("look-up/", bringing.look_up_references, "references_look_up"),
    ("intakes/<int:pk>/", intakes.intake, "references_intake"),
    ("duplicates/", duplicates.duplicates, "references_duplicates"),
    ("duplicates/<int:kept>/<int:gone>/", duplicates.compare, "references_compare"),
    ("watched/", watching.watched, "references_watched"),
)
"""Screens about no one entry; each takes the request."""

PAGES: tuple[tuple[str, Page, str], ...] = (
    ("sources/", sources.show, "references_sources"),
    ("notices/<int:notice_pk>/", watching.take_notice_back, "references_take_back"),
    ("notices/<int:notice_pk>/again/", watching.note_notice_again, "references_note_again"),
)
"""Screens about one entry, under its number; each takes the visit."""
