"""Wiring of the bibliography."""

from django.apps import AppConfig


class ReferencesConfig(AppConfig):
    """The bibliography."""

    name = "references"
    verbose_name = "Bibliography"

    def ready(self) -> None:
        """Make the kind known to the workflow, and what is kept of it here to the check of the record."""
        from alstrom_site.editorial.as_source import AsSource
        from alstrom_site.editorial.kinds import register
        from alstrom_site.editorial.verification.rooms import join
        from references.completion import traits
        from references.formatting import known_otherwise
        from references.kinds import ReferenceKind
        from references.publication import compose_entry
        from references.watching import learned_by_taking_in, new_standing, statements_resting_on
        from references.watching.record import ROOM

        source = AsSource(new_standing, learned_by_taking_in, known_otherwise, statements_resting_on)
        register(ReferenceKind(), compose=compose_entry, traits=traits, source=source)
        join(ROOM)
